/**
 * Takes names back: rows of open periods that were written through them leave the data and wait again.
 *
 * Which rows those are is not guessed from the item or location they stand on: each candidate's own cells are read, from
 * the quarantine or from the kept file, and resolved without the name. What still means the same stays.
 */
import { normaliseIdentifier } from '@shared/domain/identity-text';
import type { AliasKey, TakeBackRequest, TakeBackResult } from '@shared/domain/quarantine';
import { done, refused } from '@shared/domain/outcome';
import { unknownUnitSubject } from '@shared/domain/units';
import { RowReader, type RowProblem, type RowValues } from '../../files/profiles/read-row';
import { WallClock } from '../../files/wall-clock';
import { appendAudit } from '../../workbook/audit';
import { deleteAlias, deleteAliasUse, findAlias, namesChangedSinceReplaced, usesOfAlias, type AliasRow, type AliasUse } from '../../workbook/tables/aliases';
import { countDataRowsOn, dataRowsOn, removeDataRows, type DataRow } from '../../workbook/tables/data-rows';
import { addRowCounts, importById, periodFrame, sourceFileBySha256, type ImportRow, type PeriodFrame } from '../../workbook/tables/imports';
import { itemById } from '../../workbook/tables/items';
import { findStockKey } from '../../workbook/tables/locations';
import { insertQuarantineRow, quarantineRowById, quarantineRowOf, waitAgain } from '../../workbook/tables/quarantine';
import { insertSteps, type NewStep } from '../../workbook/tables/quarantine-steps';
import type { SqliteWorkbook } from '../../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from '../context';
import { cellsOfRaw, matchOfDefinition, parseDefinition } from '../imports/profiles/definition';
import { rowsAsKept } from '../imports/life/kept-rows';
import { takeInHeldRows } from '../imports/life/held-rows';
import { Identities, NOTHING_HIDDEN, type Hidden } from '../imports/identity';
import { openKeptFile } from '../imports/loading/keep-file';
import { inLongTransaction } from '../imports/loading/long-transaction';
import { hiddenOf, refusedWhereUsed, removeAdded, wasAdded } from './add';
import { Replay, tryRows, type Attempt } from './replay';
import { cellsOf, type QuarantineOutcome } from './selection';

const CHECK_EVERY_ROWS = 2_000;

/** The data rows of one import that may have been written through the names. */
interface Candidates {
  readonly use: AliasUse;
  /** By row number, the keys of the row that stand on what a name means. */
  readonly keys: Map<number, number[]>;
  readonly unitAliases: Set<string>;
}

interface ReadRow {
  readonly rowNumber: number;
  readonly cells: readonly string[];
  readonly raw: string;
}

const nameOf = ({ kind, source, alias }: AliasKey) => `${kind} ${alias} of ${source}`;

/** Reads the rows of one import without the names that were taken back. */
class RowsWithoutNames {
  readonly definition;
  readonly importRow: ImportRow;
  readonly frame: PeriodFrame;
  readonly #reader: RowReader;
  readonly #identities: Identities;

  constructor(
    readonly context: ServiceContext,
    readonly candidates: Candidates,
    hidden: Hidden,
  ) {
    const { workbook } = context;
    this.importRow = importById(workbook, candidates.use.import_id)!;
    this.frame = periodFrame(workbook, this.importRow.period_id)!;
    this.definition = parseDefinition(this.importRow.definition);
    const { profile, delimiter } = this.definition;
    this.#reader = new RowReader(matchOfDefinition(this.definition, this.importRow.header_row), {
      currency: this.frame.currency,
      clock: new WallClock(this.frame.timeZone),
      shortRowsAreWhole: delimiter === null,
      asOfInstant: this.importRow.as_of_instant,
      delimiter,
    });
    this.#identities = new Identities(workbook, profile.source, profile.identifiers, { acceptedInstant: context.now(), acceptedBy: actorText(context.actor) }, 1, hidden);
  }

  /** Why the row no longer stands where it stood; undefined where it does. */
  problemOf({ rowNumber, cells }: ReadRow): RowProblem | undefined {
    const reading = this.#reader.read(cells);
    if (reading.outcome !== 'read') return undefined;
    const found = new Set<number>();
    for (const values of reading.records) {
      const place = this.#placeOf(values);
      if (typeof place !== 'number') return place;
      found.add(place);
    }
    if (this.candidates.keys.get(rowNumber)!.every((key) => found.has(key))) return undefined;
    const { sku = '', location = '' } = reading.records[0].text;
    return { reason: 'unknown_item', subject: sku, detail: `"${sku}" at "${location}" means another item or location now.` };
  }

  /** The key that a record names, or why it names none; -1 for an item and a location that never met. */
  #placeOf({ text }: RowValues): number | RowProblem {
    const item = this.#identities.item(text.sku ?? '');
    if (!item.found) return item.problem;
    const location = this.#identities.location(text.location ?? this.definition.locationCode ?? '');
    if (!location.found) return location.problem;
    if (text.uom !== undefined && this.candidates.unitAliases.has(normaliseIdentifier(text.uom))) {
      const { sku } = itemById(this.context.workbook, item.id)!;
      return { reason: 'unknown_unit', subject: unknownUnitSubject(text.uom, sku), detail: `What "${text.uom}" means was taken back.` };
    }
    return findStockKey(this.context.workbook, item.id, location.id) ?? -1;
  }

  /** Rows as they were read: from the quarantine where they passed through it, else from the kept file. */
  async *read(rowNumbers: Iterable<number>): AsyncGenerator<ReadRow> {
    const { workbook } = this.context;
    const fromFile = new Set<number>();
    for (const rowNumber of rowNumbers) {
      const waited = quarantineRowOf(workbook, this.importRow.import_id, rowNumber);
      if (waited) yield { rowNumber, cells: cellsOfRaw(this.definition, waited.corrected_text ?? waited.raw_text), raw: waited.raw_text };
      else fromFile.add(rowNumber);
    }
    if (fromFile.size === 0) return;
    const kept = sourceFileBySha256(workbook, this.importRow.sha256)!;
    const { delimiter } = this.definition;
    const table = await openKeptFile(kept, { import: this.importRow, delimiter, timeZone: this.frame.timeZone });
    for await (const row of rowsAsKept(table, this.importRow, this.definition, this.frame)) {
      if (fromFile.has(row.rowNumber)) yield row;
    }
  }
}

function addKeys({ keys }: Candidates, rows: readonly DataRow[]): void {
  for (const { row_number, stock_key_id } of rows) {
    const held = keys.get(row_number);
    if (held) held.push(stock_key_id);
    else keys.set(row_number, [stock_key_id]);
  }
}

function candidatesOf(workbook: SqliteWorkbook, aliases: readonly AliasRow[]): Candidates[] {
  const byImport = new Map<number, Candidates>();
  for (const alias of aliases) {
    for (const use of usesOfAlias(workbook, alias)) {
      if (use.locked === 1) continue;
      const held = byImport.get(use.import_id) ?? { use, keys: new Map<number, number[]>(), unitAliases: new Set<string>() };
      byImport.set(use.import_id, held);
      addKeys(held, dataRowsOn(workbook, use, alias.kind, alias.target));
      if (alias.kind === 'unit') held.unitAliases.add(normaliseIdentifier(alias.alias));
    }
  }
  return [...byImport.values()];
}

interface ImportReturned {
  readonly use: AliasUse;
  readonly rows: number;
  readonly steps: readonly NewStep[];
}

/** Makes a row of an import wait, whether or not it was in the quarantine before; answers its number there. */
function makeWait(workbook: SqliteWorkbook, importId: number, { rowNumber, raw }: ReadRow, problem: RowProblem): number {
  const waited = quarantineRowOf(workbook, importId, rowNumber);
  if (!waited) return insertQuarantineRow(workbook, { import_id: importId, row_number: rowNumber, raw_text: raw, ...problem });
  waitAgain(workbook, waited, problem);
  return waited.quarantine_row_id;
}

/** Rows that shared a position with those that went are written anew by themselves. */
async function writeAnew(context: ServiceContext, rows: RowsWithoutNames, rowNumbers: readonly number[]): Promise<readonly NewStep[]> {
  if (rowNumbers.length === 0) return [];
  const { workbook } = context;
  const { importRow, frame, definition } = rows;
  addRowCounts(workbook, importRow.import_id, { accepted: -rowNumbers.length, quarantined: rowNumbers.length, ignored: 0 });
  const attempts: Attempt[] = [];
  for await (const row of rows.read(rowNumbers)) {
    const problem: RowProblem = { reason: 'unknown_item', subject: '', detail: 'It made up one position with rows whose name was taken back.' };
    const waiting = quarantineRowById(workbook, makeWait(workbook, importRow.import_id, row, problem))!;
    attempts.push({ row: waiting, cells: cellsOf(definition, waiting), raw: waiting.corrected_text ?? waiting.raw_text });
  }
  return tryRows(new Replay(context, importRow, frame), attempts).steps;
}

async function returnRows(context: ServiceContext, candidates: Candidates, hidden: Hidden, note: string): Promise<ImportReturned> {
  const { workbook, job } = context;
  const { use, keys } = candidates;
  const rows = new RowsWithoutNames(context, candidates, hidden);
  const steps: NewStep[] = [];
  const returned: number[] = [];
  let seen = 0;
  for await (const row of rows.read(keys.keys())) {
    seen += 1;
    if (seen % CHECK_EVERY_ROWS === 0) {
      job.checkCancelled();
      job.progress(`Looking through ${use.file_name}`, seen, keys.size);
    }
    const problem = rows.problemOf(row);
    if (!problem) continue;
    returned.push(row.rowNumber);
    steps.push({ quarantineRowId: makeWait(workbook, use.import_id, row, problem), step: 'taken_back', before: null, note });
  }
  const sharing = removeDataRows(workbook, use, returned);
  addRowCounts(workbook, use.import_id, { accepted: -returned.length, quarantined: returned.length, ignored: 0 });
  const again = await writeAnew(context, rows, sharing);
  return { use, rows: returned.length, steps: [...steps, ...again] };
}

async function takeBack(context: ServiceContext, { aliases: keys, why }: TakeBackRequest): Promise<QuarantineOutcome<TakeBackResult>> {
  const { workbook } = context;
  const aliases: AliasRow[] = [];
  for (const key of keys) {
    const alias = findAlias(workbook, key);
    if (!alias) return refused('alias_unknown', `Nothing is kept of the ${nameOf(key)}. Read the list of names again.`);
    aliases.push(alias);
  }
  let rowsLockedMost = 0;
  for (const alias of aliases) {
    for (const use of usesOfAlias(workbook, alias)) if (use.locked === 1) rowsLockedMost += countDataRowsOn(workbook, use, alias.kind, alias.target);
  }
  const candidates = candidatesOf(workbook, aliases);
  const added = aliases.filter((alias) => wasAdded(workbook, alias));
  const returning = new Set(candidates.map(({ use }) => use.import_id));
  for (const alias of added) {
    const unused = refusedWhereUsed(workbook, alias, returning);
    if (!unused.ok) return unused;
  }
  const hidden = hiddenOf(added);
  for (const alias of aliases) {
    for (const use of usesOfAlias(workbook, alias)) if (use.locked === 0) deleteAliasUse(workbook, use.import_id, alias.kind, alias.alias);
    deleteAlias(workbook, alias);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'alias.takeBack',
      periodId: null,
      subject: `${alias.kind}:${alias.target_code}`,
      detail: { source: alias.source, kind: alias.kind, alias: alias.alias, before: alias.target_code, after: null, how: alias.how, why },
    });
  }
  const [only] = aliases;
  const note = aliases.length === 1 ? `${only!.alias} no longer means ${only!.target_code}` : `${aliases.length} names were taken back`;
  const returned: ImportReturned[] = [];
  for (const each of candidates) returned.push(await returnRows(context, each, hidden, note));
  for (const alias of added) {
    const removed = removeAdded(context, alias, why);
    if (!removed.ok) return removed;
  }
  for (const periodId of new Set(returned.map(({ use }) => use.period_id))) {
    const ofPeriod = returned.filter(({ use, rows }) => use.period_id === periodId && rows > 0);
    if (ofPeriod.length === 0) continue;
    const sequence = appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'quarantine.takeBack',
      periodId,
      subject: `period:${ofPeriod[0]!.use.period_code}`,
      detail: {
        rows: ofPeriod.reduce((sum, { rows }) => sum + rows, 0),
        imports: ofPeriod.map(({ use, rows }) => [use.import_id, rows]),
        names: aliases.length,
        why,
      },
    });
    for (const { steps } of ofPeriod) insertSteps(workbook, sequence, steps);
  }
  for (const { use, rows } of returned) {
    // What they held may stand in another file too, under a name that holds.
    if (rows > 0) await takeInHeldRows(context, periodFrame(workbook, use.period_id)!, importById(workbook, use.import_id)!, null);
  }
  return done({
    aliases: aliases.length,
    rowsReturned: returned.reduce((sum, { rows }) => sum + rows, 0),
    rowsLockedMost,
    byImport: returned
      .filter(({ rows }) => rows > 0)
      .map(({ use, rows }) => ({ importId: use.import_id, fileName: use.file_name, periodCode: use.period_code, rows })),
  });
}

/**
 * Makes rows of an import that came back wait where the name that they were written by was taken back, or given another
 * meaning, while another import stood in its place. Answers how many.
 */
export async function returnRowsOfLostNames(context: ServiceContext, importRow: ImportRow, frame: PeriodFrame): Promise<number> {
  const { workbook } = context;
  const lost = namesChangedSinceReplaced(workbook, importRow);
  if (lost.length === 0) return 0;
  const { import_id, period_id, kind, file_name } = importRow;
  const use: AliasUse = { import_id, period_id, period_code: frame.code, locked: 0, kind, file_name };
  const candidates: Candidates = {
    use, keys: new Map(), unitAliases: new Set(lost.flatMap((each) => (each.kind === 'unit' ? [normaliseIdentifier(each.alias)] : []))),
  };
  // What the names meant then is told nowhere but in the rows: all of them are looked at.
  addKeys(candidates, dataRowsOn(workbook, use, 'unit', ''));
  for (const { kind: nameKind, alias } of lost) {
    if (findAlias(workbook, { kind: nameKind, source: importRow.source, alias }) === undefined) deleteAliasUse(workbook, import_id, nameKind, alias);
  }
  const { rows, steps } = await returnRows(context, candidates, NOTHING_HIDDEN, 'Its name was taken back while another import stood in the place of its own');
  if (rows === 0) return 0;
  const sequence = appendAudit(workbook, {
    atInstant: context.now(),
    actor: actorText(context.actor),
    action: 'quarantine.takeBack',
    periodId: frame.periodId,
    subject: `period:${frame.code}`,
    detail: { rows, imports: [[import_id, rows]], names: lost.length, why: `Import ${import_id} came back, and names that its rows were written by were taken back since` },
  });
  insertSteps(workbook, sequence, steps);
  return rows;
}

async function run(context: ServiceContext, request: TakeBackRequest, keep: boolean): Promise<QuarantineOutcome<TakeBackResult>> {
  try {
    return await inLongTransaction(context.workbook, async () => {
      const value = await takeBack(context, request);
      return { keep: keep && value.ok, value };
    });
  } catch (error) {
    if (error instanceof JobCancelled) return refused('cancelled', 'It was cancelled. The names and the rows are as they were before.');
    throw error;
  }
}

/**
 * Takes names back, all of them or none. Rows of open periods that were written through them wait in the quarantine again;
 * rows of locked periods stay, and their number is told.
 */
export const takeBackAliases = (context: ServiceContext, request: TakeBackRequest): Promise<QuarantineOutcome<TakeBackResult>> =>
  run(context, request, true);

/** Says exactly what taking names back would do, and leaves everything as it is. */
export const rehearseTakeBack = (context: ServiceContext, aliases: readonly AliasKey[]): Promise<QuarantineOutcome<TakeBackResult>> =>
  run(context, { aliases: [...aliases], why: 'rehearsed' }, false);
