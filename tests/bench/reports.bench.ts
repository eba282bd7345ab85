/**
 * Each report of a large month, whole as it is shown: all sums, and the first lines.
 *
 * The reference is the least that anybody has to do for a report: go over the lines once and add a column up.
 */
import path from 'node:path';
import { REPORT_IDS, ReportRequest } from '@shared/domain/report';
import { reconcilePeriod } from '../../electron/services/reconciliation/reconcile';
import { readReport } from '../../electron/services/reports/index';
import { saveReport } from '../../electron/services/reports/save';
import type { Benchmark } from './benchmark';
import { fillMonth, newMonth, openCopy } from './generated-month';
import { reconcile } from './reconcile.bench';

const RECONCILED = 'reports.tieout';

export const reports: Benchmark = {
  name: 'reports',
  reference: 'SELECT count(*), sum(on hand) over the lines of the period',
  sizes: reconcile.sizes,
  figures: [
    ...REPORT_IDS.map((id) => ({ name: id, tieout: id, reference: 'lines', rows: 'keys' })),
    { name: 'inventory as CSV, every line', tieout: 'inventory csv', reference: 'lines', rows: 'keys' },
  ],
  prepare: (folder, sizes) => {
    const { opened, context, periodId } = newMonth(path.join(folder, RECONCILED));
    fillMonth(opened, periodId, sizes as Readonly<Record<'keys' | 'counts' | 'movements', number>>);
    const outcome = reconcilePeriod(context, periodId);
    if (!outcome.ok) throw new Error(outcome.message);
    opened.close();
  },
  tieout: async ({ folder, scratch, measure }) => {
    const { opened } = await openCopy(path.join(folder, RECONCILED), scratch);
    for (const report of REPORT_IDS) {
      const outcome = await measure(report, () => readReport(opened.workbook, ReportRequest.parse({ periodId: 1, report })));
      if (!outcome.ok) throw new Error(outcome.message);
    }
    const saved = await measure('inventory csv', () =>
      saveReport(opened.workbook, ReportRequest.parse({ periodId: 1, report: 'inventory', linesMax: 1_000_000 }), { path: path.join(scratch, 'inventory.csv'), section: null }),
    );
    if (!saved.ok) throw new Error(saved.message);
    opened.close();
  },
  referenceRun: async ({ folder, scratch, measure }) => {
    const { opened } = await openCopy(path.join(folder, RECONCILED), scratch);
    await measure('lines', () => opened.workbook.get('SELECT count(*), sum(erp_at_cut_off_scaled) FROM lines WHERE period_id = 1'));
    opened.close();
  },
};
