/**
 * A small month for tests of what becomes of lines after they were explained.
 */
import type { LineDetail } from '@shared/domain/lines';
import { countLists, followUpLists } from '../../electron/services/follow-up/lists';
import { lineDetail } from '../../electron/services/lines';
import { findPeriod } from '../../electron/services/periods';
import { checklistFor } from '../../electron/services/sign-off/checklist';
import { setTag } from '../../electron/services/tags';
import { EngineWorkbook } from './engine-workbook';
import { accepted } from './imports';

const ITEMS = `
sku,tier,unit_cost,category
MUG,A,4.125000,Kitchen
CUP,B,2.000000,Kitchen
TEE,C,7.900000,Apparel`;
export const MOVES = 'system,type,document,line,sku,location,quantity,occurred_at,posted_at,reference,reason';
const LIMIT = 1000;

/** October 2026 in UTC: a mug counted 3 short, a cup counted 1 short, a tee that ties. */
export function month(options: { readonly erp?: string; readonly count?: string } = {}) {
  const book = new EngineWorkbook({ timeZone: 'UTC' });
  book.workbook.run(`INSERT INTO accounts (account_code, name, kind) VALUES ('1310', 'Inventory', 'asset'), ('5210', 'Shrinkage', 'expense')`);
  book.workbook.run(
    `INSERT INTO reason_codes (reason_code, name, class, default_owner, posting, inventory_account, offset_account, causes, next_step, display_order) VALUES
       ('SHRINK', 'Shrinkage', 'physical', 'warehouse', 'adjust', '1310', '5210', '[]', 'Count again.', 1),
       ('WAIT', 'Waits', 'timing', 'operations', 'none', NULL, NULL, '[]', 'Wait.', 2)`,
  );
  const october = book.period('2026-10');
  book.items(ITEMS);
  book.snapshot(
    october,
    'erp.csv',
    options.erp ??
      `
system,sku,location,as_of,on_hand,available,committed,reserved,damaged,quarantined,unit_cost
erp,MUG,Dock,2026-11-01T00:00:00Z,50,50,0,0,0,0,4.125000
erp,CUP,Dock,2026-11-01T00:00:00Z,80,80,0,0,0,0,2.000000
erp,TEE,Dock,2026-11-01T00:00:00Z,10,10,0,0,0,0,7.900000`,
  );
  book.count(
    october,
    'count.csv',
    options.count ??
      `
sheet,line,sku,location,bin,count_no,counted,counted_at,counted_by
S-1,1,MUG,Dock,A-1,1,47,2026-10-31T12:00:00Z,Kim
S-1,2,CUP,Dock,A-2,1,79,2026-10-31T12:05:00Z,Kim
S-1,3,TEE,Dock,A-3,1,10,2026-10-31T12:10:00Z,Kim`,
  );
  book.reconcile(october);
  return { book, october, mug: book.key('MUG', 'Dock'), cup: book.key('CUP', 'Dock'), tee: book.key('TEE', 'Dock') };
}

export type Month = ReturnType<typeof month>;
/** Gives a line a reason. */
export const tag = ({ book, october }: Month, stockKeyId: number, reason: string) =>
  accepted(setTag(book.context, { periodId: october, stockKeyId, change: { reason } }));
export const detailOf = ({ book, october }: Month, stockKeyId: number): LineDetail => lineDetail(book.workbook, october, stockKeyId)!;
/** Every list of what the period's lines wait for. */
export const lists = ({ book, october }: Month) => ({ ...followUpLists(book.workbook, october, LIMIT), ...countLists(book.workbook, october, LIMIT) });
/** The seven answers. */
export const answers = ({ book, october }: Month) => checklistFor(book.workbook, findPeriod(book.workbook, october)!).answers;

/** A shipment of one mug before the cut-off that the ERP posted after it: 49 at the cut-off becomes 48 and so on. */
export const lateShipment = ({ book, october }: Month, quantity = '1') =>
  book.movements(
    october,
    'late.csv',
    `${MOVES}
warehouse,shipment,SO-1,1,MUG,Dock,${quantity},2026-10-31T10:00:00Z,2026-10-31T10:05:00Z,,
erp,shipment,SO-1,1,MUG,Dock,${quantity},2026-10-31T10:00:00Z,2026-11-01T08:00:00Z,,`,
  );
