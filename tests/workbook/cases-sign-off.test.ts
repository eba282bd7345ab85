/**
 * What stands between explained lines and a signature: checks that are not done, journals whose lines changed, tolerance over its limit.
 */
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ServiceContext } from '../../electron/services/context';
import { confirmTags } from '../../electron/services/follow-up/confirm';
import { checkLines } from '../../electron/services/follow-up/person-check';
import { acceptWaived, waivedLedger } from '../../electron/services/follow-up/waived';
import { findJournal } from '../../electron/services/journals/read';
import { approveJournal, exportJournal, prepareJournal, redraftJournal } from '../../electron/services/journals/sign';
import { findPeriod } from '../../electron/services/periods';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { stepsOf } from '../../electron/services/steps';
import { insertRuleSet, ruleSetFor } from '../../electron/workbook/tables/rule-sets';
import { answers, detailOf, lateShipment, month, MOVES, tag } from '../support/case-month';
import { accepted } from '../support/imports';
import { PASS_PHRASE, person, signOffBench } from '../support/sign-off';
import { temporaryFolder } from '../support/workbooks';

/** A month whose mug is tagged, with somebody to prepare and somebody to approve. */
async function signedMonth() {
  const found = month();
  const identitiesFolder = temporaryFolder();
  tag(found, found.mug, 'SHRINK');
  tag(found, found.tee, 'WAIT');
  return { found, identitiesFolder, preparer: await person(identitiesFolder, 'Ana Reyes', 'accountant'), approver: await person(identitiesFolder, 'Ben Okafor', 'controller') };
}

type SignedMonth = Awaited<ReturnType<typeof signedMonth>>;
const prepare = ({ found, identitiesFolder, preparer, approver }: SignedMonth) =>
  prepareJournal(found.book.context, identitiesFolder, { periodId: found.october, fingerprint: preparer, passPhrase: PASS_PHRASE, approverFingerprint: approver });
const approve = ({ found, identitiesFolder, approver }: SignedMonth, journalId: number) =>
  approveJournal(found.book.context, identitiesFolder, { journalId, fingerprint: approver, passPhrase: PASS_PHRASE, comment: 'seen' });

test('a journal whose lines changed before it was exported is withdrawn, says why, and is taken back to draft and prepared again; one that was exported stays', async () => {
  const signed = await signedMonth();
  const { found } = signed;
  const { journalId } = accepted(await prepare(signed));
  found.book.reconcile(found.october);
  expect(findJournal(found.book.workbook, journalId)).toMatchObject({ withdrawnInstant: null, withdrawnWhy: null });
  lateShipment(found);
  found.book.reconcile(found.october);
  const why = 'MUG at Dock is adjusted by -2, not -3';
  expect(findJournal(found.book.workbook, journalId)).toMatchObject({ state: 'prepared', withdrawnInstant: expect.any(Number), withdrawnWhy: why });
  const events = found.book.workbook.all<{ subject: string; detail: string }>("SELECT subject, detail FROM audit_events WHERE action = 'journal.withdrawn'");
  expect(events).toHaveLength(1);
  expect(JSON.parse(events[0]!.detail)).toMatchObject({ why, nextStep: 'Take the journal back to draft and prepare it again.' });
  expect(approve(signed, journalId)).toMatchObject({ ok: false, failure: 'lines_changed', message: expect.stringContaining(why) });
  // It waits for its preparer, and not for whoever was to approve it.
  const stepOf = (step: string) => stepsOf(found.book.workbook, findPeriod(found.book.workbook, found.october)!).find((each) => each.step === step);
  expect(stepOf('approve')).toMatchObject({ left: 0, state: 'todo' });
  expect(stepOf('journal')).toMatchObject({ left: 1, state: 'active', label: '1 to prepare again' });
  expect(answers(found)[5]).toMatchObject({ holds: false, nextStep: 'Take ADJ-2026-10-1 back to draft and prepare it again.', link: { screen: 'journal', command: { name: 'journal' } } });
  accepted(redraftJournal(found.book.context, { journalId, why: 'lines changed' }));
  accepted(confirmTags(found.book.context, { periodId: found.october, stockKeyIds: null }));
  const again = accepted(await prepare(signed));
  expect(again).toMatchObject({ journalId, number: 'ADJ-2026-10-1', version: 2, debitTotalMinor: 825, withdrawnWhy: null, versions: [{ version: 1, why: 'lines changed' }] });
  accepted(approve(signed, again.journalId));
  expect(answers(found)[5]!.holds).toBe(true);

  const shipped = (document: string, file: string) => {
    found.book.movements(
      found.october,
      file,
      `${MOVES}
warehouse,shipment,${document},1,MUG,Dock,1,2026-10-31T10:00:00Z,2026-10-31T10:05:00Z,,
erp,shipment,${document},1,MUG,Dock,1,2026-10-31T10:00:00Z,2026-11-01T08:00:00Z,,`,
    );
    found.book.reconcile(found.october);
  };
  // An approval goes with the lines that it was given for: its signatures are kept, and the lines can be changed.
  shipped('SO-8', 'later.csv');
  expect(findJournal(found.book.workbook, again.journalId)).toMatchObject({ state: 'prepared', withdrawnWhy: 'MUG at Dock is adjusted by -1, not -2', approvedInstant: expect.any(Number) });
  expect(detailOf(found, found.mug)).toMatchObject({ status: 'open' });
  accepted(redraftJournal(found.book.context, { journalId, why: 'one more shipment' }));
  expect(findJournal(found.book.workbook, journalId)!.versions).toMatchObject([{ version: 1, state: 'prepared' }, { version: 2, state: 'approved', approver: 'Ben Okafor', why: 'one more shipment' }]);
  accepted(confirmTags(found.book.context, { periodId: found.october, stockKeyIds: null }));
  accepted(await prepare(signed));
  accepted(approve(signed, journalId));
  accepted(exportJournal(found.book.context, { journalId, path: path.join(signed.identitiesFolder, 'journal.xlsx') }));

  shipped('SO-9', 'latest.csv');
  expect(findJournal(found.book.workbook, journalId)).toMatchObject({ state: 'exported', withdrawnInstant: null, parted: ['MUG Dock'] });
  expect(detailOf(found, found.mug)).toMatchObject({ status: 'approved', followUp: { changedSinceTag: { then: { adjustmentScaled: -10_000 } } } });
  expect(answers(found)[5]).toMatchObject({ holds: false, nextStep: expect.stringContaining('reverse it by another journal'), link: { view: 'changed' } });
  expect(redraftJournal(found.book.context, { journalId, why: 'x' })).toMatchObject({ ok: false, failure: 'journal_state', message: expect.stringContaining('only reversed') });
  expect(confirmTags(found.book.context, { periodId: found.october, stockKeyIds: [found.mug] })).toMatchObject({ ok: false, failure: 'nothing_changed' });
});

test('a journal is not prepared over lines whose checks are not done, and one note for all of them opens it', async () => {
  const bench = await signOffBench();
  bench.context.workbook.run('UPDATE line_checks SET waiting = 1');
  const request = { periodId: bench.periodId, fingerprint: bench.preparer, passPhrase: PASS_PHRASE, approverFingerprint: bench.approver };
  expect(await prepareJournal(bench.context, bench.identitiesFolder, request)).toMatchObject({
    ok: false, failure: 'checks_waiting', message: expect.stringMatching(/^3 lines wait for a check .* CANDLE-12 at Reno, MUG-BLU-11 at Portland, TEE-BLK-M at Portland\. Look them up/),
  });
  expect(checkLines(bench.context, { periodId: bench.periodId, stockKeyIds: null, note: 'Nothing open.' })).toEqual({ ok: true, value: { checked: 3 } });
  accepted(await prepareJournal(bench.context, bench.identitiesFolder, request));
});

/** Three units of a mug that tolerance let pass, worth 12.38, and a limit below. */
function overLimit(context: ServiceContext, periodId: number): void {
  const { workbook } = context;
  insertRuleSet(workbook, { fromPeriod: '', rules: { ...ruleSetFor(workbook, '2026-10').rules, waivedLimitMinor: 1000 }, madeInstant: 0, madeBy: 'test', why: 'test' });
  const explained = ['count', 'channel', 'ledger'].map((kind) => `${kind}_explained_scaled = ${kind}_variance_scaled - ${kind}_residual_scaled`);
  workbook.run(`UPDATE lines SET rule_set_id = (SELECT max(rule_set_id) FROM rule_sets), ${explained.join(', ')} WHERE period_id = ?`, periodId);
  workbook.run("INSERT INTO waived_differences VALUES (?, 1, 'count', -30000, 'unexplained')", periodId);
}

test('over the limit nothing is approved or locked until a controller who prepared nothing accepts it, up to that figure', async () => {
  const bench = await signOffBench();
  const { context, periodId, identitiesFolder, preparer, approver } = bench;
  const { journalId } = accepted(await prepareJournal(context, identitiesFolder, { periodId, fingerprint: preparer, passPhrase: PASS_PHRASE, approverFingerprint: approver }));
  overLimit(context, periodId);
  const approveIt = () => approveJournal(context, identitiesFolder, { journalId, fingerprint: approver, passPhrase: PASS_PHRASE, comment: 'seen' });
  expect(approveIt()).toMatchObject({ ok: false, failure: 'waived_over_limit', message: expect.stringContaining('Tolerance let pass 12.38 USD in this period, over the limit of 10.00.') });
  const lock = lockPeriod(context, identitiesFolder, { periodId, fingerprint: approver, passPhrase: PASS_PHRASE, override: '' });
  expect(lock).toMatchObject({ ok: false, failure: 'questions_open', message: expect.stringContaining('Tolerance let pass 12.38 USD') });

  const accept = (change: Partial<Parameters<typeof acceptWaived>[2]> = {}) =>
    acceptWaived(context, identitiesFolder, { periodId, fingerprint: approver, passPhrase: PASS_PHRASE, note: 'Small change of a full count.', absoluteMinor: 1238, ...change });
  expect(accept({ absoluteMinor: 1200 })).toMatchObject({ failure: 'figure_changed' });
  expect(accept({ fingerprint: preparer })).toMatchObject({ failure: 'accepter_is_preparer' });
  expect(accept({ fingerprint: await person(identitiesFolder, 'Cara Diaz', 'accountant') })).toMatchObject({ failure: 'role_refused' });
  expect(accept({ passPhrase: 'wrong pass phrase' })).toMatchObject({ failure: 'wrong_pass_phrase' });
  expect(accepted(accept())).toMatchObject({ isOverLimit: true, needsAcceptance: false, acceptance: { acceptedMinor: 1238, acceptedBy: 'Ben Okafor', holds: true } });
  const event = context.workbook.get<{ detail: string }>("SELECT detail FROM audit_events WHERE action = 'waived.accept'")!;
  expect(JSON.parse(event.detail)).toMatchObject({ accepted: '12.38 USD', limit: '10.00 USD', note: 'Small change of a full count.' });
  expect(accept()).toMatchObject({ failure: 'not_over_limit' });

  context.workbook.run("INSERT INTO waived_differences VALUES (?, 2, 'count', 10000, 'physical')", periodId);
  expect(waivedLedger(context.workbook, periodId)).toMatchObject({ absoluteMinor: 2028, netMinor: -448, plus: { valueMinor: 790 }, minus: { valueMinor: 1238 }, needsAcceptance: true, acceptance: { holds: false } });
  expect(approveIt()).toMatchObject({ failure: 'waived_over_limit', message: expect.stringContaining('Ben Okafor accepted 12.38, and it has grown beyond that.') });
  accepted(accept({ absoluteMinor: 2028, note: 'Reviewed again.' }));
  expect(approveIt()).toMatchObject({ ok: true });
});
