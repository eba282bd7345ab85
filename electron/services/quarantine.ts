/**
 * The quarantine: rows that wait are listed, mended by a mapping or a correction, replayed, or ignored with a reason.
 *
 * Nothing leaves it unseen: each step is an audit event, and the row keeps its text as the file gave it.
 */
import type {
  CorrectRowRequest, IgnoreRowsRequest, MapAliasRequest, QuarantineFailure, QuarantineListing, ReplayResult,
} from '@shared/domain/import';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { RowReader } from '../files/profiles/read-row';
import { recordText } from '../files/readers/table';
import { WallClock } from '../files/wall-clock';
import { appendAudit } from '../workbook/audit';
import { addRowCounts, importById, periodFrame, setImportSystem, type ImportRow, type PeriodFrame } from '../workbook/tables/imports';
import { itemIdOf, setItemAlias, skuOfAlias } from '../workbook/tables/items';
import { codeOfAlias, locationIdOf, setLocationAlias } from '../workbook/tables/locations';
import {
  countsByState, importsWithWaitingRows, listQuarantineRows, quarantineRowById, settleRow, updateReason, waitingGroups,
  waitingRowsOfImport, type QuarantineTableRow,
} from '../workbook/tables/quarantine';
import { inTransaction, type ReadableWorkbook } from '../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from './context';
import { cellsOfRaw, matchOfDefinition, parseDefinition, type ImportDefinition } from './imports/definition';
import { Identities } from './imports/identity';
import { mappingFor, whatWouldMend } from './imports/mend';
import { verdictOf, writerFor } from './imports/write-rows';
import { newTally, type RowToWrite, type RowWriter, type Tally, type Verdict } from './imports/writers/writer';

type QuarantineOutcome<T> = Outcome<T, QuarantineFailure>;

const CHECK_EVERY_ROWS = 500;

/**
 * The rows of a period's quarantine, waiting ones first, and the groups that one action would mend.
 *
 * @param limit how many rows are listed; the groups count all of them
 */
export function listQuarantine(workbook: ReadableWorkbook, periodId: number, limit = 1_000, offset = 0): QuarantineListing {
  const counts = new Map(countsByState(workbook, periodId).map(({ state, rows }) => [state, rows]));
  const definitions = new Map<number, ImportDefinition>();
  return {
    waiting: counts.get('waiting') ?? 0,
    replayed: counts.get('replayed') ?? 0,
    ignored: counts.get('ignored') ?? 0,
    groups: waitingGroups(workbook, periodId).map((group) => ({
      ...group,
      mapping: mappingFor(group.reason),
      whatWouldMend: whatWouldMend(group.reason, group.subject),
    })),
    rows: listQuarantineRows(workbook, periodId, limit, offset).map((row) => {
      const definition = definitions.get(row.import_id) ?? parseDefinition(row.definition);
      definitions.set(row.import_id, definition);
      return {
        quarantineRowId: row.quarantine_row_id,
        importId: row.import_id,
        fileName: row.file_name,
        source: row.source,
        rowNumber: row.row_number,
        reason: row.reason,
        subject: row.subject,
        detail: row.detail,
        whatWouldMend: whatWouldMend(row.reason, row.subject),
        header: definition.header,
        cells: cellsOfRaw(definition, row.raw_text),
        raw: row.raw_text,
        state: row.state,
        settledNote: row.settled_note,
      };
    }),
  };
}

/**
 * Says what a source means by a name: an alias of an item or a location. Rows that wait for it are written by a replay.
 */
export function mapAlias(context: ServiceContext, request: MapAliasRequest): QuarantineOutcome<{ readonly before: string | null }> {
  const { workbook } = context;
  const { source, kind, alias, targetCode } = request;
  return inTransaction(workbook, (): QuarantineOutcome<{ readonly before: string | null }> => {
    const targetId = kind === 'item' ? itemIdOf(workbook, targetCode) : locationIdOf(workbook, targetCode);
    if (targetId === undefined) return refused('target_unknown', `There is no ${kind} ${targetCode} in this workbook. Choose one that it has, or import the file that brings it.`);
    const own = kind === 'item' ? itemIdOf(workbook, alias) : locationIdOf(workbook, alias);
    if (own !== undefined) {
      return refused('alias_taken', `${alias} is ${kind === 'item' ? 'an item' : 'a location'} of its own: it cannot stand for ${targetCode}. Correct the rows instead, or ignore them.`);
    }
    const before = kind === 'item' ? setItemAlias(workbook, source, alias, targetId) : setLocationAlias(workbook, source, alias, targetId);
    if (before !== targetCode) {
      appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'alias.set',
        periodId: null,
        subject: `${kind}:${targetCode}`,
        detail: { source, kind, alias, before, after: targetCode },
      });
    }
    return done({ before });
  });
}

/** An import whose rows are tried again, with what reads and writes them. */
class Replay {
  readonly definition: ImportDefinition;
  readonly #reader: RowReader;
  readonly #writer: RowWriter;
  readonly #tally: Tally = newTally();

  constructor(
    readonly context: ServiceContext,
    readonly row: ImportRow,
    readonly frame: PeriodFrame,
  ) {
    this.definition = parseDefinition(row.definition);
    const { profile, delimiter, locationCode } = this.definition;
    this.#reader = new RowReader(matchOfDefinition(this.definition, row.header_row), {
      currency: frame.currency,
      clock: new WallClock(frame.timeZone),
      shortRowsAreWhole: delimiter === null,
      asOfInstant: row.as_of_instant,
      delimiter,
    });
    this.#writer = writerFor({
      context,
      importId: row.import_id,
      frame,
      profile,
      identities: new Identities(context.workbook, profile.source, profile.identifiers),
      asOfInstant: row.as_of_instant,
      locationCode,
      replay: true,
      tally: this.#tally,
    });
  }

  try(rowNumber: number, cells: readonly string[], raw: string): Verdict {
    return verdictOf(this.#reader, this.#writer, { rowNumber, cells, raw });
  }

  finish(): Iterable<{ readonly row: RowToWrite; readonly verdict: Verdict }> {
    return this.#writer.finish();
  }

  /** Brings the import's counters and its system up to what was written. */
  close(by: { readonly accepted: number; readonly quarantined: number; readonly ignored: number }): void {
    addRowCounts(this.context.workbook, this.row.import_id, by);
    const others = [...this.#tally.systems].filter((system) => system !== this.row.system);
    if (others.length === 0) return;
    const onlyOne = this.row.system === null && this.row.rows_accepted === 0 && others.length === 1;
    setImportSystem(this.context.workbook, this.row.import_id, onlyOne ? others[0]! : null);
  }
}

/** The period of an import, open for changes. */
function openFrame(workbook: ReadableWorkbook, periodId: number): QuarantineOutcome<PeriodFrame> {
  const frame = periodFrame(workbook, periodId);
  if (!frame) return refused('period_unknown', `There is no period ${periodId} in this workbook. Choose one from the list of periods.`);
  if (frame.locked) return refused('period_locked', `Period ${frame.code} is locked: its quarantine cannot change. Work in an open period.`);
  return done(frame);
}

interface WaitingRow {
  readonly waiting: QuarantineTableRow;
  readonly importRow: ImportRow;
  readonly frame: PeriodFrame;
}

function waitingRow(workbook: ReadableWorkbook, quarantineRowId: number): QuarantineOutcome<WaitingRow> {
  const waiting = quarantineRowById(workbook, quarantineRowId);
  const importRow = waiting && importById(workbook, waiting.import_id);
  if (!waiting || !importRow) return refused('row_unknown', `There is no row ${quarantineRowId} in the quarantine. Read the list again.`);
  const frame = openFrame(workbook, importRow.period_id);
  if (!frame.ok) return frame;
  if (waiting.state !== 'waiting') {
    const became = waiting.state === 'replayed' ? 'written' : 'ignored';
    return refused('row_settled', `Row ${waiting.row_number} of ${importRow.file_name} was ${became} already. Read the list again to see what waits.`);
  }
  return done({ waiting, importRow, frame: frame.value });
}

/** Writes a row with other cells than the file gave it; the file's own text stays beside them. */
export function correctRow(context: ServiceContext, request: CorrectRowRequest): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  return inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
    const found = waitingRow(workbook, request.quarantineRowId);
    if (!found.ok) return found;
    const { waiting, importRow, frame } = found.value;
    const replay = new Replay(context, importRow, frame);
    const raw = recordText(request.cells, replay.definition.delimiter ?? ',');
    const first = replay.try(waiting.row_number, request.cells, raw);
    const verdict = first.verdict === 'deferred' ? [...replay.finish()][0]!.verdict : first;
    if (verdict.verdict === 'bad') {
      return refused('still_bad', `The corrected row cannot be written either. ${verdict.problem.detail}`);
    }
    if (verdict.verdict === 'ignored') {
      return refused('still_bad', 'The corrected row is no data: it would be passed over. Ignore the row instead.');
    }
    settleRow(workbook, waiting.quarantine_row_id, 'replayed', `${request.why} (written as: ${raw})`);
    replay.close({ accepted: 1, quarantined: -1, ignored: 0 });
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'quarantine.correct',
      periodId: frame.periodId,
      subject: `import:${importRow.import_id}`,
      detail: { rowNumber: waiting.row_number, reason: waiting.reason, before: waiting.raw_text, after: raw, why: request.why },
    });
    return done({ tried: 1, written: 1, stillWaiting: 0 });
  });
}

/** Settles rows without writing them. */
export function ignoreRows(context: ServiceContext, { quarantineRowIds, why }: IgnoreRowsRequest): QuarantineOutcome<{ readonly ignored: number }> {
  const { workbook } = context;
  return inTransaction(workbook, (): QuarantineOutcome<{ readonly ignored: number }> => {
    const byImport = new Map<number, { readonly periodId: number; readonly rows: QuarantineTableRow[] }>();
    for (const quarantineRowId of new Set(quarantineRowIds)) {
      const found = waitingRow(workbook, quarantineRowId);
      if (!found.ok) return found;
      const { waiting, frame } = found.value;
      const held = byImport.get(waiting.import_id) ?? { periodId: frame.periodId, rows: [] };
      held.rows.push(waiting);
      byImport.set(waiting.import_id, held);
      settleRow(workbook, quarantineRowId, 'ignored', why);
    }
    let ignored = 0;
    for (const [importId, { periodId, rows }] of byImport) {
      addRowCounts(workbook, importId, { accepted: 0, quarantined: -rows.length, ignored: rows.length });
      ignored += rows.length;
      appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'quarantine.ignore',
        periodId,
        subject: `import:${importId}`,
        detail: { rows: rows.map((row) => [row.row_number, row.reason]), why },
      });
    }
    return done({ ignored });
  });
}

/** What mended a row: what its unknown name was said to mean; null where it was something else. */
function mendedBy(workbook: ReadableWorkbook, source: string, { reason, subject }: QuarantineTableRow): string | null {
  const kind = mappingFor(reason);
  if (kind === null) return null;
  const target = kind === 'item' ? skuOfAlias(workbook, source, subject) : codeOfAlias(workbook, source, subject);
  return target === null ? `${subject} is known now` : `is ${target}`;
}

/** Tries the waiting rows of one import again. */
function replayImport(context: ServiceContext, importRow: ImportRow, frame: PeriodFrame): ReplayResult {
  const { workbook, job } = context;
  const replay = new Replay(context, importRow, frame);
  // A row that says what another says already needs a person: another try would find the same.
  const waiting = waitingRowsOfImport(workbook, importRow.import_id).filter((row) => row.reason !== 'duplicate_row');
  const rowOf = new Map(waiting.map((row) => [row.row_number, row]));
  let written = 0;
  let passedOver = 0;
  const settle = (rowNumber: number, verdict: Verdict) => {
    const row = rowOf.get(rowNumber)!;
    if (verdict.verdict === 'bad') return updateReason(workbook, row.quarantine_row_id, verdict.problem);
    if (verdict.verdict === 'deferred') return;
    const accepted = verdict.verdict === 'accepted';
    const note = accepted ? mendedBy(workbook, replay.definition.profile.source, row) : 'held already';
    settleRow(workbook, row.quarantine_row_id, accepted ? 'replayed' : 'ignored', note);
    if (accepted) written += 1;
    else passedOver += 1;
  };
  let tried = 0;
  for (const row of waiting) {
    settle(row.row_number, replay.try(row.row_number, cellsOfRaw(replay.definition, row.raw_text), row.raw_text));
    tried += 1;
    if (tried % CHECK_EVERY_ROWS === 0) {
      job.checkCancelled();
      job.progress('Replaying rows', tried, waiting.length);
    }
  }
  for (const { row, verdict } of replay.finish()) settle(row.rowNumber, verdict);
  replay.close({ accepted: written, quarantined: -(written + passedOver), ignored: passedOver });
  return { tried, written, stillWaiting: waitingRowsOfImport(workbook, importRow.import_id).length };
}

/** Tries every waiting row of a period again; those whose problem is solved are written into their import. */
export function replayQuarantine(context: ServiceContext, periodId: number): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  try {
    return inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
      const frame = openFrame(workbook, periodId);
      if (!frame.ok) return frame;
      const total = { tried: 0, written: 0, stillWaiting: 0 };
      // Items first and ERP before the others, so that what they create is known to the rows after them.
      const rank = (row: ImportRow) => (row.kind === 'items' ? 0 : row.kind === 'snapshot' && row.system === 'erp' ? 1 : 2);
      const imports = importsWithWaitingRows(workbook, periodId)
        .map(({ import_id }) => importById(workbook, import_id)!)
        .sort((left, right) => rank(left) - rank(right) || left.import_id - right.import_id);
      for (const importRow of imports) {
        const result = replayImport(context, importRow, frame.value);
        total.tried += result.tried;
        total.written += result.written;
        total.stillWaiting += result.stillWaiting;
      }
      appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'quarantine.replay',
        periodId,
        subject: `period:${frame.value.code}`,
        detail: { ...total, imports: imports.map((row) => row.import_id) },
      });
      return done(total);
    });
  } catch (error) {
    if (error instanceof JobCancelled) return refused('cancelled', 'The replay was cancelled. The quarantine is as it was before.');
    throw error;
  }
}
