/**
 * Compares two journal files cell by cell, so that a change can be named by sheet and cell, then and now.
 *
 * The signature says whether a file was changed; this says where, given the file as it was signed.
 */
import type ExcelJS from 'exceljs';

export interface CellDifference {
  readonly sheet: string;
  readonly cell: string;
  readonly then: string;
  readonly now: string;
}

function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  if ('formula' in value || 'sharedFormula' in value) return `=${String('formula' in value ? value.formula : value.sharedFormula)} (${cellText(value.result)})`;
  if ('richText' in value) return value.richText.map((part) => part.text).join('');
  return JSON.stringify(value);
}

interface CellReading {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'formula' | 'other';
  readonly format: string;
  /** Everything about its looks. */
  readonly style: string;
}

const EMPTY: CellReading = { text: '', kind: 'other', format: '', style: '' };

function kindOf({ value }: ExcelJS.Cell): CellReading['kind'] {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || value instanceof Date) return 'number';
  return value !== null && typeof value === 'object' && ('formula' in value || 'sharedFormula' in value) ? 'formula' : 'other';
}

/** Every filled cell of every sheet as `sheet!address`; undefined where the file is no .xlsx. */
async function readCells(bytes: Uint8Array): Promise<Map<string, CellReading> | undefined> {
  // Loaded with the first file: it is half of the program, and no window waits for it at its start.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  } catch {
    return undefined;
  }
  const cells = new Map<string, CellReading>();
  workbook.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const text = cellText(cell.value);
        if (text === '') return;
        cells.set(`${sheet.name}!${cell.address}`, { text, kind: kindOf(cell), format: cell.numFmt ?? 'General', style: JSON.stringify(cell.style) });
      });
    });
  });
  return cells;
}

/** Two readings in words that tell them apart; undefined where nothing does. */
function difference(then: CellReading, now: CellReading): readonly [then: string, now: string] | undefined {
  if (then.text !== now.text) return [then.text, now.text];
  const both = (detail: (reading: CellReading) => string) => [`${then.text} (${detail(then)})`, `${now.text} (${detail(now)})`] as const;
  if (then.kind !== now.kind) return both(({ kind }) => `a ${kind}`);
  if (then.format !== now.format) return both(({ format }) => `format ${format}`);
  return then.style === now.style ? undefined : [`${then.text} (as it was signed)`, `${now.text} (in another style)`];
}

/**
 * The cells in which `nowBytes` differs from `thenBytes`, in the order of the first file.
 *
 * @returns undefined where one of them cannot be read as .xlsx
 */
export async function compareJournals(thenBytes: Uint8Array, nowBytes: Uint8Array): Promise<CellDifference[] | undefined> {
  const then = await readCells(thenBytes);
  const now = await readCells(nowBytes);
  if (!then || !now) return undefined;
  const places = new Set([...then.keys(), ...now.keys()]);
  return [...places].flatMap((place) => {
    const differs = difference(then.get(place) ?? EMPTY, now.get(place) ?? EMPTY);
    if (!differs) return [];
    const [sheet, cell] = place.split(/!(?=[^!]*$)/) as [string, string];
    return [{ sheet, cell, then: differs[0], now: differs[1] }];
  });
}

/** Whether any cell of the file holds exactly this text: how a file is recognised as a certain journal. */
export async function holdsText(bytes: Uint8Array, text: string): Promise<boolean> {
  const cells = await readCells(bytes);
  return cells !== undefined && [...cells.values()].some((cell) => cell.text === text);
}
