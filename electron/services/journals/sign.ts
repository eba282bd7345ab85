/**
 * A journal's way: prepared and signed by one person, approved and signed by the one they named, exported; or discarded.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Journal } from '@shared/contract/journals';
import type { Period } from '@shared/contract/workbook';
import { buildJournalLines, type JournalLineDraft, journalTotals } from '@shared/domain/journal';
import { formatAmount } from '@shared/domain/money';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { writeJournalWorkbook } from '../../files/journal-xlsx/write-journal-workbook';
import { identityStore } from '../../files/identities/identity-store';
import { signPackage } from '../../files/signatures/sign-package';
import { verifyPackage } from '../../files/signatures/verify-package';
import { appendAudit } from '../../workbook/audit';
import { sha256Hex } from '../../workbook/hash';
import { inTransaction, type WritableWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { addPerson, findPerson, type PersonRow, personById, type SigningFailure, unlockPerson } from '../people';
import { findPeriod, periodLocked, periodMissing } from '../periods';
import { waitingNames, waitingSentence } from '../follow-up/person-check';
import { waivedObstacle } from '../follow-up/waived';
import { needsReconciliation } from '../reconciliation/staleness';
import { workbookRow } from '../workbooks';
import { journalContentHash, journalWorkbookContent } from './content';
import { linesOfJournal, linesToPost, postingLines, posts, type TaggedLine, withoutCost } from './gather';
import { findJournal, journalRow } from './read';

export interface PrepareRequest {
  readonly periodId: number;
  readonly fingerprint: string;
  readonly passPhrase: string;
  readonly approverFingerprint: string;
}

type PrepareFailure =
  | 'period_missing' | 'period_locked' | 'not_reconciled' | 'nothing_to_post' | 'checks_waiting' | 'cost_missing' | 'not_balanced'
  | 'approver_is_preparer' | 'approver_missing' | SigningFailure;

const signerOf = (person: PersonRow) => ({ name: person.name, email: person.email, fingerprintSha256: person.fingerprint });

function nextNumber(workbook: WritableWorkbook, period: Period): string {
  const used = Number(workbook.sum('SELECT count(*) FROM audit_events WHERE period_id = ? AND action = ?', period.periodId, 'journal.prepare'));
  return `ADJ-${period.code}-${used + 1}`;
}

/** The person who is to approve, known to the workbook or only to this machine. */
function findApprover(context: ServiceContext, identitiesFolder: string, fingerprint: string): PersonRow | undefined {
  const identity = identityStore(identitiesFolder).findByFingerprint(fingerprint);
  return findPerson(context.workbook, fingerprint) ?? (identity && addPerson(context, identity));
}

function writeJournalRows(workbook: WritableWorkbook, journalId: number, drafts: readonly JournalLineDraft[], lines: readonly TaggedLine[]): void {
  for (const draft of drafts) {
    workbook.run(
      `INSERT INTO journal_lines (journal_id, line_number, account_code, debit_minor, credit_minor, reason_code, location_id, memo, exact_amount)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      journalId, draft.lineNumber, draft.accountCode, draft.debitMinor, draft.creditMinor, draft.reasonCode, draft.locationId, draft.memo, draft.exactAmount,
    );
    for (const source of draft.sources) {
      workbook.run(
        'INSERT INTO journal_sources (journal_id, line_number, stock_key_id, quantity_scaled, unit_cost_scaled) VALUES (?, ?, ?, ?, ?)',
        journalId, draft.lineNumber, source.stockKeyId, source.adjustmentScaled, source.unitCostScaled,
      );
    }
  }
  for (const line of lines) {
    workbook.run(
      'INSERT INTO journal_reviews (journal_id, stock_key_id, reason_code, owner, adjustment_scaled, tag_revision) VALUES (?, ?, ?, ?, ?, ?)',
      journalId, line.stock_key_id, line.reason_code, line.owner, line.adjustment_scaled, line.tag_revision,
    );
  }
}

/** Builds the journal from the tagged lines, writes its Excel file and signs it as preparer. */
export async function prepareJournal(context: ServiceContext, identitiesFolder: string, request: PrepareRequest): Promise<Outcome<Journal, PrepareFailure>> {
  const { workbook } = context;
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  if (period.state === 'locked') return periodLocked(period);
  if (needsReconciliation(workbook, period)) {
    return refused('not_reconciled', `${period.code} has changed since it was reconciled. Run the reconciliation, then prepare the journal.`);
  }
  const lines = linesToPost(workbook, period.periodId);
  if (lines.length === 0) return refused('nothing_to_post', `No line of ${period.code} has a reason code and an owner that a journal does not hold yet.`);
  const unchecked = waitingNames(workbook, period.periodId, lines.filter(posts).map((line) => line.stock_key_id));
  if (unchecked.length > 0) return refused('checks_waiting', waitingSentence(unchecked));
  const uncosted = withoutCost(lines);
  if (uncosted.length > 0) {
    return refused('cost_missing', `${uncosted.length} lines have no unit cost: ${uncosted.slice(0, 5).join(', ')}. Import a cost from the system that owns it.`);
  }
  if (request.approverFingerprint === request.fingerprint) {
    return refused('approver_is_preparer', 'Preparer and approver are the same person. Name somebody else to approve.');
  }
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const approver = findApprover(context, identitiesFolder, request.approverFingerprint);
  if (!approver) return refused('approver_missing', 'The named approver is not known here. Add their identity, or name somebody else.');
  const preparer = addPerson(context, unlocked.value.identity);
  if (preparer.email.toLowerCase() === approver.email.toLowerCase()) {
    return refused('approver_is_preparer', `${preparer.name} prepares this journal and cannot approve it. Name somebody else.`);
  }
  const { currency } = workbookRow(workbook);
  const drafts = buildJournalLines(postingLines(lines), currency);
  const totals = journalTotals(drafts);
  if (totals.debitTotalMinor !== totals.creditTotalMinor) {
    return refused('not_balanced', `Debits ${formatAmount(totals.debitTotalMinor, currency)} and credits ${formatAmount(totals.creditTotalMinor, currency)} differ. Nothing was kept.`);
  }
  const contentHash = journalContentHash(workbook, period, lines);
  const number = nextNumber(workbook, period);
  const preparedInstant = context.now();
  context.job.progress('Writing the Excel file', 0, 2);
  const file = await writeJournalWorkbook(
    journalWorkbookContent(workbook, { period, number, preparedInstant, preparer: signerOf(preparer), approver: signerOf(approver), lines, contentHash }),
  );
  context.job.progress('Signing', 1, 2);
  const signedFile = signPackage(file, unlocked.value.signer, {
    signedAtInstant: preparedInstant,
    role: 'Preparer',
    commitment: 'creation',
    purpose: `Prepared journal ${number} of ${period.code}`,
  });
  context.job.checkCancelled();
  return inTransaction(workbook, () => {
    const { lastInsertRowid: journalId } = workbook.run(
      `INSERT INTO journals (period_id, number, state, currency, content_hash, preparer_id, prepared_instant, named_approver_id, signed_file)
       VALUES (?, ?, 'prepared', ?, ?, ?, ?, ?, ?)`,
      period.periodId, number, currency, contentHash, preparer.person_id, preparedInstant, approver.person_id, signedFile,
    );
    writeJournalRows(workbook, journalId, drafts, lines);
    appendAudit(workbook, {
      atInstant: preparedInstant,
      actor: actorText(context.actor),
      action: 'journal.prepare',
      periodId: period.periodId,
      subject: `journal:${number}`,
      detail: {
        contentHash, ...totals, lines: lines.length, postingLines: lines.filter(posts).length,
        preparer: `${preparer.name} <${preparer.email}>`, namedApprover: `${approver.name} <${approver.email}>`, fileSha256: sha256Hex(signedFile),
      },
    });
    context.job.progress('Signing', 2, 2);
    return done(findJournal(workbook, journalId)!);
  });
}

export interface ApproveRequest {
  readonly journalId: number;
  readonly fingerprint: string;
  readonly passPhrase: string;
  readonly comment: string;
}

type ApproveFailure =
  | 'journal_missing' | 'period_locked' | 'journal_state' | 'approver_is_preparer' | 'not_named_approver' | 'lines_changed' | 'waived_over_limit' | 'comment_needed' | 'file_changed' | SigningFailure;

const journalMissing = (journalId: number) => refused('journal_missing', `Journal ${journalId} is not in this workbook.`);

/** Adds the approver's signature to the file and marks the lines approved. */
export function approveJournal(context: ServiceContext, identitiesFolder: string, request: ApproveRequest): Outcome<Journal, ApproveFailure> {
  const { workbook } = context;
  const journal = journalRow(workbook, request.journalId);
  if (!journal) return journalMissing(request.journalId);
  const period = findPeriod(workbook, journal.period_id)!;
  if (period.state === 'locked') return periodLocked(period);
  if (journal.state !== 'prepared') return refused('journal_state', `Journal ${journal.number} is ${journal.state} already.`);
  const preparer = personById(workbook, journal.preparer_id)!;
  const named = personById(workbook, journal.named_approver_id)!;
  if (request.fingerprint === preparer.fingerprint) {
    return refused('approver_is_preparer', `${preparer.name} prepared journal ${journal.number} and cannot approve it. ${named.name} was named to approve.`);
  }
  if (request.fingerprint !== named.fingerprint) {
    return refused('not_named_approver', `Journal ${journal.number} names ${named.name} (${named.email}) as approver. Approve as that person, or discard it and name another.`);
  }
  if (journal.withdrawn_instant !== null) {
    return refused('lines_changed', `Journal ${journal.number} was withdrawn because its lines changed: ${journal.withdrawn_why}. Discard it and prepare it again.`);
  }
  const lines = linesOfJournal(workbook, period.periodId, journal.journal_id);
  if (journalContentHash(workbook, period, lines) !== journal.content_hash) {
    return refused('lines_changed', `Lines of journal ${journal.number} changed after it was prepared. Discard it and prepare it again.`);
  }
  const overLimit = waivedObstacle(workbook, period.periodId);
  if (overLimit !== undefined) return refused('waived_over_limit', overLimit);
  const { materiality_minor: materialityMinor, currency } = workbookRow(workbook);
  const material = lines.filter((line) => Math.abs(line.variance_minor) > materialityMinor);
  const comment = request.comment.trim();
  if (material.length > 0 && comment === '') {
    const names = material.slice(0, 3).map((line) => `${line.sku} ${line.location}`).join(', ');
    return refused('comment_needed', `${material.length} lines are over the materiality of ${formatAmount(materialityMinor, currency)} ${currency} (${names}). Say in a comment why they are approved.`);
  }
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const approvedInstant = context.now();
  const { signed_file: preparedFile } = workbook.get<{ signed_file: Uint8Array }>('SELECT signed_file FROM journals WHERE journal_id = ?', journal.journal_id)!;
  const prepared = verifyPackage(preparedFile);
  if (!prepared.holds) {
    return refused('file_changed', `The file of journal ${journal.number} is not as ${preparer.name} signed it: ${prepared.findings[0]?.message ?? 'a signature does not hold'} Discard it and prepare it again.`);
  }
  context.job.progress('Signing', 0, 1);
  const signedFile = signPackage(preparedFile, unlocked.value.signer, {
    signedAtInstant: approvedInstant,
    role: 'Approver',
    commitment: 'approval',
    purpose: `Approved journal ${journal.number} of ${period.code}`,
  });
  return inTransaction(workbook, () => {
    workbook.run(
      `UPDATE journals SET state = 'approved', approver_id = ?, approved_instant = ?, approval_comment = ?, signed_file = ? WHERE journal_id = ?`,
      named.person_id, approvedInstant, comment, signedFile, journal.journal_id,
    );
    workbook.run(
      `UPDATE tags SET approved_journal_id = @journal
       WHERE period_id = @period AND stock_key_id IN (SELECT stock_key_id FROM journal_reviews WHERE journal_id = @journal)`,
      { journal: journal.journal_id, period: period.periodId },
    );
    appendAudit(workbook, {
      atInstant: approvedInstant,
      actor: actorText(context.actor),
      action: 'journal.approve',
      periodId: period.periodId,
      subject: `journal:${journal.number}`,
      detail: { approver: `${named.name} <${named.email}>`, comment, lines: lines.length, contentHash: journal.content_hash, fileSha256: sha256Hex(signedFile) },
    });
    context.job.progress('Signing', 1, 1);
    return done(findJournal(workbook, journal.journal_id)!);
  });
}

/** Takes a journal that nobody approved back; its lines can be tagged anew. */
export function discardJournal(
  context: ServiceContext,
  request: { readonly journalId: number; readonly why: string },
): Outcome<Record<string, never>, 'journal_missing' | 'period_locked' | 'journal_state'> {
  const { workbook } = context;
  return inTransaction(workbook, () => {
    const journal = journalRow(workbook, request.journalId);
    if (!journal) return journalMissing(request.journalId);
    const period = findPeriod(workbook, journal.period_id)!;
    if (period.state === 'locked') return periodLocked(period);
    if (journal.state !== 'prepared') {
      return refused('journal_state', `Journal ${journal.number} is ${journal.state}. An approved journal is never taken back, only reversed by another.`);
    }
    for (const table of ['journal_reviews', 'journal_sources', 'journal_lines', 'journals']) {
      workbook.run(`DELETE FROM ${table} WHERE journal_id = ?`, journal.journal_id);
    }
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'journal.discard',
      periodId: period.periodId,
      subject: `journal:${journal.number}`,
      detail: { why: request.why, contentHash: journal.content_hash },
    });
    return done({});
  });
}

/** Writes the signed Excel file, byte for byte as it was signed. */
export function exportJournal(
  context: ServiceContext,
  request: { readonly journalId: number; readonly path: string },
): Outcome<{ path: string; sha256: string; byteLength: number }, 'journal_missing' | 'journal_state' | 'file_unwritable'> {
  const { workbook } = context;
  const journal = journalRow(workbook, request.journalId);
  if (!journal) return journalMissing(request.journalId);
  if (journal.state === 'prepared') {
    return refused('journal_state', `Journal ${journal.number} is not approved yet. It is exported when both signatures are on it.`);
  }
  const { signed_file: file } = workbook.get<{ signed_file: Uint8Array }>('SELECT signed_file FROM journals WHERE journal_id = ?', journal.journal_id)!;
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
    if (journal.state === 'approved' && period.state === 'open') {
      workbook.run(`UPDATE journals SET state = 'exported', exported_instant = ? WHERE journal_id = ?`, exportedInstant, journal.journal_id);
    }
    appendAudit(workbook, {
      atInstant: exportedInstant,
      actor: actorText(context.actor),
      action: 'journal.export',
      periodId: journal.period_id,
      subject: `journal:${journal.number}`,
      detail: { fileName: path.basename(request.path), sha256 },
    });
  });
  return done({ path: request.path, sha256, byteLength: file.length });
}
