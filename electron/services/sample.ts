/**
 * The sample company: its workbook with the first month closed and locked, and the whole close of a month as the
 * people of the story would do it.
 *
 * Everything goes through the same services as a person's work; nothing is written behind their back.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Journal } from '@shared/contract/journals';
import type { Seal } from '@shared/contract/sign-off';
import type { Period } from '@shared/contract/workbook';
import { SampleManifest } from '@shared/domain/defaults';
import { parseInstant } from '@shared/domain/instant';
import type { LinesSummary } from '@shared/domain/lines';
import { done, type Outcome } from '@shared/domain/outcome';
import { createIdentity } from '../files/identities/create-identity';
import type { IdentityFile } from '../files/identities/identity-file';
import { identityStore } from '../files/identities/identity-store';
import { unlockIdentity } from '../files/identities/unlock-identity';
import { resourcesFolder } from '../files/resources';
import { inTransaction } from '../workbook/workbook';
import { type Job, type ServiceContext, silentJob } from './context';
import { commitImport } from './imports/index';
import { approveJournal, exportJournal, prepareJournal } from './journals/sign';
import { addPerson } from './people';
import { createPeriod, findPeriodByCode } from './periods';
import { correctRow, ignoreRows, listQuarantine, mapAlias, replayQuarantine } from './quarantine';
import { summaryOfLines } from './lines';
import { reconcilePeriod } from './reconciliation/reconcile';
import { lockPeriod } from './sign-off/lock';
import { createWorkbook } from './workbooks';

export type SampleMonth = SampleManifest['periods'][number];
type SamplePerson = SampleManifest['people'][number];

const sampleFolder = () => path.join(resourcesFolder(), 'sample');

/** What the sample company's two months need besides their files. */
export const readSampleManifest = (): SampleManifest =>
  SampleManifest.parse(JSON.parse(fs.readFileSync(path.join(sampleFolder(), 'manifest.json'), 'utf8')));

/** The sample month's files in the order of import, with absolute paths. */
export function sampleFiles(code: string): { filePath: string; fileName: string; asOfInstant: number | null }[] {
  const month = readSampleManifest().periods.find((each) => each.code === code);
  return (month?.files ?? []).map(({ file, asOf }) => ({
    filePath: path.join(sampleFolder(), file),
    fileName: path.basename(file),
    asOfInstant: asOf === undefined ? null : parseInstant(asOf)!,
  }));
}

/** Ends the story at the first refusal; the caller gets it as its own outcome. */
class StoryRefused extends Error {
  constructor(readonly outcome: { readonly ok: false; readonly failure: string; readonly message: string }) {
    super(outcome.message);
  }
}

function told<T>(outcome: Outcome<T, string>): T {
  if (outcome.ok) return outcome.value;
  throw new StoryRefused(outcome);
}

async function tell<T>(story: () => Promise<T>): Promise<Outcome<T, string>> {
  try {
    return done(await story());
  } catch (error) {
    if (error instanceof StoryRefused) return error.outcome;
    throw error;
  }
}

/** The person's identity on this machine: the one that is there if the story's pass phrase opens it, else a new one. */
async function sampleIdentity(folder: string, person: SamplePerson, now: number): Promise<IdentityFile> {
  const store = identityStore(folder);
  const existing = store.findByEmail(person.email).find((identity) => unlockIdentity(identity, person.passPhrase).ok);
  if (existing) return existing;
  const created = told(await createIdentity({ ...person, nowInstant: now }));
  store.save(created);
  return created;
}

/** Locations, aliases and risk windows that the company has agreed on before its first month. */
function writeAgreements(context: ServiceContext, manifest: SampleManifest): void {
  const { workbook } = context;
  inTransaction(workbook, () => {
    for (const location of manifest.locations) {
      workbook.run('INSERT INTO locations (code, name) VALUES (?, ?)', location.code, location.name);
    }
  });
  for (const { source, kind, alias, target } of manifest.aliases) told(mapAlias(context, { source, kind, alias, targetCode: target }));
}

/** Risk windows name items, so they are written once a month's items are known. */
export function writeRiskWindows(context: ServiceContext, manifest: SampleManifest): void {
  const { workbook } = context;
  inTransaction(workbook, () => {
    for (const window of manifest.riskWindows) {
      const item = window.sku === undefined ? null : workbook.get<{ item_id: number }>('SELECT item_id FROM items WHERE sku = ?', window.sku)?.item_id;
      const location = window.location === undefined ? null : workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', window.location)?.location_id;
      if (item === undefined || location === undefined) continue;
      workbook.run(
        'INSERT INTO risk_windows (kind, item_id, location_id, from_instant, until_instant, note) VALUES (?, ?, ?, ?, ?, ?)',
        window.kind, item, location, parseInstant(window.from)!, parseInstant(window.until)!, window.note,
      );
    }
  });
}

/** Settles every bad row as the story does: mapped, corrected or ignored, each with its note. */
function settleQuarantine(context: ServiceContext, month: SampleMonth, period: Period): number {
  for (const answer of month.quarantineAnswers) {
    if (answer.action === 'map') {
      told(mapAlias(context, { source: answer.source, kind: answer.kind, alias: answer.alias, targetCode: answer.target }));
      continue;
    }
    const row = listQuarantine(context.workbook, period.periodId).rows.find(
      (each) => each.fileName === path.basename(answer.file) && each.rowNumber === answer.rowNumber && each.state === 'waiting',
    );
    if (!row) throw new Error(`the sample's answer for ${answer.file}, row ${answer.rowNumber}, finds no bad row`);
    if (answer.action === 'ignore') {
      told(ignoreRows(context, { rows: { quarantineRowIds: [row.quarantineRowId] }, why: answer.note }));
    } else {
      const cells = row.cells.map((cell, index) => (row.header[index] === answer.column ? answer.value : cell));
      told(correctRow(context, { quarantineRowId: row.quarantineRowId, cells, why: answer.note }));
    }
  }
  told(replayQuarantine(context, period.periodId));
  return month.quarantineAnswers.length;
}

export interface ReconciledMonth {
  readonly period: Period;
  readonly settledRows: number;
  readonly summary: LinesSummary;
}

export interface ClosedMonth extends ReconciledMonth {
  readonly journal: Journal;
  readonly seal: Seal;
}

/** What the caller wants of a month's close. */
export interface CloseOptions {
  /** Where the signed journal goes; nothing is exported without. */
  readonly exportPath?: string;
  /** Called with one plain sentence per step. */
  readonly announce?: (sentence: string) => void;
}

const monthOf = (manifest: SampleManifest, code: string): SampleMonth => manifest.periods.find((each) => each.code === code)!;
const actorFor = (manifest: SampleManifest, email: string): SamplePerson => manifest.people.find((each) => each.email === email)!;

/** The accountant's part of a month: import, settle the quarantine, reconcile, tag. */
export function reconcileSampleMonth(
  context: ServiceContext,
  code: string,
  announce: (sentence: string) => void = () => undefined,
): Promise<Outcome<ReconciledMonth, string>> {
  return tell(async () => {
    const manifest = readSampleManifest();
    const month = monthOf(manifest, code);
    const asPreparer = { ...context, actor: actorFor(manifest, month.preparer) };
    const period = findPeriodByCode(context.workbook, code) ?? told(createPeriod(asPreparer, code, month.windowHours));
    for (const { file, asOf, location } of month.files) {
      const { rehearsal } = told(
        await commitImport(asPreparer, {
          filePath: path.join(sampleFolder(), file),
          fileName: path.basename(file),
          periodId: period.periodId,
          ...(asOf === undefined ? {} : { asOfInstant: parseInstant(asOf)! }),
          ...(location === undefined ? {} : { locationCode: location }),
        }),
      );
      announce(`Imported ${rehearsal.fileName} as ${rehearsal.profile.name}: ${rehearsal.rowsAccepted} rows written, ${rehearsal.rowsQuarantined} to the quarantine, ${rehearsal.rowsIgnored} passed over.`);
    }
    const settledRows = settleQuarantine(asPreparer, month, period);
    announce(`Settled the quarantine with ${settledRows} answers.`);
    told(reconcilePeriod(asPreparer, period.periodId));
    const summary = summaryOfLines(context.workbook, period.periodId)!;
    announce(`Reconciled ${summary.lines} lines: ${summary.linesWithVariance} with a variance, ${summary.exceptions} exceptions.`);
    const tags = told(await commitImport(asPreparer, { filePath: path.join(sampleFolder(), month.tagsFile), fileName: path.basename(month.tagsFile), periodId: period.periodId }));
    announce(`Gave ${tags.rehearsal.rowsAccepted} lines a reason and an owner.`);
    return { period, settledRows, summary };
  });
}

/** Closes one month of the sample company whole: reconciled and tagged, prepared by one, approved and locked by another. */
export function closeSampleMonth(context: ServiceContext, code: string, identitiesFolder: string, options: CloseOptions = {}): Promise<Outcome<ClosedMonth, string>> {
  const announce = options.announce ?? (() => undefined);
  return tell(async () => {
    const reconciled = told(await reconcileSampleMonth(context, code, announce));
    const { periodId } = reconciled.period;
    const manifest = readSampleManifest();
    const preparer = actorFor(manifest, monthOf(manifest, code).preparer);
    const approver = actorFor(manifest, monthOf(manifest, code).approver);
    const asPreparer = { ...context, actor: preparer };
    const asApprover = { ...context, actor: approver };
    const preparerFingerprint = (await sampleIdentity(identitiesFolder, preparer, context.now())).fingerprintSha256;
    const approverFingerprint = (await sampleIdentity(identitiesFolder, approver, context.now())).fingerprintSha256;

    const prepared = told(
      await prepareJournal(asPreparer, identitiesFolder, { periodId, fingerprint: preparerFingerprint, passPhrase: preparer.passPhrase, approverFingerprint }),
    );
    announce(`${preparer.name} prepared journal ${prepared.number} with ${prepared.lines.length} lines.`);
    const journal = told(
      approveJournal(asApprover, identitiesFolder, {
        journalId: prepared.journalId,
        fingerprint: approverFingerprint,
        passPhrase: approver.passPhrase,
        comment: 'Reviewed line by line with the warehouse leads.',
      }),
    );
    announce(`${approver.name} approved it.`);
    if (options.exportPath !== undefined) {
      const written = told(exportJournal(asPreparer, { journalId: journal.journalId, path: options.exportPath }));
      announce(`Exported the signed journal to ${written.path}.`);
    }
    const seal = told(lockPeriod(asApprover, identitiesFolder, { periodId, fingerprint: approverFingerprint, passPhrase: approver.passPhrase, override: '' }));
    announce(`${approver.name} locked ${code}; seal code ${seal.lodgedCode}.`);
    return { ...reconciled, journal, seal };
  });
}

/** Makes the sample company's workbook without any month: people, locations, aliases. The caller closes it. */
export async function makeSampleCompany(filePath: string, identitiesFolder: string, now: number, job: Job): Promise<ServiceContext & { close(): void }> {
  const manifest = readSampleManifest();
  const identities: IdentityFile[] = [];
  for (const [index, person] of manifest.people.entries()) {
    job.progress('Making identities', index, manifest.people.length);
    identities.push(await sampleIdentity(identitiesFolder, person, now));
  }
  const actor = { name: identities[0]!.name, email: identities[0]!.email };
  const opened = told(
    createWorkbook(
      filePath,
      { company: manifest.company, currency: manifest.currency, timeZone: manifest.timeZone, workbookUuid: manifest.workbookUuid, isSample: true },
      actor,
      now,
    ),
  );
  const context = { workbook: opened.workbook, actor, now: () => Date.now(), job, close: () => opened.close() };
  try {
    for (const identity of identities) addPerson(context, identity);
    writeAgreements(context, manifest);
  } catch (error) {
    opened.close();
    throw error;
  }
  return context;
}

/**
 * Makes the sample company's workbook: the first month closed and locked, the second begun and waiting for its files.
 * A file that could not be finished is removed.
 */
export function createSampleWorkbook(filePath: string, identitiesFolder: string, now: number, job: Job = silentJob): Promise<Outcome<{ readonly path: string }, string>> {
  return tell(async () => {
    const context = await makeSampleCompany(filePath, identitiesFolder, now, job);
    try {
      const manifest = readSampleManifest();
      const [first, second] = manifest.periods as [SampleMonth, SampleMonth];
      told(await closeSampleMonth(context, first.code, identitiesFolder));
      writeRiskWindows(context, manifest);
      told(createPeriod(context, second.code, second.windowHours));
    } catch (error) {
      context.close();
      fs.rmSync(filePath, { force: true });
      throw error;
    }
    context.close();
    return { path: filePath };
  });
}
