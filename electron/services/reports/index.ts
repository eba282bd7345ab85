/**
 * Reports: made from reconciled lines and nothing else, each stating the instant and the rules that it stands for.
 */
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { REPORT_IDS, REPORTS, type Report, type ReportId, type ReportRequest } from '@shared/domain/report';
import type { System } from '@shared/domain/states';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { adjustmentsReport } from './adjustments';
import { changeReport } from './change';
import { countAccuracyReport } from './count-accuracy';
import { exceptionsReport } from './exceptions';
import { openFrame, type Frame, type FrameFailure, type ReportBody } from './frame';
import { inventoryReport } from './inventory';
import { proofOfQuantityReport } from './proof-of-quantity';
import { repeatOffendersReport } from './repeat-offenders';
import { rollForwardReport } from './roll-forward';
import { tieOutReport } from './tie-out';

const MAKERS: Readonly<Record<ReportId, (frame: Frame) => ReportBody>> = {
  inventory: inventoryReport,
  exceptions: exceptionsReport,
  adjustments: adjustmentsReport,
  'count-accuracy': countAccuracyReport,
  'roll-forward': rollForwardReport,
  'proof-of-quantity': proofOfQuantityReport,
  change: changeReport,
  'repeat-offenders': repeatOffendersReport,
  'tie-out': tieOutReport,
};

const SYSTEM_WORDS: Readonly<Record<System, string>> = { erp: 'ERP', storefront: 'storefront', warehouse: 'warehouse' };

/** Which reports there are, and the locations that one can be cut to. */
export const listOfReports = (workbook: ReadableWorkbook, periodId: number) => ({
  reports: REPORT_IDS.map((id) => ({ id, ...REPORTS[id] })),
  locations: workbook
    .all<{ code: string }>(
      `SELECT o.code FROM locations o WHERE EXISTS (SELECT 1 FROM stock_keys k JOIN lines l ON l.period_id = ? AND l.stock_key_id = k.stock_key_id WHERE k.location_id = o.location_id)
       ORDER BY o.code`,
      periodId,
    )
    .map(({ code }) => code),
});

export type ReportFailure = FrameFailure | 'systems_same';

/** Refusals: as `openFrame`; then `systems_same`, where a proof of quantity would hold a system against itself. */
export function readReport(workbook: ReadableWorkbook, request: ReportRequest): Outcome<Report, ReportFailure> {
  const { report: id, location, systems } = request;
  const frame = openFrame(workbook, request);
  if (!frame.ok) return frame;
  const isProof = id === 'proof-of-quantity';
  if (isProof && systems.left === systems.right) {
    return refused('systems_same', `A proof of quantity holds two systems against each other; both are the ${SYSTEM_WORDS[systems.left]}. Choose another for one of them.`);
  }
  const body = MAKERS[id](frame.value);
  return done({
    id,
    title: REPORTS[id].title,
    standsFor: frame.value.standsFor,
    choice: [
      ...(location === null ? [] : [`location ${location}`]),
      ...(isProof ? [`${SYSTEM_WORDS[systems.left]} and ${SYSTEM_WORDS[systems.right]}`] : []),
    ].join(', '),
    sections: [...body.sections],
    notes: [...body.notes],
    proposals: [...(body.proposals ?? [])],
  });
}
