/**
 * Locking a period: who may, what must hold, the closing that the next period opens with, the seal.
 */
import type { Seal } from '@shared/contract/sign-off';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { appendAudit, chainHead } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { writeClosings } from '../../workbook/tables/closings';
import { inTransaction } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { addPerson, type SigningFailure, unlockPerson } from '../people';
import { findPeriod, listPeriods, periodLocked, periodMissing } from '../periods';
import { workbookRow } from '../workbooks';
import { needsReconciliation } from '../reconciliation/staleness';
import { checklistFor } from './checklist';
import type { ReopeningRow } from './reopening-statement';
import { listSeals, makeSeal } from './seal';

export interface LockRequest {
  readonly periodId: number;
  readonly fingerprint: string;
  readonly passPhrase: string;
  /** Why the period is locked although a question or a gate fails; empty where all hold. */
  readonly override: string;
}

type LockFailure = 'period_missing' | 'period_locked' | 'earlier_reopened' | 'not_reconciled' | 'questions_open' | 'role_refused' | SigningFailure;

/** Locks and seals a period. Only a controller may; with open questions or gates only with a stated reason. */
export function lockPeriod(context: ServiceContext, identitiesFolder: string, request: LockRequest): Outcome<Seal, LockFailure> {
  const { workbook } = context;
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  if (period.state === 'locked') return periodLocked(period);
  const earlier = listPeriods(workbook).find((each) => each.state === 'open' && each.code < period.code && listSeals(workbook, each.periodId).length > 0);
  if (earlier) {
    return refused('earlier_reopened', `${earlier.code} was reopened, and its closing is what ${period.code} opens with. Lock ${earlier.code} again first.`);
  }
  if (needsReconciliation(workbook, period)) {
    return refused('not_reconciled', `${period.code} has changed since it was reconciled. Run the reconciliation, then lock.`);
  }
  const override = request.override.trim();
  const checklist = checklistFor(workbook, period);
  const answers = [
    ...checklist.answers.map(({ question, ...each }) => ({ ...each, name: String(question) })),
    ...checklist.gates.map(({ gate, ...each }) => ({ ...each, name: gate })),
  ];
  const open = answers.filter((each) => !each.holds);
  if (open.length > 0 && override === '') {
    const questions = checklist.answers.filter((each) => !each.holds).length;
    const counted = [
      ...(questions > 0 ? [`${questions} of 7 questions`] : []),
      ...(open.length > questions ? [plural(open.length - questions, 'gate')] : []),
    ].join(' and ');
    const list = open.map(({ name, text, nextStep }) => (/^\d$/.test(name) ? `${name}. ${nextStep}` : `${text} ${nextStep}`)).join(' ');
    return refused('questions_open', `${counted} ${open.length === 1 ? 'is' : 'are'} open for ${period.code}. ${list} Mend them, or state why the period is locked all the same.`);
  }
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const { identity, signer } = unlocked.value;
  if (identity.role !== 'controller') {
    return refused('role_refused', `${identity.name} is ${identity.role}. A period is locked by a controller.`);
  }
  return inTransaction(workbook, () => {
    const person = addPerson(context, identity);
    writeClosings(workbook, period.periodId);
    const head = chainHead(workbook);
    const row = workbookRow(workbook);
    const previous = workbook.get<{ root_hash: string }>('SELECT root_hash FROM seals ORDER BY seal_id DESC LIMIT 1');
    const before = listSeals(workbook, period.periodId);
    const reopening = workbook.get<ReopeningRow>('SELECT * FROM reopenings WHERE period_id = ? ORDER BY reopening_id DESC LIMIT 1', period.periodId);
    const sealedInstant = context.now();
    const { root: rootHash } = makeSeal(
      context,
      period.periodId,
      {
        workbookUuid: row.workbook_uuid,
        company: row.company,
        periodCode: period.code,
        signerName: identity.name,
        signerEmail: identity.email,
        signerFingerprint: identity.fingerprintSha256,
        sealedInstant,
        chainSequence: head.sequence,
        chainHash: head.hash,
        override: open.length > 0 ? override : '',
        answers: answers.map(({ name, holds, figure }) => ({ name, holds, figure })),
        previousRoot: previous?.root_hash ?? '',
        sealNumber: before.length + 1,
        replacesRoot: before.at(-1)?.rootHash ?? '',
        reopeningHash: reopening ? sha256Hex(reopening.statement) : '',
      },
      signer,
      person.person_id,
    );
    appendAudit(workbook, {
      atInstant: sealedInstant,
      actor: actorText(context.actor),
      action: 'period.lock',
      periodId: period.periodId,
      subject: `period:${period.code}`,
      detail: { rootHash, signer: `${identity.name} <${identity.email}>`, override: open.length > 0 ? override : '', open: open.map(({ name }) => name), seal: before.length + 1 },
    });
    workbook.run(`UPDATE periods SET state = 'locked', locked_instant = ? WHERE period_id = ?`, sealedInstant, period.periodId);
    return done(listSeals(workbook, period.periodId).at(-1)!);
  });
}
