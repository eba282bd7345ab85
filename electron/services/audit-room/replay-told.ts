/**
 * A replay as the auditor asks for it: its outcome is told in the trail of the auditor's own file, where one is named; the workbook is only read.
 */
import { type Outcome } from '@shared/domain/outcome';
import type { ReplayAnswer } from '@shared/domain/replay';
import { auditorFileRow } from '../../workbook/auditor-file/tables';
import { chainHead } from '../../workbook/audit';
import { inTransaction } from '../../workbook/workbook';
import type { ServiceContext } from '../context';
import { replayPeriod, type ReplayFailure } from '../replay/replay';
import { type AuditorFileFailure, withAuditorFile } from './auditor-file';
import { tell } from './trail';

interface ReplayRequest {
  readonly periodId: number;
  /** Null: told nowhere. */
  readonly file: string | null;
  readonly differencesMax: number;
}

/**
 * Computes the period again; see `replayPeriod` for what can be refused, and `withAuditorFile` for what of the file.
 *
 * @throws JobCancelled
 */
export async function replayForAuditor(context: ServiceContext, { periodId, file, differencesMax }: ReplayRequest): Promise<Outcome<ReplayAnswer, ReplayFailure | AuditorFileFailure>> {
  if (file !== null) {
    // Before the long work: a file that cannot be used is told at once.
    const usable = await withAuditorFile(context, file, 'read', () => undefined);
    if (!usable.ok) return usable;
  }
  const replayed = await replayPeriod(context, { periodId, differencesMax });
  if (!replayed.ok || file === null) return replayed;
  const { periodCode, same, message, differencesInAll, rulesKept, rulesComputed, parts } = replayed.value;
  const head = chainHead(context.workbook);
  const told = await withAuditorFile(context, file, 'write', (own) =>
    inTransaction(own, () =>
      tell(own, {
        by: auditorFileRow(own)!.auditor, atInstant: context.now(), action: 'period.replay', sampleId: null,
        detail: {
          period: periodCode, same, message, differences: differencesInAll, rulesKept, rulesComputed, chainSequence: head.sequence, chainHash: head.hash,
          parts: parts.map(({ part, kept, computed, same: alike }) => [part, kept, computed, alike]),
        },
      }),
    ),
  );
  return told.ok ? replayed : told;
}
