/**
 * The workbook that is attacked: September of the sample company with a row in every table, signed by two, locked, reopened, locked
 * again; and the same once more with another figure.
 */
import fs from 'node:fs';
import path from 'node:path';
import { createIdentity } from '../../../electron/files/identities/create-identity';
import { identityStore } from '../../../electron/files/identities/identity-store';
import { unlockIdentity } from '../../../electron/files/identities/unlock-identity';
import { type ServiceContext, silentJob } from '../../../electron/services/context';
import { makePack } from '../../../electron/services/audit-pack/make';
import { makeAuthority } from '../../../electron/services/identities/authorities';
import { revokeCertificate } from '../../../electron/services/identities/revoke';
import { trustRoot } from '../../../electron/services/identities/trusted-roots';
import { approveJournal, exportJournal, prepareJournal, redraftJournal, statePosted } from '../../../electron/services/journals/sign';
import { attachFiles } from '../../../electron/services/notes/attachments';
import { addNote } from '../../../electron/services/notes/notes';
import { makeSampleCompany, readSampleManifest, reconcileSampleMonth, writeRiskWindows } from '../../../electron/services/sample';
import { lockPeriod } from '../../../electron/services/sign-off/lock';
import { reopenPeriod } from '../../../electron/services/sign-off/reopen';
import { SEALED_TABLES, sealedRows } from '../../../electron/services/sign-off/sealed-content';
import type { Sealed } from './attack';

const NOW = Date.UTC(2026, 9, 3, 12);
const PERIOD = '2026-09';

function told<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }): T {
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

/**
 * One row for each table that the sample company has no use for, so that none is left unattacked. A new table that belongs to a period
 * and is empty in the sample company wants its row here.
 */
const ROWS = [
  `INSERT INTO withdrawn_rows VALUES (1, 1, 'snapshots', 2, x'0102')`,
  `INSERT INTO import_differences VALUES (1, 1, 'changed', 'erp', 'MUG-BLU-11', 'Portland', 'SO-1', '1', 'on hand', 10000, 20000, 1, 2)`,
  'INSERT INTO snapshot_parts SELECT import_id, stock_key_id, row_number + 1 FROM snapshots LIMIT 2',
  `INSERT INTO ledger_entries VALUES (1, 1, 'JE-1', '1', '2026-09-30', '1300', 100, 0, 'Recount')`,
  `INSERT INTO count_sheets VALUES (1, 1, 'C-2026-09-1', 1, 1, 'all', 'sheet.xlsx', 1, 'Ana Reyes', 2, 'Ana Reyes', 'Counted anew')`,
  'INSERT INTO count_sheet_lines SELECT 1, row_number() OVER (), stock_key_id, \'A-1\' FROM (SELECT stock_key_id FROM lines LIMIT 2)',
  'INSERT INTO period_locations SELECT 1, location_id, NULL, NULL, 24 FROM locations LIMIT 2',
  `INSERT INTO person_checks SELECT 1, stock_key_id, 'Looked at it', 1, 'Ana Reyes', 10000, 10000 FROM lines LIMIT 2`,
  `INSERT INTO waived_acceptances VALUES (1, 1, 500, 400, 'Small', 1, 1)`,
  `INSERT INTO identity_differences SELECT 1, stock_key_id, 'erp', 1, 2, 10000, 0, 0, 20000, 10000 FROM lines LIMIT 2`,
  `INSERT INTO unit_aliases SELECT source, 'case of 12', 'case', 'by_hand', 1, 'Ana Reyes' FROM imports WHERE import_id = 1`,
  `INSERT INTO alias_uses VALUES (1, 'unit', 'case of 12')`,
  `INSERT INTO risk_windows (kind, location_id, from_instant, until_instant, note) SELECT 'promotion', 1, start_instant, cut_off_instant, 'All month' FROM periods`,
] as const;

async function close(folder: string, name: string, beforeLock: (context: ServiceContext) => void) {
  const identities = path.join(folder, 'identities');
  const workbookPath = path.join(folder, `${name}.tieout`);
  const journalPath = path.join(folder, `${name}.xlsx`);
  const manifest = readSampleManifest();
  const context = await makeSampleCompany(workbookPath, identities, NOW, silentJob);
  const { workbook } = context;
  const [ana, ben, dee] = ['Ana', 'Ben', 'Dee'].map((first) => {
    const person = manifest.people.find((each) => each.name.startsWith(first))!;
    return { ...person, fingerprint: identityStore(identities).findByEmail(person.email)[0]!.fingerprintSha256 };
  }) as [Signatory, Signatory, Signatory];
  const [asAna, asBen] = [{ ...context, actor: ana }, { ...context, actor: ben, role: 'controller' }];
  told(await reconcileSampleMonth(context, PERIOD));
  writeRiskWindows(context, manifest);
  const periodId = 1;
  const line = workbook.get<{ stock_key_id: number }>('SELECT stock_key_id FROM lines ORDER BY stock_key_id LIMIT 1')!;
  const key = { periodId, stockKeyId: line.stock_key_id };
  told(addNote(asAna, { ...key, text: 'The shelf was counted twice.' }));
  told(attachFiles(asAna, { ...key, said: 'Both counts', files: ['first', 'second'].map((count) => ({ name: `${count}-count.txt`, bytes: Buffer.from(`the ${count} count of the shelf`) })) }));
  for (const row of ROWS) workbook.run(row);
  const authority = identityStore(identities).list().identities.length === 3 && !fs.existsSync(path.join(folder, 'authority'))
    ? told(await makeAuthority(identities, { name: 'Harbor & Pine', passPhrase: ana.passPhrase, nowInstant: NOW }))
    : undefined;
  if (authority) fs.writeFileSync(path.join(folder, 'authority'), authority.fingerprintSha256);
  told(trustRoot(asBen, identities, { authority: fs.readFileSync(path.join(folder, 'authority'), 'utf8') }));
  told(await revokeCertificate(asBen, identities, { fingerprint: dee.fingerprint, fromInstant: NOW, reason: 'left', authorityPassPhrase: dee.passPhrase }));
  beforeLock(context);
  const sign = { fingerprint: ana.fingerprint, passPhrase: ana.passPhrase, approverFingerprint: ben.fingerprint };
  const first = told(await prepareJournal(asAna, identities, { periodId, ...sign }));
  told(redraftJournal(asAna, { journalId: first.journalId, why: 'A line was missing' }));
  const { journalId } = told(await prepareJournal(asAna, identities, { periodId, ...sign }));
  told(approveJournal(asBen, identities, { journalId, fingerprint: ben.fingerprint, passPhrase: ben.passPhrase, comment: 'Reviewed' }));
  told(exportJournal(asAna, { journalId, path: journalPath }));
  told(statePosted(asAna, { journalId, document: 'JE-4711', day: '2026-09-30' }));
  const lock = () => told(lockPeriod(asBen, identities, { periodId, fingerprint: ben.fingerprint, passPhrase: ben.passPhrase, override: 'Prepared to be attacked' }));
  lock();
  told(reopenPeriod(asBen, identities, { periodId, reason: 'One count was entered twice', asker: { fingerprint: ana.fingerprint, passPhrase: ana.passPhrase }, controller: { fingerprint: ben.fingerprint, passPhrase: ben.passPhrase }, noSecondPerson: '' }));
  const seal = lock();
  told(statePosted(asAna, { journalId, document: 'JE-4712', day: '2026-10-01' }));
  const packPath = path.join(folder, `${name}.zip`);
  told(makePack(asBen, identities, { periodId, fingerprint: ben.fingerprint, passPhrase: ben.passPhrase, path: packPath }));
  const empty = SEALED_TABLES.filter((table) => [...sealedRows(workbook, table, periodId)].length === 0).map(({ table }) => table);
  if (empty.length > 0) throw new Error(`no row of ${empty.join(', ')} is sealed: they could not be attacked`);
  context.close();
  return { workbookPath, journalPath, packPath, periodId, lodgedCode: seal.lodgedCode, controller: ben };
}

type Signatory = ReturnType<typeof readSampleManifest>['people'][number] & { readonly fingerprint: string };

/** Closes September twice in the folder, the second time with one more unit on a line. */
export async function sealedSample(folder: string): Promise<Sealed> {
  const honest = await close(folder, 'Honest', () => undefined);
  const rebuilt = await close(folder, 'Rebuilt', ({ workbook }) => void workbook.run('UPDATE tags SET note = note || ? WHERE stock_key_id = (SELECT min(stock_key_id) FROM tags)', ' (agreed by mail)'));
  const { name, email, role, passPhrase } = honest.controller;
  const namesake = told(await createIdentity({ name, email, role, algorithm: 'ecdsa-p256', passPhrase, nowInstant: NOW }));
  return { ...honest, folder, periodCode: PERIOD, rebuiltPath: rebuilt.workbookPath, namesake: told(unlockIdentity(namesake, passPhrase)) };
}

