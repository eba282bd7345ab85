/**
 * Workbooks for tests of the reader: as exceljs writes them, and part by part, for what no writer would write.
 */
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';

/** A workbook as a spreadsheet program would have it. */
export async function workbookBytes(fill: (workbook: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A workbook written part by part, for what no writer would write. */
export function rawBook(sheetXml: string, workbookProperties = '', more: Record<string, string> = {}): Uint8Array {
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts: Record<string, string> = {
    '_rels/.rels': `<Relationships><Relationship Id="r" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="/xl/worksheets/data.xml"/></Relationships>`,
    'xl/workbook.xml': `<x:workbook xmlns:x="m" xmlns:r="o">${workbookProperties}<x:sheets><x:sheet name="A &amp; B" sheetId="1" r:id="r1"/></x:sheets></x:workbook>`,
    'xl/worksheets/data.xml': sheetXml,
    ...more,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}
