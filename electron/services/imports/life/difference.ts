/**
 * What an import says other than the one it replaced, page by page.
 */
import type { Difference } from '@shared/domain/import-difference';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { importById, periodFrame } from '../../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../../workbook/workbook';
import { keptLines } from './figures';
import { parseKeptSummary } from './kept-summary';

/** A page of the difference, the largest change first; counts and totals are of all of it. */
export function differencePage(
  workbook: ReadableWorkbook,
  { importId, offset, limit }: { readonly importId: number; readonly offset: number; readonly limit: number },
): Outcome<Difference, 'import_unknown' | 'replaces_nothing'> {
  const row = importById(workbook, importId);
  if (!row) return refused('import_unknown', `There is no import ${importId} in this workbook. List the imports of the period, and name one of them.`);
  const kept = parseKeptSummary(row)?.difference;
  if (!kept) return refused('replaces_nothing', `Import ${importId} (${row.file_name}) was written beside what was there: there is no import that it could differ from. Choose one that replaced another.`);
  const { currency } = periodFrame(workbook, row.period_id)!;
  return done({ ...kept, lines: keptLines(workbook, importId, currency, offset, limit) });
}
