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
  addRowCounts, findImportOfFile, hasSourceFile, insertImport, insertSourceFile, periodFrame, setImportSystem, type PeriodFrame,
} from '../../workbook/tables/imports';
import { locationIdOf } from '../../workbook/tables/locations';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from '../context';
import { chooseProfile, fieldsOfFile, needsOf, sheetHeads, takesAsOf, type Choice } from './choose';
import { definitionText } from './definition';
import { Identities } from './identity';
import { deflateFile } from './keep-file';
import { inLongTransaction } from './long-transaction';
import { knownProfiles } from './profiles';
import { compareTotals, totalsOf } from './totals';
import { RowLedger, writeRows, writerFor } from './write-rows';
import { decideStyles } from './styles';
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
export async function refusingUnreadable<T>(work: () => Promise<ImportOutcome<T>>): Promise<ImportOutcome<T>> {
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
  if (!frame) return refused('period_unknown', `There is no period ${periodId} in this workbook.`);
  if (frame.locked) return refused('period_locked', `Period ${frame.code} is locked: nothing can be imported into it.`);
  return done(frame);
}

export function alreadyImported(workbook: ReadableWorkbook, periodId: number, sha256: string): AlreadyImported | null {
  const row = findImportOfFile(workbook, periodId, sha256);
  return row ? { importId: row.import_id, fileName: row.file_name, atInstant: row.imported_instant } : null;
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
      return refused('as_of_outside_period', `The as-of instant ${asOf} is more than 45 days away from period ${frame.code}.`);
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

interface Purpose {
  readonly commit: boolean;
  /** The rehearsal that a commit must come true of; left out where none was held. */
  readonly token?: string | undefined;
}

interface Prepared {
  readonly table: TableFile;
  readonly frame: PeriodFrame;
  readonly choice: Choice;
  readonly request: ImportRequest;
  readonly deflated: Uint8Array | undefined;
}

/** Writes the import and says what it wrote; the caller's transaction decides whether it stays. */
async function writeImport(context: ServiceContext, prepared: Prepared): Promise<{ readonly importId: number; readonly effect: Omit<Rehearsal, 'token'> }> {
  const { workbook, job } = context;
  const { table, frame, choice, request } = prepared;
  const { match, sheet } = choice;
  const { profile } = match;
  const held = alreadyImported(workbook, frame.periodId, table.sha256);
  const needs = needsOf(match);
  const locationCode = needs.location ? (request.locationCode ?? null) : null;
  const asOfInstant = takesAsOf(profile) ? (request.asOfInstant ?? null) : null;
  const before = totalsOf(workbook, frame, profile.kind);
  if (!hasSourceFile(workbook, table.sha256)) {
    insertSourceFile(workbook, {
      sha256: table.sha256,
      file_name: request.fileName,
      byte_length: table.source.byteLength,
      // A rehearsal is rolled back: its file need not be packed.
      deflated_content: prepared.deflated ?? new Uint8Array(),
    });
  }
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
  const identities = new Identities(workbook, profile.source, profile.identifiers);
  const writer = writerFor({ context, importId, frame, profile, identities, asOfInstant, locationCode, replay: false, tally });
  const ledger = new RowLedger(workbook, importId);
  await writeRows(table, sheet, match, reader, writer, ledger, job);
  addRowCounts(workbook, importId, { accepted: ledger.accepted, quarantined: ledger.quarantined, ignored: ledger.ignored });
  const systems = systemsOf(profile.system, tally);
  setImportSystem(workbook, importId, systems.length === 1 ? systems[0]! : null);
  const after = totalsOf(workbook, frame, profile.kind);
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
    totals: compareTotals(before, after, new Set(systems)),
    controlTotals: reader.controlTotals.map(({ field, header, sum, rows, places }) => ({
      field, header, rows, sum: formatDecimal(sum, places, TARGET_FIELDS[field].shape === 'amount' ? places : 0),
    })),
    duplicates: ledger.duplicates,
    badRows: ledger.badRows(),
    alreadyImported: held,
  };
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

/** A file that was read so far that writing can begin. */
interface PreparedImport {
  readonly table: TableFile;
  readonly frame: PeriodFrame;
  readonly choice: Choice;
  readonly request: ImportRequest;
  readonly source: ByteSource;
  readonly onBytes: (stage: string) => (bytesRead: number) => void;
}

async function prepareImport({ workbook, job }: ServiceContext, request: ImportRequest): Promise<ImportOutcome<PreparedImport>> {
  const period = openPeriod(workbook, request.periodId);
  if (!period.ok) return period;
  const frame = period.value;
  const source = await sourceOf(request);
  const onBytes = (stage: string) => (bytesRead: number) => {
    job.checkCancelled();
    job.progress(stage, bytesRead, source.byteLength);
  };
  const table = await openTable(source, { timeZone: frame.timeZone, onBytes: onBytes('Reading the file') });
  const heads = await sheetHeads(table, request.sheet);
  const choice = chooseProfile(table, heads, knownProfiles(workbook), request);
  if (!choice.ok) return choice;
  const givens = missingGivens(workbook, frame, choice.value.match, request);
  if (!givens.ok) return givens;
  const styled = await decideStyles(table, choice.value, request, job);
  if (!styled.ok) return styled;
  return done({ table, frame, choice: styled.value, request, source, onBytes });
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
    const { table, frame, source, onBytes } = prepared.value;
    const held = alreadyImported(workbook, frame.periodId, table.sha256);
    if (purpose.commit && held) {
      const at = formatInstant(held.atInstant, frame.timeZone);
      return refused('already_imported', `${request.fileName} is import ${held.importId} of period ${frame.code} already (${held.fileName}, ${at}).`);
    }
    const keep = purpose.commit && !hasSourceFile(workbook, table.sha256);
    const deflated = keep ? await deflateFile(source, table.sha256, onBytes('Keeping the file')) : undefined;
    return inLongTransaction<ImportOutcome<ImportResult>>(workbook, async () => {
      const head = chainHead(workbook);
      for (const each of earlier) await writeImport(context, { ...each, deflated: undefined });
      const { importId, effect } = await writeImport(context, { ...prepared.value, deflated });
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
