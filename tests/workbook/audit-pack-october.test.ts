/**
 * The pack of the sample company's October as it comes after a full life: a file attached to a note, a journal that went back to
 * draft, a period that was reopened and sealed again, signed by somebody with an RSA key; checked by verification and by its own guide.
 */
import fs from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identityStore } from '../../electron/files/identities/identity-store';
import { makePack } from '../../electron/services/audit-pack/make';
import { verifyPack } from '../../electron/services/audit-pack/verify';
import { silentJob } from '../../electron/services/context';
import { approveJournal, prepareJournal, redraftJournal } from '../../electron/services/journals/sign';
import { attachFiles } from '../../electron/services/notes/attachments';
import { addNote } from '../../electron/services/notes/notes';
import { createPerson } from '../../electron/services/people';
import { closeSampleMonth, readSampleManifest } from '../../electron/services/sample';
import { lockPeriod } from '../../electron/services/sign-off/lock';
import { reopenPeriod } from '../../electron/services/sign-off/reopen';
import type { Outcome } from '@shared/domain/outcome';
import { followGuide, missingTools } from '../support/pack-guide';
import { sampleContext } from '../support/sample-session';
import { temporaryFolder } from '../support/workbooks';

const told = <T>(outcome: Outcome<T, string>): T => {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
};
const RECOUNT = Buffer.from('counted again on 2 November: 48\n');

let packPath: string;
let contents: Record<string, Uint8Array>;

beforeAll(async () => {
  const { context, identitiesFolder } = await sampleContext(afterAll);
  const [ana, ben] = ['Ana', 'Ben'].map((first) => {
    const person = readSampleManifest().people.find(({ name }) => name.startsWith(first))!;
    return { ...person, fingerprint: identityStore(identitiesFolder).findByEmail(person.email)[0]!.fingerprintSha256 };
  }) as [Signatory, Signatory];
  const closed = told(await closeSampleMonth(context, '2026-10', identitiesFolder));
  const { periodId } = closed.period;
  const asAna = { ...context, actor: ana };
  const asBen = { ...context, actor: ben };
  told(reopenPeriod(asBen, identitiesFolder, {
    periodId, reason: 'The mugs were counted again', asker: { fingerprint: ana.fingerprint, passPhrase: ana.passPhrase }, controller: { fingerprint: ben.fingerprint, passPhrase: ben.passPhrase }, noSecondPerson: '',
  }));
  const { stock_key_id: stockKeyId } = context.workbook.get<{ stock_key_id: number }>('SELECT stock_key_id FROM tags WHERE period_id = ? LIMIT 1', periodId)!;
  told(addNote(asAna, { periodId, stockKeyId, text: 'Counted again.' }));
  told(attachFiles(asAna, { periodId, stockKeyId, said: 'The sheet', files: [{ name: 'recount sheet.txt', bytes: RECOUNT }] }));
  told(redraftJournal(asAna, { journalId: closed.journal.journalId, why: 'The sheet was missing' }));
  const again = told(await prepareJournal(asAna, identitiesFolder, { periodId, fingerprint: ana.fingerprint, passPhrase: ana.passPhrase, approverFingerprint: ben.fingerprint }));
  told(approveJournal(asBen, identitiesFolder, { journalId: again.journalId, fingerprint: ben.fingerprint, passPhrase: ben.passPhrase, comment: 'Reviewed with the sheet.' }));
  const noor = { name: 'Noor Haddad', email: 'noor@harborandpine.example', role: 'accountant', algorithm: 'rsa-3072', passPhrase: 'packed with care' } as const;
  const { fingerprint } = told(await createPerson(asAna, identitiesFolder, noor));
  told(lockPeriod(asBen, identitiesFolder, { periodId, fingerprint: ben.fingerprint, passPhrase: ben.passPhrase, override: '' }));
  packPath = path.join(temporaryFolder(afterAll), 'October.zip');
  told(makePack(asAna, identitiesFolder, { periodId, fingerprint, passPhrase: noor.passPhrase, path: packPath }));
  contents = unzipSync(fs.readFileSync(packPath));
});

type Signatory = ReturnType<typeof readSampleManifest>['people'][number] & { readonly fingerprint: string };

describe('the pack of a whole October', () => {
  test('holds both seals, both versions of the journal, and the attachment as it was given', () => {
    const names = Object.keys(contents);
    expect(names.filter((name) => /^seal\/.*\.sig$/.test(name)).sort()).toEqual(['seal/seal-2026-10-1.sig', 'seal/seal-2026-10-2.sig']);
    expect(names.filter((name) => name.startsWith('journals/')).sort()).toEqual(['journals/ADJ-2026-10-1-version-1.xlsx', 'journals/ADJ-2026-10-1.xlsx']);
    const attached = names.find((name) => name.startsWith('attachments/'))!;
    expect(attached).toMatch(/^attachments\/[0-9a-f]{64}\/recount_sheet\.txt$/);
    expect(RECOUNT.equals(contents[attached]!)).toBe(true);
  });

  test('verifies, and says of each seal its code and its signer', async () => {
    const verified = told(await verifyPack(packPath, silentJob));
    expect(verified.checks.flatMap(({ findings }) => findings)).toEqual([]);
    expect(verified.holds).toBe(true);
    const { facts } = verified;
    expect(facts.map(({ name }) => name)).toEqual(['Pack', 'Manifest', 'Company', 'Workbook', '2026-09, seal 1', '2026-10, seal 1', '2026-10, seal 2']);
    expect(facts[0]!.value).toContain('of Noor Haddad <noor@harborandpine.example>');
    const code = /^code (.+)$/m.exec(Buffer.from(contents['MANIFEST.txt']!).toString())![1]!;
    expect(facts.at(-1)!.value).toMatch(new RegExp(`^lodged code ${code}; signed by Ben Okafor `));
  });

  test('holds by its own guide, with standard tools only', (context) => {
    if (missingTools.length > 0) return context.skip(`not on this machine: ${missingTools.join(', ')}`);
    const followed = followGuide(contents);
    expect(followed.stderr).toBe('');
    expect(followed.status).toBe(0);
    // The manifest, and each of the two seals.
    expect(followed.stdout.match(/Verified OK/g)).toHaveLength(3);
    expect(followed.stdout.trimEnd().endsWith('All of it holds.')).toBe(true);
  });
});
