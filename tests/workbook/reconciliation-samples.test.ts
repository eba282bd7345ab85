import { test } from 'vitest';
import { EngineWorkbook } from '../support/engine-workbook';
import { SAMPLE_COUNT, SAMPLE_ITEMS, SAMPLE_MOVEMENTS, SAMPLE_SHIPMENTS, SAMPLE_SNAPSHOT } from '../support/engine-samples';

test('try', () => {
  const book = new EngineWorkbook();
  const period = book.period('2026-10');
  book.items(SAMPLE_ITEMS);
  book.snapshot(period, 'snap.csv', SAMPLE_SNAPSHOT);
  book.movements(period, 'mov.csv', SAMPLE_MOVEMENTS);
  book.movements(period, 'ship.csv', SAMPLE_SHIPMENTS);
  book.count(period, 'count.csv', SAMPLE_COUNT);
  console.log(book.reconcile(period));
  console.log(book.workbook.all('select i.sku, l.* from lines l join stock_keys using (stock_key_id) join items i using (item_id)'));
  console.log(book.workbook.all('select * from components'));
});
