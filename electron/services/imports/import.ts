/**
 * Rehearsing and committing an import: one code path that writes inside a transaction. The rehearsal rolls it back, so
 * what it says and what a commit writes cannot differ.
 */
import { createHash } from 'node:crypto';
import { TARGET_FIELDS } from '@shared/domain/import-profile';
import type { AlreadyImported, ImportFailure, ImportRequest, ImportResult, RecognisedProfile, Rehearsal } from '@shared/domain/import';
import { formatDecimal } from '@shared/domain/decimal';
import { formatInstant } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { SYSTEMS, type System } from '@shared/domain/states';
import { RowReader } from '../../files/profiles/read-row';
import type { HeaderMatch } from '../../files/profiles/recognise';
import { openTable, sourceFromBytes, sourceFromPath, UnreadableFile, type ByteSource, type TableFile } from '../../files/readers/table';
import { WallClock } from '../../files/wall-clock';
import { appendAudit, chainHead, type ChainHead } from '../../workbook/audit';
import {
  addRowCounts, findImportOfFile, hasSourceFile, insertImport, insertSourceFile, periodFrame, setImportSummary, setImportSystem,
  type ImportRow, type PeriodFrame,
} from '../../workbook/tables/imports';
import { locationIdOf } from '../../workbook/tables/locations';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from '../context';
import { chooseProfile, fieldsOfFile, needsOf, sheetHeads, takesAsOf, type Choice } from './profiles/choose';
import { definitionText } from './profiles/definition';
import { Identities } from './identity';
import { keepFile } from './loading/keep-file';
import { summaryText } from './life/kept-summary';
import { beginLoad, inLongTransaction } from './loading/long-transaction';
import { PlainRowReader } from './loading/plain-row';
import { knownProfiles } from './profiles/profiles';
import { beginReplacement, finishReplacement, importToReplace, replaceableImports } from './life/supersede';
import { totalsBefore, totalsChanged } from './loading/totals';
import { Units } from './units';
import { RowLedger, writeRows, writerFor } from './loading/write-rows';
import { decideStyles } from './profiles/styles';
import { UnbalancedEntries } from './writers/ledger-entries';
import { FAR_OUTSIDE_MS, newTally, type Tally } from './writers/writer';

type ImportOutcome<T> = Outcome<T, ImportFailure>;

/** The file a request means. */
export function sourceOf(request: { readonly filePath?: string | undefined; readonly bytes?: Uint8Array | undefined; readonly fileName: string }): Promise<ByteSource> {
  if (request.filePath !== undefined) return sourceFromPath(request.filePath, request.fileName);
  if (request.bytes !== undefined) return Promise.resolve(sourceFromBytes(request.bytes, request.fileName));
  throw new UnreadableFile('file_missing', `${request.fileName}: neither a path nor bytes were given.`);
}

/** Carries out work on a file and answers what stopped it as a refusal. */
export async function refusingUnreadable<Answer>(work: () => Promise<Answer>): Promise<Answer | ImportOutcome<never>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnreadableFile) return refused(error.failure, error.message);
    if (error instanceof UnbalancedEntries) return refused('entries_unbalanced', error.message);
    if (error instanceof JobCancelled) return refused('cancelled', 'The import was cancelled. The workbook is as it was before.');
    throw error;
  }
}

/** The period an import goes into, open for it. */
export function openPeriod(workbook: ReadableWorkbook, periodId: number): Outcome<PeriodFrame, 'period_unknown' | 'period_locked'> {
  const frame = periodFrame(workbook, periodId);
  if (!frame) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
  if (frame.locked) return refused('period_locked', `Period ${frame.code} is locked: nothing can be imported into it. Compare the file with it, or import it into an open period.`);
  return done(frame);
}

/** The standing import of the same bytes; the one that is being replaced is no hindrance. */
export function alreadyImported(workbook: ReadableWorkbook, periodId: number, sha256: string, replacedId?: number): AlreadyImported | null {
  const row = findImportOfFile(workbook, periodId, sha256);
  return row && row.import_id !== replacedId ? { importId: row.import_id, fileName: row.file_name, atInstant: row.imported_instant } : null;
}

export const recognisedProfile = ({ match: { profile }, why }: Choice): RecognisedProfile => ({
  id: profile.id,
  version: profile.version,
  name: profile.name,
  source: profile.source,
  kind: profile.kind,
  system: profile.system,
  why,
});

/** What the file does not say and the request does not give. */
function missingGivens(workbook: ReadableWorkbook, frame: PeriodFrame, match: HeaderMatch, request: ImportRequest): ImportOutcome<undefined> {
  const needs = needsOf(match);
  if (needs.asOf && request.asOfInstant === undefined) {
    return refused('as_of_needed', `${request.fileName} does not say when it was taken. Give the instant of the export (--as-of).`);
  }
  if (takesAsOf(match.profile) && request.asOfInstant !== undefined) {
    const [from, until] = [frame.startInstant - FAR_OUTSIDE_MS, frame.cutOffInstant + FAR_OUTSIDE_MS];
    if (request.asOfInstant < from || request.asOfInstant > until) {
      const asOf = formatInstant(request.asOfInstant, frame.timeZone);
      return refused('as_of_outside_period', `The as-of instant ${asOf} is more than 45 days away from period ${frame.code}. Give the instant at which the file was exported, or import it into its own period.`);
    }
  }
  if (needs.location && request.locationCode === undefined) {
    return refused('location_needed', `${request.fileName} does not say which location it is of. Give the location (--location).`);
  }
  const mayCreate = match.profile.createsLocations === 'always';
  if (needs.location && !mayCreate && request.locationCode !== undefined && locationIdOf(workbook, request.locationCode) === undefined) {
    return refused('location_unknown', `There is no location ${request.locationCode} in this workbook. Give one that it has, or import the ERP snapshot that brings it first.`);
  }
  return done(undefined);
}

/** A sheet's rows are told as text with commas. */
const SHEET_DELIMITER = ',';

interface Purpose {
  readonly commit: boolean;
  /** The rehearsal that a commit must come true of; left out where none was held. */
  readonly token?: string | undefined;
}

/** A file that was read so far that writing can begin. */
interface PreparedImport {
  readonly table: TableFile;
  readonly frame: PeriodFrame;
  readonly choice: Choice;
  readonly request: ImportRequest;
  /** The import in whose place it is written. */
  readonly replaced: ImportRow | undefined;
}

/** The transaction that an import is written in. */
interface Writing {
  /** The last import that stays whatever becomes of this transaction: only such a one can be replaced. */
  readonly lastImportId: number;
  /** Whether the file is to stay in the workbook too: a rehearsal need not pack it. */
  readonly keepsFile?: boolean;
}

/** Writes the import and says what it wrote; the caller's transaction decides whether it stays. */
async function writeImport(
  context: ServiceContext, prepared: PreparedImport, { lastImportId, keepsFile = false }: Writing,
): Promise<{ readonly importId: number; readonly effect: Omit<Rehearsal, 'token'> }> {
  const { workbook, job } = context;
  const { table, frame, choice, request, replaced } = prepared;
  const { match, sheet } = choice;
  const { profile } = match;
  const held = alreadyImported(workbook, frame.periodId, table.sha256, replaced?.import_id);
  const needs = needsOf(match);
  const locationCode = needs.location ? (request.locationCode ?? null) : null;
  const asOfInstant = takesAsOf(profile) ? (request.asOfInstant ?? null) : null;
  const before = totalsBefore(workbook, frame, profile.kind, replaced !== undefined);
  if (replaced) beginReplacement(context, frame, replaced);
  const isNewFile = !hasSourceFile(workbook, table.sha256);
  if (isNewFile) insertSourceFile(workbook, { sha256: table.sha256, file_name: request.fileName, byte_length: table.source.byteLength });
  const reader = new RowReader(match, {
    currency: frame.currency,
    clock: new WallClock(frame.timeZone),
    shortRowsAreWhole: table.format === 'xlsx',
    asOfInstant,
    delimiter: table.delimiter,
  });
  const importId = insertImport(workbook, {
    period_id: frame.periodId,
    sha256: table.sha256,
    file_name: request.fileName,
    profile_id: profile.id,
    profile_name: profile.name,
    profile_version: profile.version,
    source: profile.source,
    kind: profile.kind,
    system: profile.system,
    sheet,
    header_row: match.headerRow,
    encoding: table.encoding,
    as_of_instant: asOfInstant,
    definition: definitionText({ profile, header: [...reader.keptHeader], delimiter: table.delimiter, locationCode }),
    imported_instant: context.now(),
    imported_by: actorText(context.actor),
  });
  const tally = newTally();
  const load = beginLoad(workbook, profile.kind, table.source.byteLength);
  const learnt = { acceptedInstant: context.now(), acceptedBy: actorText(context.actor) };
  const identities = new Identities(workbook, profile.source, profile.identifiers, learnt, load?.rowsPerStatement);
  const units = new Units(workbook, profile.source);
  const writer = writerFor({ context, importId, frame, profile, identities, units, asOfInstant, locationCode, replay: false, load, tally });
  const ledger = new RowLedger(workbook, importId);
  const keeping = keepsFile && isNewFile ? keepFile(workbook, table.source, table.sha256) : undefined;
  try {
    const plain = PlainRowReader.for(match, table.delimiter ?? SHEET_DELIMITER, frame.currency, reader.controlTotals);
    await writeRows(table, sheet, match, { reader, plain }, writer, ledger, job);
    plain?.finish();
    identities.flush();
    job.progress('Making indices', ledger.read, null);
    load?.end();
    await keeping?.done;
  } catch (error) {
    keeping?.stop();
    load?.abandon();
    throw error;
  }
  identities.keepAliasUses(importId);
  units.keepAliasUses(importId);
  addRowCounts(workbook, importId, { accepted: ledger.accepted, quarantined: ledger.quarantined, ignored: ledger.ignored });
  const systems = systemsOf(profile.system, tally);
  setImportSystem(workbook, importId, systems.length === 1 ? systems[0]! : null);
  const difference = replaced ? await finishReplacement(context, frame, replaced, importId, request.fileName) : null;
  if (asOfInstant !== null) ledger.extent.noteInstant(asOfInstant);
  const heldRows = ledger.ignoredByReason().find(({ reason }) => reason === 'already_held')?.rows ?? 0;
  const columnsUsed = usedColumns(match);
  const usedAt = new Set(columnsUsed.map(({ position }) => position - 1));
  const effect: Omit<Rehearsal, 'token'> = {
    fileName: request.fileName,
    sha256: table.sha256,
    byteLength: table.source.byteLength,
    profile: recognisedProfile(choice),
    encoding: table.encoding,
    delimiter: table.delimiter,
    sheet,
    headerRow: match.headerRow,
    columnsUsed,
    columnsIgnored: match.header.flatMap((header, index) => (usedAt.has(index) || header.trim() === '' ? [] : [{ position: index + 1, header }])),
    kind: profile.kind,
    effect: profile.effect,
    systems,
    statesHeld: profile.statesHeld.filter((state) => fieldsOfFile(match).has(state)),
    statesUnknown: profile.kind === 'snapshot' ? unknownStates(match) : [],
    periodId: frame.periodId,
    periodCode: frame.code,
    asOfInstant,
    locationCode,
    rowsRead: ledger.read,
    rowsAccepted: ledger.accepted,
    rowsQuarantined: ledger.quarantined,
    rowsIgnored: ledger.ignored,
    ignoredByReason: ledger.ignoredByReason(),
    quarantinedByReason: ledger.quarantinedByReason(),
    newItems: identities.newItems,
    newLocations: identities.newLocations,
    changedItems: tally.changedItems,
    changedTags: tally.changedTags,
    totals: totalsChanged(workbook, frame, profile.kind, { importId, tally }, before, new Set(systems)),
    controlTotals: reader.controlTotals.map(({ field, header, sum, rows, places }) => ({
      field, header, rows, sum: formatDecimal(sum, places, TARGET_FIELDS[field].shape === 'amount' ? places : 0),
    })),
    duplicates: ledger.duplicates,
    badRows: ledger.badRows(),
    countSheets: tally.countSheets,
    alreadyImported: held,
    replaceable: replaceableImports(workbook, frame, { match, sheet, locationCode }, {
      lastImportId, extent: ledger.extent, identities, systems, heldRows,
    }),
    supersedes: replaced ? { importId: replaced.import_id, fileName: replaced.file_name } : null,
    difference,
  };
  setImportSummary(workbook, importId, summaryText(effect, identities));
  appendAudit(workbook, {
    atInstant: context.now(),
    actor: actorText(context.actor),
    action: 'import.commit',
    periodId: frame.periodId,
    subject: `import:${importId}`,
    detail: {
      fileName: effect.fileName,
      sha256: effect.sha256,
      profile: `${profile.id}@${profile.version}`,
      kind: profile.kind,
      sheet,
      asOf: asOfInstant === null ? null : formatInstant(asOfInstant, frame.timeZone),
      location: locationCode,
      rowsRead: effect.rowsRead,
      rowsAccepted: effect.rowsAccepted,
      rowsQuarantined: effect.rowsQuarantined,
      rowsIgnored: effect.rowsIgnored,
      newItems: effect.newItems.length,
      newLocations: effect.newLocations.length,
      changedItems: effect.changedItems,
      changedTags: effect.changedTags,
      supersedes: replaced?.import_id ?? null,
      controlTotals: effect.controlTotals.map(({ field, sum }) => [field, sum]),
    },
  });
  return { importId, effect };
}

const systemsOf = (profileSystem: System | null, tally: Tally): System[] =>
  profileSystem === null ? SYSTEMS.filter((system) => tally.systems.has(system)) : [profileSystem];

/** Columns in the order of their fields, each part of a combined one by itself. */
const usedColumns = ({ profile, matched, places }: HeaderMatch): Rehearsal['columnsUsed'] => [
  ...matched.flatMap(({ parts, column }) => parts.map(({ index, header }) => ({ position: index + 1, header, field: column.field }))),
  ...places.map(({ index, header }) => ({ position: index + 1, header, field: profile.locationColumns!.field })),
];

/** States this file says nothing of: those the profile names, and those whose column is not in the file. */
function unknownStates(match: HeaderMatch): Rehearsal['statesUnknown'] {
  const fields = fieldsOfFile(match);
  return [...match.profile.statesUnknown, ...match.profile.statesHeld.filter((state) => !fields.has(state))];
}

/** Stands for an effect on a workbook: the chain's head covers every change made through the program. */
const tokenOf = (head: ChainHead, effect: Omit<Rehearsal, 'token'>): string =>
  createHash('sha256').update(`${head.sequence}\n${head.hash}\n${JSON.stringify(effect)}`, 'utf8').digest('hex');

async function prepareImport(context: ServiceContext, request: ImportRequest): Promise<ImportOutcome<PreparedImport>> {
  const period = openPeriod(context.workbook, request.periodId);
  return period.ok ? prepareFor(context, period.value, request) : period;
}

async function prepareFor({ workbook, job }: ServiceContext, frame: PeriodFrame, request: ImportRequest): Promise<ImportOutcome<PreparedImport>> {
  const source = await sourceOf(request);
  const onBytes = (bytesRead: number) => {
    job.checkCancelled();
    job.progress('Reading the file', bytesRead, source.byteLength);
  };
  const table = await openTable(source, { timeZone: frame.timeZone, encoding: request.encoding, onBytes });
  const heads = await sheetHeads(table, request.sheet);
  const choice = chooseProfile(table, heads, knownProfiles(workbook), request);
  if (!choice.ok) return choice;
  const givens = missingGivens(workbook, frame, choice.value.match, request);
  if (!givens.ok) return givens;
  const styled = await decideStyles(table, choice.value, request, job);
  if (!styled.ok) return styled;
  const { match, sheet } = styled.value;
  const locationCode = needsOf(match).location ? (request.locationCode ?? null) : null;
  const replaced =
    request.supersedesImportId === undefined
      ? done(undefined)
      : importToReplace(workbook, frame, request.supersedesImportId, request.fileName, { match, sheet, locationCode });
  if (!replaced.ok) return replaced;
  return done({ table, frame, choice: styled.value, request, replaced: replaced.value });
}

async function runImport(
  context: ServiceContext,
  request: ImportRequest,
  purpose: Purpose,
  before: readonly ImportRequest[] = [],
): Promise<ImportOutcome<ImportResult>> {
  const { workbook } = context;
  return refusingUnreadable(async () => {
    const earlier: PreparedImport[] = [];
    for (const each of before) {
      const prepared = await prepareImport(context, each);
      if (!prepared.ok) return prepared;
      earlier.push(prepared.value);
    }
    const prepared = await prepareImport(context, request);
    if (!prepared.ok) return prepared;
    const { table, frame } = prepared.value;
    const held = alreadyImported(workbook, frame.periodId, table.sha256, request.supersedesImportId);
    if (purpose.commit && held) {
      const at = formatInstant(held.atInstant, frame.timeZone);
      return refused('already_imported', `${request.fileName} is import ${held.importId} of period ${frame.code} already (${held.fileName}, ${at}). Nothing of it is missing; to write it anew, undo import ${held.importId} first.`);
    }
    return inLongTransaction<ImportOutcome<ImportResult>>(workbook, async () => {
      const head = chainHead(workbook);
      const lastImportId = Number(workbook.sum('SELECT max(import_id) FROM imports'));
      for (const each of earlier) await writeImport(context, each, { lastImportId });
      const { importId, effect } = await writeImport(context, prepared.value, { lastImportId, keepsFile: purpose.commit });
      const token = tokenOf(head, effect);
      if (purpose.commit && purpose.token !== undefined && purpose.token !== token) {
        const message = `The workbook or ${request.fileName} changed since the rehearsal. Rehearse the import again.`;
        return { keep: false, value: refused('workbook_changed', message) };
      }
      return { keep: purpose.commit, value: done({ importId, rehearsal: { ...effect, token } }) };
    });
  });
}

/**
 * Says exactly what an import would write, and writes nothing.
 *
 * @param before files that will be written first: their items and locations are known to this one. Its token then holds
 *   only for figures; once those files are written, this one is rehearsed again before it is.
 */
export async function rehearseImport(
  context: ServiceContext,
  request: ImportRequest,
  before: readonly ImportRequest[] = [],
): Promise<ImportOutcome<Rehearsal>> {
  const outcome = await runImport(context, request, { commit: false }, before);
  return outcome.ok ? done(outcome.value.rehearsal) : outcome;
}

/**
 * Writes an import, all of it or nothing.
 *
 * @param token the rehearsal's: refused where the same request would now write something else
 */
export function commitImport(context: ServiceContext, request: ImportRequest, token?: string): Promise<ImportOutcome<ImportResult>> {
  return runImport(context, request, { commit: true, token });
}

/** A file written into a period that is there for the look only. */
export interface Trial {
  /** The period that the file is held against, locked or not. */
  readonly frame: PeriodFrame;
  readonly importId: number;
  readonly effect: Omit<Rehearsal, 'token'>;
}

/** No month has this code, so that no period of a person's can be in its way. */
const TRIAL_CODE = '0000-00';

/**
 * Writes a file into a period of its own with the same bounds, lets `look` read the result, and rolls everything back:
 * for holding a file against a period that cannot be written to.
 */
export function inTrialPeriod<Answer extends Outcome<unknown, string>>(
  context: ServiceContext,
  request: ImportRequest,
  look: (trial: Trial) => Answer,
): Promise<Answer | ImportOutcome<never>> {
  const { workbook } = context;
  return refusingUnreadable<Answer | ImportOutcome<never>>(async () => {
    const frame = periodFrame(workbook, request.periodId);
    if (!frame) return refused('period_unknown', `There is no period ${request.periodId} in this workbook.`);
    const prepared = await prepareFor(context, frame, request);
    if (!prepared.ok) return prepared;
    return inLongTransaction<Answer>(workbook, async () => {
      const { lastInsertRowid: periodId } = workbook.run(
        `INSERT INTO periods (code, start_instant, cut_off_instant, window_hours)
         SELECT ?, start_instant, cut_off_instant, window_hours FROM periods WHERE period_id = ?`,
        TRIAL_CODE, frame.periodId,
      );
      const trial = await writeImport(context, { ...prepared.value, frame: { ...frame, periodId, locked: false } }, { lastImportId: 0 });
      return { keep: false, value: look({ frame, ...trial }) };
    });
  });
}
