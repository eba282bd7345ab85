/**
 * Writes a journal as an .xlsx file: the journal, its variance lines, the reasons, what it stands on, the sign-off sheet.
 *
 * The same content gives the same bytes: the only dates in the file are those of the content, and the zip container is
 * written anew with a fixed date. Signing the file is for `electron/files/signatures`.
 */
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { JournalWorkbookContent } from '@shared/domain/journal-workbook';
import { contentOf, readZip } from '../signatures/zip-container';
import { writeZip, zipItem } from '../signatures/zip-writing';
import { addEvidenceSheets } from './evidence-sheets';
import { addJournalSheet, addReasonSheet, addVarianceSheet } from './sheets';
import { addSignOffSheet } from './sign-off-sheet';
import { addTieOutSheet } from './tie-out-sheet';

/** Readers expect the types first and then the root relationships; the rest follows by name. */
const FIRST_ITEMS = ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml'];

function writingOrder(left: string, right: string): number {
  const place = (name: string): number => {
    const index = FIRST_ITEMS.indexOf(name);
    return index === -1 ? FIRST_ITEMS.length : index;
  };
  return place(left) - place(right) || (left < right ? -1 : 1);
}

function repacked(bytes: Uint8Array): Uint8Array {
  const items = [...readZip(bytes).items].sort((left, right) => writingOrder(left.name, right.name));
  return writeZip(items.map((item) => zipItem(item.name, contentOf(item))));
}

/**
 * Writes the workbook.
 *
 * @throws DecimalTooLongForExcel when an amount, a quantity or a unit cost has more than 15 significant digits
 */
export async function writeJournalWorkbook(content: JournalWorkbookContent): Promise<Uint8Array> {
  const stream = new PassThrough();
  const collected = buffer(stream);
  // Loaded with the first file: it is half of the program, and no window waits for it at its start.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    // Each sheet holds its own texts: a text changed after signing is then named by its sheet.
    useSharedStrings: false,
    zip: { store: true },
  });
  workbook.creator = 'Tieout';
  workbook.lastModifiedBy = 'Tieout';
  workbook.created = new Date(content.header.preparedAt);
  workbook.modified = workbook.created;
  workbook.views = [{ x: 0, y: 0, width: 24_000, height: 14_000, firstSheet: 0, activeTab: 0, visibility: 'visible' }];
  const totals = await addJournalSheet(workbook, content);
  await addVarianceSheet(workbook, content);
  await addReasonSheet(workbook, content);
  if (content.tieOut) await addTieOutSheet(workbook, content, content.tieOut);
  await addEvidenceSheets(workbook, content);
  addSignOffSheet(workbook, content, totals);
  await workbook.commit();
  return repacked(await collected);
}
