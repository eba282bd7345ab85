/**
 * Writing a file that was prepared: its rows, its evidence, its event, and the statement of all that. Rehearsal, commit and
 * comparison write by this one way.
 */
import { formatDecimal } from '@shared/domain/decimal';
import type { Rehearsal } from '@shared/domain/import';
import { TARGET_FIELDS } from '@shared/domain/import-profile';
import { formatInstant } from '@shared/domain/instant';
import { SYSTEMS, type System } from '@shared/domain/states';
import { RowReader } from '../../files/profiles/read-row';
import type { HeaderMatch } from '../../files/profiles/recognise';
import { WallClock } from '../../files/wall-clock';
import { appendAudit } from '../../workbook/audit';
import { addRowCounts, hasSourceFile, insertImport, insertSourceFile, setImportSummary, setImportSystem } from '../../workbook/tables/imports';
import { actorText, type ServiceContext } from '../context';
import { Identities } from './identity';
import { summaryText } from './life/kept-summary';
import { beginReplacement, finishReplacement, replaceableImports } from './life/supersede';
import { FileThread } from './loading/file-thread';
import { keepFile } from './loading/keep-file';
import { beginLoad } from './loading/long-transaction';
import { plainPlan, type PlainPlan } from './loading/plain-plan';
import { totalsBefore, totalsChanged } from './loading/totals';
import { RowLedger } from './loading/row-ledger';
import { writeRows, writerFor } from './loading/write-rows';
import { alreadyImported, recognisedProfile, type PreparedImport } from './prepare-import';
import { fieldsOfFile, needsOf, takesAsOf } from './profiles/choose';
import { definitionText } from './profiles/definition';
import { Units } from './units';
import { newTally, type Tally } from './writers/writer';

/** A sheet's rows are told as text with commas. */
const SHEET_DELIMITER = ',';

/** The transaction that an import is written in. */
interface Writing {
  /** The last import that stays whatever becomes of this transaction: only such a one can be replaced. */
  readonly lastImportId: number;
  /** Whether the file is to stay in the workbook too: a rehearsal need not pack it. */
  readonly keepsFile?: boolean;
}

export interface WrittenImport {
  readonly importId: number;
  readonly effect: Omit<Rehearsal, 'token'>;
}

/** Writes the import and says what it wrote; the caller's transaction decides whether it stays. */
export async function writeImport(context: ServiceContext, prepared: PreparedImport, { lastImportId, keepsFile = false }: Writing): Promise<WrittenImport> {
  const { table, frame, choice: { match } } = prepared;
  const isNewFile = !hasSourceFile(context.workbook, table.sha256);
  const plan = plainPlan(match, table.delimiter ?? SHEET_DELIMITER, frame.currency);
  const keeps = keepsFile && isNewFile;
  const thread = plan && FileThread.begin(table, plan, keeps);
  try {
    return await write(context, prepared, { lastImportId, isNewFile, keeps, plan, thread });
  } finally {
    await thread?.end();
  }
}

/** How a file is read and kept. */
interface Reading {
  readonly lastImportId: number;
  readonly isNewFile: boolean;
  readonly keeps: boolean;
  readonly plan: PlainPlan | undefined;
  readonly thread: FileThread | undefined;
}

async function write(context: ServiceContext, prepared: PreparedImport, { lastImportId, isNewFile, keeps, plan, thread }: Reading): Promise<WrittenImport> {
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
  const keeping = keeps ? keepFile(workbook, table.source, table.sha256, thread) : undefined;
  try {
    await writeRows(table, sheet, match, { reader, plan, thread }, writer, ledger, job);
    identities.flush();
    job.progress('Making indices', ledger.read, null);
    load?.end(() => job.checkCancelled());
    await keeping?.done;
    job.checkCancelled();
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
