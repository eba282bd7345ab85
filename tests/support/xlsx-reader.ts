/**
 * Reads an .xlsx by other means than those it was written with: an unzip and plain XML. Enough for the cells of a sheet.
 */
import { DOMParser, type Element } from '@xmldom/xmldom';
import { strFromU8, unzipSync } from 'fflate';

/** Cells by their address (`D9`): numbers as the decimal text that the file holds. */
export type SheetCells = ReadonlyMap<string, string>;

export interface ReadWorkbook {
  readonly parts: readonly string[];
  /** A part as the XML that it holds. */
  readonly text: (part: string) => string;
  readonly sheet: (name: string) => SheetCells;
}

const elementsOf = (text: string, name: string): Element[] => [...new DOMParser().parseFromString(text, 'text/xml').getElementsByTagName(name)];

const textsIn = (cell: Element, name: string): string => [...cell.getElementsByTagName(name)].map((each) => each.textContent ?? '').join('');

function cellsOf(sheetXml: string, sharedTexts: readonly string[]): SheetCells {
  const cells = elementsOf(sheetXml, 'c').map((cell): [string, string] => [
    cell.getAttribute('r') ?? '',
    cell.getAttribute('t') === 'inlineStr'
      ? textsIn(cell, 't')
      : cell.getAttribute('t') === 's' ? (sharedTexts[Number(textsIn(cell, 'v'))] ?? '') : textsIn(cell, 'v'),
  ]);
  return new Map(cells.filter(([, text]) => text !== ''));
}

/** @throws when it is no .xlsx, or a sheet that is asked for is not there */
export function readXlsx(bytes: Uint8Array): ReadWorkbook {
  const parts = unzipSync(bytes);
  const textOf = (name: string): string => {
    const part = parts[name];
    if (part === undefined) throw new Error(`the file has no part ${name}`);
    return strFromU8(part);
  };
  const targets = new Map(
    elementsOf(textOf('xl/_rels/workbook.xml.rels'), 'Relationship').map((each) => [each.getAttribute('Id'), each.getAttribute('Target')]),
  );
  const sheets = new Map(
    elementsOf(textOf('xl/workbook.xml'), 'sheet').map((each) => [each.getAttribute('name'), targets.get(each.getAttribute('r:id'))]),
  );
  const sharedTexts = parts['xl/sharedStrings.xml'] ? elementsOf(textOf('xl/sharedStrings.xml'), 'si').map((each) => textsIn(each, 't')) : [];
  return {
    parts: Object.keys(parts),
    text: textOf,
    sheet: (name) => {
      const target = sheets.get(name);
      if (target == null) throw new Error(`the file has no sheet ${name}: ${[...sheets.keys()].join(', ')}`);
      return cellsOf(textOf(`xl/${target.replace(/^\/?(xl\/)?/, '')}`), sharedTexts);
    },
  };
}

/** Decimal text as whole cents: `312.4` as 31240. @throws for anything finer, or no number */
function centsIn(decimal: string): bigint {
  const [, whole = '', fraction = ''] = /^(-?\d+)(?:\.(\d{1,2}))?$/.exec(decimal) ?? [];
  if (whole === '') throw new Error(`${decimal} is no amount in cents`);
  return BigInt(whole + fraction.padEnd(2, '0'));
}

/**
 * The amounts under a heading, in cents, for the rows that are numbered in column A: the lines of a table, its total not
 * included.
 */
export function amountsUnder(cells: SheetCells, heading: string): readonly bigint[] {
  const found = [...cells].find(([, text]) => text === heading);
  if (found === undefined) throw new Error(`no heading ${heading}`);
  const [, column = '', headingRow = ''] = /^([A-Z]+)(\d+)$/.exec(found[0]) ?? [];
  const amounts: bigint[] = [];
  for (let row = Number(headingRow) + 1; /^\d+$/.test(cells.get(`A${row}`) ?? ''); row += 1) {
    const amount = cells.get(`${column}${row}`);
    if (amount !== undefined) amounts.push(centsIn(amount));
  }
  return amounts;
}
