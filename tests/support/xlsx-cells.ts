/**
 * Changing single cells of an .xlsx as somebody with a text editor and a zip program could: nothing else is touched.
 */
import fs from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

export interface SheetCell {
  readonly address: string;
  /** The whole `<c>` element. */
  readonly xml: string;
}

const CELL = /<c r="([A-Z]+\d+)"[^>]*?(?:\/>|>.*?<\/c>)/gs;

const sheetPart = (sheetNumber: number) => `xl/worksheets/sheet${sheetNumber}.xml`;
const sheetXml = (filePath: string, sheetNumber: number) => strFromU8(unzipSync(fs.readFileSync(filePath))[sheetPart(sheetNumber)]!);

/** Every cell of a sheet, counted from 1, in the order of the file. */
export const cellsOf = (filePath: string, sheetNumber: number): SheetCell[] =>
  [...sheetXml(filePath, sheetNumber).matchAll(CELL)].map((match) => ({ address: match[1]!, xml: match[0] }));

/** The number in a cell; undefined where it holds none. */
export function numberIn({ xml }: SheetCell): number | undefined {
  const value = / t="/.test(xml) ? undefined : /<v>([^<]*)<\/v>/.exec(xml)?.[1];
  return value === undefined ? undefined : Number(value);
}

/** Writes a copy of the file in which one cell reads otherwise. */
export function writeWithCell(filePath: string, targetPath: string, sheetNumber: number, cell: SheetCell, changedXml: string): void {
  if (changedXml === cell.xml) throw new Error(`${cell.address} would not change`);
  const parts = unzipSync(fs.readFileSync(filePath));
  parts[sheetPart(sheetNumber)] = strToU8(sheetXml(filePath, sheetNumber).replace(cell.xml, () => changedXml));
  fs.writeFileSync(targetPath, zipSync(parts));
}
