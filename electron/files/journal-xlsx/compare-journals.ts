/**
 * Compares two journal files cell by cell, so that a change can be named by sheet and cell, then and now.
 *
 * The signature says whether a file was changed; this says where, given the file as it was signed.
 */
import ExcelJS from 'exceljs';

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

/** Every filled cell of every sheet as `sheet!address` with its text; undefined where the file is no .xlsx. */
async function readCells(bytes: Uint8Array): Promise<Map<string, string> | undefined> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  } catch {
    return undefined;
  }
  const cells = new Map<string, string>();
  workbook.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const text = cellText(cell.value);
        if (text !== '') cells.set(`${sheet.name}!${cell.address}`, text);
      });
    });
  });
  return cells;
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
  return [...places]
    .filter((place) => then.get(place) !== now.get(place))
    .map((place) => {
      const [sheet, cell] = place.split(/!(?=[^!]*$)/) as [string, string];
      return { sheet, cell, then: then.get(place) ?? '', now: now.get(place) ?? '' };
    });
}

/** Whether any cell of the file holds exactly this text: how a file is recognised as a certain journal. */
export async function holdsText(bytes: Uint8Array, text: string): Promise<boolean> {
  const cells = await readCells(bytes);
  return cells !== undefined && [...cells.values()].includes(text);
}
