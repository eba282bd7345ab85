/**
 * Reconciling a large month, explaining its variances, and the grid's first page in several orders afterwards.
 *
 * The reference of the reconciliation is the least that anybody has to do: add up the movements by line. That of the
 * explanation is the rest of the reconciliation: lines, totals and the writing. The grid is held against nothing but the 100 ms of a patient eye.
 */
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { LinesQuery } from '@shared/domain/lines';
import type { SummedColumn } from '@shared/domain/line-grid';
import { findInLines, groupsOfLines, sumsOfLines } from '../../electron/services/line-grid';
import { nextOpenLine, pageOfLines } from '../../electron/services/lines';
import type { ReadableWorkbook } from '../../electron/workbook/workbook';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import type { Benchmark, BenchmarkRun, Sizes } from './benchmark';
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

async function measureSums(file: string, figure: string, measure: BenchmarkRun['measure']): Promise<void> {
  const database = new Database(file, { readonly: true });
  await measure(figure, () => database.prepare('SELECT count(*), sum(total) FROM (SELECT k, sum(quantity) AS total FROM movements GROUP BY k)').get());
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
      if (stage !== 'explanation' && stage !== 'twins') return;
      if (stage === 'explanation' && done === 0) explaining = performance.now();
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
    await measureSums(path.join(folder, SUMS), 'sum', measure);
  },
};

/** The same month at a hundredth, at a tenth and whole: lines per second say whether the cost grows with the data. */
const GROWTH = ['hundredth', 'tenth', 'whole'] as const;

export const reconcileGrowth: Benchmark = {
  name: 'reconcile-growth',
  reference: 'SELECT k, sum(quantity) FROM movements GROUP BY k, of each size',
  sizes: { full: { hundredth: 10_000, tenth: 100_000, whole: 1_000_000 }, quick: { hundredth: 1_000, tenth: 10_000, whole: 100_000 } },
  figures: GROWTH.map((size) => ({ name: `reconcile and explain, ${size}`, tieout: size, reference: `sum ${size}`, rows: size })),
  prepare: (folder, sizes) => {
    for (const size of GROWTH) {
      const keys = sizes[size]!;
      const place = path.join(folder, size);
      fs.mkdirSync(place);
      prepareMonth(place, { keys, counts: Math.round(keys / 5), movements: keys * 3 });
      prepareSums(place);
    }
  },
  tieout: async ({ folder, scratch, measure }) => {
    for (const size of GROWTH) {
      const { opened, context } = await openCopy(path.join(folder, size, MONTH), scratch, `${size}.tieout`);
      const outcome = await measure(size, () => reconcilePeriod(context, 1));
      if (!outcome.ok) throw new Error(outcome.message);
      opened.close();
    }
  },
  referenceRun: async ({ folder, measure }) => {
    for (const size of GROWTH) await measureSums(path.join(folder, size, SUMS), `sum ${size}`, measure);
  },
};

/** A page as the grid asks for it: the first time, when its order is worked out, and again. */
const PAGES: Readonly<Record<string, Partial<LinesQuery>>> = {
  'first page': {},
  'by value': { sort: [{ column: 'valueMinor', direction: 'desc' }] },
  'by priority, exceptions': { sort: [{ column: 'priority', direction: 'desc' }], filter: { onlyExceptions: true } },
  'text filter': { filter: { text: '00041' } },
  'jump to the middle': { offset: -1 },
};

const BY_VALUE: Omit<LinesQuery, 'offset' | 'limit'> = { periodId: 1, sort: [{ column: 'valueMinor', direction: 'desc' }], filter: {} };
const ADDED = ['erpAtCutOffScaled', 'countVarianceScaled', 'valueMinor'] as const satisfies readonly SummedColumn[];
type Question = (workbook: ReadableWorkbook, lines: number) => unknown;

/** What else the grid asks, of an order that has been worked out before. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  'sums of every line': (workbook, lines) => sumsOfLines(workbook, { query: BY_VALUE, columns: [...ADDED], spans: [{ from: 0, to: lines - 1 }] }),
  'sums of 10,000 rows': (workbook, lines) => sumsOfLines(workbook, { query: BY_VALUE, columns: [...ADDED], spans: [{ from: lines / 10, to: lines / 10 + 9999 }] }),
  find: (workbook) => findInLines(workbook, { query: BY_VALUE, text: '00041', after: -1, direction: 'next' }),
  'find, next': (workbook) => findInLines(workbook, { query: BY_VALUE, text: '00041', after: 500, direction: 'next' }),
  'groups of the open lines': (workbook) => groupsOfLines(workbook, { periodId: 1, filter: { statuses: ['open'] }, by: 'owner', columns: [...ADDED] }),
  'next open line': (workbook, lines) => nextOpenLine(workbook, BY_VALUE, lines / 100, 'next'),
};

export const gridSort: Benchmark = {
  name: 'grid-sort',
  reference: 'none: 100 ms is what a person does not notice',
  sizes: reconcile.sizes,
  figures: [...Object.keys(PAGES).flatMap((page) => [`${page}, first`, page]), ...Object.keys(QUESTIONS)].map((each) => ({ name: `grid ${each}`, tieout: each })),
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
      await measure(`${name}, first`, () => pageOfLines(opened.workbook, query));
      await measure(name, () => pageOfLines(opened.workbook, query));
    }
    for (const [name, ask] of Object.entries(QUESTIONS)) await measure(name, () => ask(opened.workbook, sizes['keys']!));
    opened.close();
  },
};
