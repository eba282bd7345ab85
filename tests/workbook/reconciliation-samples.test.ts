import { test } from 'vitest';
import { EngineWorkbook } from '../support/engine-workbook';
import { explainText, lineDetailsOf, summaryOfLines, linesJson } from '../../electron/services/lines';
import { LinesJson } from '@shared/domain/lines-json';
import { LinesSummary, LineDetail } from '@shared/domain/lines';
import { SAMPLE_COUNT, SAMPLE_ITEMS, SAMPLE_MOVEMENTS, SAMPLE_SHIPMENTS, SAMPLE_SNAPSHOT } from '../support/engine-samples';

test('try', () => {
  const book = new EngineWorkbook();
  const period = book.period('2026-10');
  book.items(SAMPLE_ITEMS);
  book.snapshot(period, 'plain-snapshot.csv', SAMPLE_SNAPSHOT);
  book.movements(period, 'plain-movements.csv', SAMPLE_MOVEMENTS);
  book.movements(period, 'plain-shipments.csv', SAMPLE_SHIPMENTS);
  book.count(period, 'plain-count.csv', SAMPLE_COUNT);
  book.reconcile(period);
  for (const d of lineDetailsOf(book.workbook, period)) { LineDetail.parse(d); console.log(explainText(d)); }
  console.log(LinesSummary.parse(summaryOfLines(book.workbook, period)));
  LinesJson.parse(linesJson(book.workbook, period, {withTimeline: true}));
});
