/**
 * A journal's way after it was prepared: approved and signed by the person it names, taken back to draft, exported, stated as
 * posted in the ledger.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Journal } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { signPackage } from '../../files/signatures/sign-package';
import { verifyPackage } from '../../files/signatures/verify-package';
import type { Signer } from '../../files/identities/unlock-identity';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { automaticReversalOf, type JournalRow, journalRow, keepVersion, postingOf, removeRows, signedFileOf, versionRows } from '../../workbook/tables/journals';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import { inTransaction, type WritableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { waivedObstacle } from '../follow-up/waived';
import { type PersonRow, personById, type SigningFailure, unlockPerson } from '../people';
import { findPeriod, periodLocked } from '../periods';
import { attachmentObstacle, commentObstacle, roleObstacle } from './approvers';
import { journalContentHash } from './content';
import { linesOfJournal, needsOf } from './gather';
import { findJournal, journalMissing, journalState } from './read';

export { prepareJournal, reverseJournal } from './prepare';

export interface ApproveRequest {
  readonly journalId: number;
  readonly fingerprint: string;
  readonly passPhrase: string;
  readonly comment: string;
}

type ApproveFailure =
  | 'journal_missing' | 'period_locked' | 'journal_state' | 'approver_is_preparer' | 'not_named_approver' | 'role_refused' | 'lines_changed' | 'waived_over_limit'
  | 'comment_needed' | 'attachment_needed' | 'file_changed' | SigningFailure;

/** A reversal that goes its way with its accrual is not handled by itself. */
const goesWithAccrual = (workbook: ServiceContext['workbook'], row: JournalRow) =>
  row.is_automatic === 1 ? refused('journal_state', `${row.number} goes with ${journalRow(workbook, row.reverses_journal_id!)!.number}: what is done with that one is done with both.`) : undefined;

/** Whether this person may approve the journal: the named one and nobody else; its preparer where there is no second person. */
function whoObstacle(workbook: ServiceContext['workbook'], row: JournalRow, fingerprint: string) {
  const preparer = personById(workbook, row.preparer_id)!;
  if (row.named_approver_id === null) {
    if (fingerprint === preparer.fingerprint) return undefined;
    return refused('not_named_approver', `Journal ${row.number} names no second person: ${preparer.name} approves it alone. Take it back to draft to name another.`);
  }
  const named = personById(workbook, row.named_approver_id)!;
  if (fingerprint === preparer.fingerprint) {
    return refused('approver_is_preparer', `${preparer.name} prepared journal ${row.number} and cannot approve it. ${named.name} was named to approve.`);
  }
  if (fingerprint !== named.fingerprint) {
    return refused('not_named_approver', `Journal ${row.number} names ${named.name} (${named.email}) as approver. Approve as that person, or take it back to draft and name another.`);
  }
  return undefined;
}

/** What of the lines stands in the way of an approval. */
function needsObstacle(workbook: ServiceContext['workbook'], period: Period, row: JournalRow, approver: PersonRow, comment: string) {
  const lines = linesOfJournal(workbook, period, row.journal_id);
  if (row.kind !== 'reversal' && journalContentHash(workbook, period, lines, row.kind) !== row.content_hash) {
    return refused('lines_changed', `Lines of journal ${row.number} changed after it was prepared. Take it back to draft and prepare it again.`);
  }
  const overLimit = waivedObstacle(workbook, period.periodId);
  if (overLimit !== undefined) return refused('waived_over_limit', overLimit);
  const { currency } = row;
  const needs = needsOf(workbook, period, lines);
  const wrongRole = roleObstacle(approver, needs, currency);
  if (wrongRole !== undefined) return refused('role_refused', wrongRole);
  const hasTiers = ruleSetFor(workbook, period.code).rules.approvals.length > 0;
  const uncommented = commentObstacle(needs, comment, currency, hasTiers ? 'the bound of' : 'the materiality of');
  if (uncommented !== undefined) return refused('comment_needed', uncommented);
  const unattached = attachmentObstacle(needs, currency);
  return unattached === undefined ? undefined : refused('attachment_needed', unattached);
}

/** Adds the approver's signature to the file and marks the lines approved; with an accrual its reversal is approved. */
export function approveJournal(context: ServiceContext, identitiesFolder: string, request: ApproveRequest): Outcome<Journal, ApproveFailure> {
  const { workbook } = context;
  const journal = journalRow(workbook, request.journalId);
  if (!journal) return journalMissing(request.journalId);
  const period = findPeriod(workbook, journal.period_id)!;
  if (period.state === 'locked') return periodLocked(period);
  if (journal.state !== 'prepared') return refused('journal_state', `Journal ${journal.number} is ${journal.state} already.`);
  const wrongOne = goesWithAccrual(workbook, journal) ?? whoObstacle(workbook, journal, request.fingerprint);
  if (wrongOne) return wrongOne;
  if (journal.withdrawn_instant !== null) {
    return refused('lines_changed', `Journal ${journal.number} was withdrawn because its lines changed: ${journal.withdrawn_why}. Take it back to draft and prepare it again.`);
  }
  const approver = personById(workbook, journal.named_approver_id ?? journal.preparer_id)!;
  const comment = request.comment.trim();
  const obstacle = needsObstacle(workbook, period, journal, approver, comment);
  if (obstacle) return obstacle;
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const approvedInstant = context.now();
  context.job.progress('Signing', 0, 1);
  const automatic = automaticReversalOf(workbook, journal.journal_id);
  const signed: { row: JournalRow; signedFile: Uint8Array }[] = [];
  for (const row of [journal, ...(automatic ? [automatic] : [])]) {
    const outcome = signedAsApprover(workbook, period, row, unlocked.value.signer, approvedInstant);
    if (!outcome.ok) return outcome;
    signed.push({ row, signedFile: outcome.value });
  }
  return inTransaction(workbook, () => {
    for (const { row, signedFile } of signed) keepApproval(context, period, row, signedFile, { approver, comment, approvedInstant });
    context.job.progress('Signing', 1, 1);
    return done(findJournal(workbook, journal.journal_id)!);
  });
}

function signedAsApprover(workbook: WritableWorkbook, period: Period, row: JournalRow, signer: Signer, signedAtInstant: number): Outcome<Uint8Array, 'file_changed'> {
  const preparedFile = signedFileOf(workbook, row.journal_id);
  const prepared = verifyPackage(preparedFile);
  if (!prepared.holds) {
    const preparer = personById(workbook, row.preparer_id)!;
    return refused('file_changed', `The file of journal ${row.number} is not as ${preparer.name} signed it: ${prepared.findings[0]?.message ?? 'a signature does not hold'} Take it back to draft and prepare it again.`);
  }
  const alone = row.no_second_person === null ? '' : `, with no second person: ${row.no_second_person}`;
  return done(signPackage(preparedFile, signer, { signedAtInstant, role: 'Approver', commitment: 'approval', purpose: `Approved journal ${row.number} of ${period.code}${alone}`.slice(0, 255) }));
}

interface Approval {
  readonly approver: PersonRow;
  readonly comment: string;
  readonly approvedInstant: number;
}

function keepApproval(context: ServiceContext, period: Period, row: JournalRow, signedFile: Uint8Array, { approver, comment, approvedInstant }: Approval): void {
  const { workbook } = context;
  workbook.run(
    `UPDATE journals SET state = 'approved', approver_id = ?, approved_instant = ?, approval_comment = ?, signed_file = ? WHERE journal_id = ?`,
    approver.person_id, approvedInstant, comment, signedFile, row.journal_id,
  );
  workbook.run(
    `UPDATE tags SET approved_journal_id = @journal
     WHERE period_id = @period AND stock_key_id IN (SELECT stock_key_id FROM journal_reviews WHERE journal_id = @journal)`,
    { journal: row.journal_id, period: period.periodId },
  );
  // Lines of a journal of this period that is reversed can be tagged anew and taken up by another.
  if (row.kind === 'reversal' && row.is_automatic === 0) freeTags(workbook, row.reverses_journal_id!);
  appendAudit(workbook, {
    atInstant: approvedInstant,
    actor: actorText(context.actor),
    action: 'journal.approve',
    periodId: period.periodId,
    subject: `journal:${row.number}`,
    detail: {
      approver: `${approver.name} <${approver.email}>`, comment, noSecondPerson: row.no_second_person, version: row.version,
      lines: Number(workbook.sum('SELECT count(*) FROM journal_reviews WHERE journal_id = ?', row.journal_id)), contentHash: row.content_hash, fileSha256: sha256Hex(signedFile),
    },
  });
}

/** Lets go of the lines of a journal, where its period is open. */
export const freeTags = (workbook: WritableWorkbook, journalId: number): void => {
  workbook.run(
    `UPDATE tags SET approved_journal_id = NULL WHERE approved_journal_id = ? AND (SELECT state FROM periods p WHERE p.period_id = tags.period_id) = 'open'`, journalId,
  );
};

/** Takes a journal that was not exported back to draft: its number stays, what it was is kept as a version, its lines are free. */
export function redraftJournal(
  context: ServiceContext,
  request: { readonly journalId: number; readonly why: string },
): Outcome<Journal, 'journal_missing' | 'period_locked' | 'journal_state'> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<Journal, 'journal_missing' | 'period_locked' | 'journal_state'> => {
    const journal = journalRow(workbook, request.journalId);
    if (!journal) return journalMissing(request.journalId);
    const period = findPeriod(workbook, journal.period_id)!;
    if (period.state === 'locked') return periodLocked(period);
    const notAlone = goesWithAccrual(workbook, journal);
    if (notAlone) return notAlone;
    const state = journalState(workbook, journal);
    if (state !== 'prepared' && state !== 'approved') {
      const next = state === 'draft' ? 'Prepare it again.' : 'What left this workbook is never taken back, only reversed by another journal.';
      return refused('journal_state', `Journal ${journal.number} is ${state}. ${next}`);
    }
    const automatic = automaticReversalOf(workbook, journal.journal_id);
    if (automatic?.state === 'exported' || (automatic && postingOf(workbook, automatic.journal_id))) {
      return refused('journal_state', `Its reversal ${automatic.number} was exported or posted already. What left this workbook is never taken back.`);
    }
    for (const row of [journal, ...(automatic ? [automatic] : [])]) toDraft(context, row, request.why);
    return done(findJournal(workbook, journal.journal_id)!);
  });
}

function toDraft(context: ServiceContext, row: JournalRow, why: string): void {
  const { workbook } = context;
  const instant = context.now();
  const by = actorText(context.actor);
  keepVersion(workbook, row, { instant, by, why });
  removeRows(workbook, row.journal_id);
  freeTags(workbook, row.journal_id);
  workbook.run(
    `UPDATE journals SET state = 'draft', approver_id = NULL, approved_instant = NULL, approval_comment = '', signed_file = NULL, withdrawn_instant = NULL, withdrawn_why = NULL
     WHERE journal_id = ?`,
    row.journal_id,
  );
  appendAudit(workbook, {
    atInstant: instant, actor: by, action: 'journal.redraft', periodId: row.period_id, subject: `journal:${row.number}`,
    detail: { why, version: row.version, stateBefore: row.state, contentHash: row.content_hash },
  });
}

type ExportFailure = 'journal_missing' | 'journal_state' | 'version_missing' | 'file_unwritable';

/** Writes the signed Excel file, byte for byte as it was signed; that of an earlier version where one is asked for. */
export function exportJournal(
  context: ServiceContext,
  request: { readonly journalId: number; readonly path: string; readonly version?: number | undefined },
): Outcome<{ path: string; sha256: string; byteLength: number }, ExportFailure> {
  const { workbook } = context;
  const journal = journalRow(workbook, request.journalId);
  if (!journal) return journalMissing(request.journalId);
  const version = request.version === undefined || request.version === journal.version ? undefined : request.version;
  const earlier = version === undefined ? undefined : versionRows(workbook, journal.journal_id).find((each) => each.version === version);
  if (version !== undefined && !earlier) return refused('version_missing', `Journal ${journal.number} has no earlier version ${version}.`);
  if (!earlier && (journal.state === 'prepared' || journal.state === 'draft')) {
    return refused('journal_state', `Journal ${journal.number} is not approved yet. It is exported when both signatures are on it.`);
  }
  const file = earlier?.signed_file ?? signedFileOf(workbook, journal.journal_id);
  const partial = `${request.path}.partial`;
  try {
    fs.mkdirSync(path.dirname(path.resolve(request.path)), { recursive: true });
    fs.writeFileSync(partial, file);
    fs.renameSync(partial, request.path);
  } catch (error) {
    return refused('file_unwritable', `${request.path} cannot be written: ${(error as Error).message}. Choose another place.`);
  }
  const sha256 = sha256Hex(file);
  const period = findPeriod(workbook, journal.period_id)!;
  inTransaction(workbook, () => {
    const exportedInstant = context.now();
    if (!earlier && journal.state === 'approved' && period.state === 'open') {
      workbook.run(`UPDATE journals SET state = 'exported', exported_instant = ? WHERE journal_id = ?`, exportedInstant, journal.journal_id);
    }
    appendAudit(workbook, {
      atInstant: exportedInstant,
      actor: actorText(context.actor),
      action: 'journal.export',
      periodId: journal.period_id,
      subject: `journal:${journal.number}`,
      detail: { fileName: path.basename(request.path), version: earlier?.version ?? journal.version, sha256 },
    });
  });
  return done({ path: request.path, sha256, byteLength: file.length });
}

/** Keeps what the accountant states of the ledger: the document that the journal became, and its day; also after the lock. */
export function statePosted(
  context: ServiceContext,
  request: { readonly journalId: number; readonly document: string; readonly day: string },
): Outcome<Journal, 'journal_missing' | 'journal_state' | 'nothing_changed'> {
  const { workbook } = context;
  return inTransaction(workbook, (): Outcome<Journal, 'journal_missing' | 'journal_state' | 'nothing_changed'> => {
    const journal = journalRow(workbook, request.journalId);
    if (!journal) return journalMissing(request.journalId);
    if (journal.state !== 'approved' && journal.state !== 'exported') {
      return refused('journal_state', `Journal ${journal.number} is ${journal.state}. It is posted when it was approved and exported.`);
    }
    const before = postingOf(workbook, journal.journal_id);
    if (before?.ledger_document === request.document && before.ledger_day === request.day) {
      return refused('nothing_changed', `Journal ${journal.number} is stated as ${before.ledger_document} of ${before.ledger_day} already.`);
    }
    const statedInstant = context.now();
    workbook.run(
      'INSERT INTO journal_postings (journal_id, ledger_document, ledger_day, stated_instant, stated_by) VALUES (?, ?, ?, ?, ?)',
      journal.journal_id, request.document, request.day, statedInstant, actorText(context.actor),
    );
    appendAudit(workbook, {
      atInstant: statedInstant, actor: actorText(context.actor), action: 'journal.posted', periodId: journal.period_id, subject: `journal:${journal.number}`,
      detail: { document: request.document, day: request.day, before: before ? { document: before.ledger_document, day: before.ledger_day } : null },
    });
    return done(findJournal(workbook, journal.journal_id)!);
  });
}
