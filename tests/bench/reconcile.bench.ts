/**
 * Reconciling a large month, explaining its variances, and the grid's first page in several orders afterwards.
 *
 * The reference of the reconciliation is the least that anybody has to do: add up the movements by line. That of the
 * explanation is the rest of the reconciliation. The grid is held against nothing but the 100 ms of a patient eye.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import type { LinesQuery } from '@shared/domain/lines';
import { pageOfLines } from '../../electron/services/lines';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import type { Benchmark, Sizes } from './benchmark';
import { fillMonth, newMonth, openCopy } from './generated-month';

const MONTH = 'month.tieout';
const SUMS = 'sums.db';
type MonthSizes = Readonly<Record<'keys' | 'counts' | 'movements', number>>;

function prepareMonth(folder: string, sizes: Sizes): void {
  const { opened, periodId } = newMonth(path.join(folder, MONTH));
  fillMonth(opened, periodId, sizes as MonthSizes);
  opened.close();
}

/** Movements alone: line and quantity, in the order in which they came. */
function prepareSums(folder: string): void {
  const database = new Database(path.join(folder, SUMS));
  database.exec(`ATTACH '${path.join(folder, MONTH)}' AS month; CREATE TABLE movements (k INTEGER, quantity INTEGER);
    INSERT INTO movements SELECT stock_key_id, quantity_scaled FROM month.movements; DETACH month`);
  database.close();
}

export const reconcile: Benchmark = {
  name: 'reconcile',
  reference: 'SELECT k, sum(quantity) FROM movements GROUP BY k; for the explanation, the rest of the reconciliation',
  sizes: { full: { keys: 1_000_000, counts: 200_000, movements: 3_000_000 }, quick: { keys: 50_000, counts: 10_000, movements: 150_000 } },
  figures: [
    { name: 'reconcile and explain', tieout: 'reconcile', reference: 'sum', rows: 'keys' },
    { name: 'reconcile', tieout: 'positions', reference: 'sum', rows: 'keys' },
    { name: 'explain', tieout: 'explain', reference: 'positions' },
  ],
  prepare: (folder, sizes) => {
    prepareMonth(folder, sizes);
    prepareSums(folder);
  },
  tieout: async ({ folder, scratch, measure, record }) => {
    const { opened, context } = await openCopy(path.join(folder, MONTH), scratch);
    let [explaining, explained] = [0, 0];
    const progress = (stage: string, done: number, total: number | null) => {
      if (stage !== 'explanation') return;
      if (done === 0) explaining = performance.now();
      if (done === total) explained = performance.now();
    };
    const started = performance.now();
    const outcome = await measure('reconcile', () => reconcilePeriod({ ...context, job: { progress, checkCancelled: () => undefined } }, 1));
    record('explain', explained - explaining);
    record('positions', performance.now() - started - (explained - explaining));
    if (!outcome.ok) throw new Error(outcome.message);
    opened.close();
  },
  referenceRun: async ({ folder, measure }) => {
    const database = new Database(path.join(folder, SUMS), { readonly: true });
    await measure('sum', () => database.prepare('SELECT count(*), sum(total) FROM (SELECT k, sum(quantity) AS total FROM movements GROUP BY k)').get());
    database.close();
  },
};

/** A page as the grid asks for it, once its like has been read before. */
const PAGES: Readonly<Record<string, Partial<LinesQuery>>> = {
  'first page': {},
  'by value': { sort: [{ column: 'valueMinor', direction: 'desc' }] },
  'by priority, exceptions': { sort: [{ column: 'priority', direction: 'desc' }], filter: { onlyExceptions: true } },
  'text filter': { filter: { text: '00041' } },
  'jump to the middle': { offset: -1 },
};

export const gridSort: Benchmark = {
  name: 'grid-sort',
  reference: 'none: 100 ms is what a person does not notice',
  sizes: reconcile.sizes,
  figures: Object.keys(PAGES).map((page) => ({ name: `grid ${page}`, tieout: page })),
  prepare: async (folder, sizes) => {
    prepareMonth(folder, sizes);
    const { opened, context } = await openCopy(path.join(folder, MONTH), folder, 'reconciled.tieout');
    const outcome = reconcilePeriod(context, 1);
    if (!outcome.ok) throw new Error(outcome.message);
    opened.close();
  },
  tieout: async ({ folder, scratch, sizes, measure }) => {
    const { opened } = await openCopy(path.join(folder, 'reconciled.tieout'), scratch);
    for (const [name, page] of Object.entries(PAGES)) {
      const query: LinesQuery = { periodId: 1, limit: 1000, sort: [], filter: {}, ...page, offset: page.offset === undefined ? 0 : Math.floor(sizes['keys']! / 2) };
      pageOfLines(opened.workbook, query);
      await measure(name, () => pageOfLines(opened.workbook, query));
    }
    opened.close();
  },
};
