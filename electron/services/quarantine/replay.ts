/**
 * Tries rows of the quarantine again, through the reader and the writer that their import had.
 */
import type { QuarantineReason } from '@shared/domain/import';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import type { ReplayResult } from '@shared/domain/quarantine';
import { done, refused } from '@shared/domain/outcome';
import { RowReader, type RowProblem } from '../../files/profiles/read-row';
import { WallClock } from '../../files/wall-clock';
import { appendAudit } from '../../workbook/audit';
import { findAlias } from '../../workbook/tables/aliases';
import { addRowCounts, importById, setImportSystem, type ImportRow, type PeriodFrame } from '../../workbook/tables/imports';
import {
  importsWithWaitingRows, settleRow, updateReason, waitingRowsOfImport, type QuarantineTableRow,
} from '../../workbook/tables/quarantine';
import { insertSteps, type NewStep } from '../../workbook/tables/quarantine-steps';
import { inTransaction, type ReadableWorkbook } from '../../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from '../context';
import { matchOfDefinition, parseDefinition, type ImportDefinition } from '../imports/profiles/definition';
import { Identities } from '../imports/identity';
import { mappingFor } from '../imports/mend';
import { Units } from '../imports/units';
import { verdictOf, writerFor } from '../imports/loading/write-rows';
import { newTally, type RowToWrite, type RowWriter, type Tally, type Verdict } from '../imports/writers/writer';
import { cellsOf, openFrame, type QuarantineOutcome } from './selection';

const CHECK_EVERY_ROWS = 500;

/** An import whose rows are tried again, with what reads and writes them. */
export class Replay {
  readonly definition: ImportDefinition;
  readonly #reader: RowReader;
  readonly #writer: RowWriter;
  readonly #identities: Identities;
  readonly #units: Units;
  readonly #tally: Tally = newTally();

  constructor(
    readonly context: ServiceContext,
    readonly row: ImportRow,
    readonly frame: PeriodFrame,
  ) {
    const { workbook } = context;
    this.definition = parseDefinition(row.definition);
    const { profile, delimiter, locationCode } = this.definition;
    this.#reader = new RowReader(matchOfDefinition(this.definition, row.header_row), {
      currency: frame.currency,
      clock: new WallClock(frame.timeZone),
      shortRowsAreWhole: delimiter === null,
      asOfInstant: row.as_of_instant,
      delimiter,
    });
    const learnt = { acceptedInstant: context.now(), acceptedBy: actorText(context.actor) };
    this.#identities = new Identities(workbook, profile.source, profile.identifiers, learnt);
    this.#units = new Units(workbook, profile.source);
    this.#writer = writerFor({
      context,
      importId: row.import_id,
      frame,
      profile,
      identities: this.#identities,
      units: this.#units,
      asOfInstant: row.as_of_instant,
      locationCode,
      replay: true,
      load: undefined,
      tally: this.#tally,
    });
  }

  try(rowNumber: number, cells: readonly string[], raw: string): Verdict {
    return verdictOf(this.#reader, this.#writer, { rowNumber, cells, raw });
  }

  finish(): Iterable<{ readonly row: RowToWrite; readonly verdict: Verdict }> {
    return this.#writer.finish();
  }

  /** Brings the import's counters, its names and its system up to what was written. */
  close(by: { readonly accepted: number; readonly quarantined: number; readonly ignored: number }): void {
    const { workbook } = this.context;
    addRowCounts(workbook, this.row.import_id, by);
    this.#identities.keepAliasUses(this.row.import_id);
    this.#units.keepAliasUses(this.row.import_id);
    const others = [...this.#tally.systems].filter((system) => system !== this.row.system);
    if (others.length === 0) return;
    const onlyOne = this.row.system === null && this.row.rows_accepted === 0 && others.length === 1;
    setImportSystem(workbook, this.row.import_id, onlyOne ? others[0]! : null);
  }
}

/** A waiting row with the cells it is tried with. */
export interface Attempt {
  readonly row: QuarantineTableRow;
  readonly cells: readonly string[];
  readonly raw: string;
  /** A person's correction, which the row's history tells; undefined where the row is tried as it stands. */
  readonly correction?: { readonly why: string };
}

export interface Tried {
  readonly written: number;
  readonly passedOver: number;
  /** For the audit event that tells of the attempt. */
  readonly steps: readonly NewStep[];
  /** Why rows still wait, by their number. */
  readonly problems: ReadonlyMap<number, RowProblem>;
}

const waitsFor = (reason: QuarantineReason, subject: string) => `${QUARANTINE_REASON_WORDS[reason]}${subject === '' ? '' : ` ${subject}`}`;

/** What mended a row: what its unknown name was said to mean; null where it was something else. */
function mendedBy(workbook: ReadableWorkbook, source: string, { reason, subject }: QuarantineTableRow): string | null {
  const kind = mappingFor(reason);
  if (kind === null) return null;
  const target = findAlias(workbook, { kind, source, alias: subject })?.target_code;
  return target === undefined ? `${subject} is known now` : `is ${target}`;
}

/** Tries rows of one import and settles those that can be written; the others keep what now stands in their way. */
export function tryRows(replay: Replay, attempts: readonly Attempt[]): Tried {
  const { workbook, job } = replay.context;
  const attemptOf = new Map(attempts.map((attempt) => [attempt.row.row_number, attempt]));
  const steps: NewStep[] = [];
  const problems = new Map<number, RowProblem>();
  let written = 0;
  let passedOver = 0;
  const settle = (rowNumber: number, verdict: Verdict) => {
    if (verdict.verdict === 'deferred') return;
    const { row, raw, correction } = attemptOf.get(rowNumber)!;
    const quarantineRowId = row.quarantine_row_id;
    const step = (name: NewStep['step'], note: string) => steps.push({ quarantineRowId, step: name, before: row, note });
    if (verdict.verdict === 'bad') {
      const { problem } = verdict;
      problems.set(rowNumber, problem);
      const changed = problem.reason !== row.reason || problem.subject !== row.subject;
      if (changed || problem.detail !== row.detail) updateReason(workbook, quarantineRowId, problem);
      if (correction) step('corrected', `Reads ${raw}; waits for: ${waitsFor(problem.reason, problem.subject)}`);
      else if (changed) step('reason_changed', `Waits for: ${waitsFor(problem.reason, problem.subject)}`);
      return;
    }
    if (verdict.verdict === 'ignored') {
      settleRow(workbook, quarantineRowId, 'ignored', 'held already');
      step('passed_over', 'The period holds it already');
      passedOver += 1;
      return;
    }
    const note = correction ? `${correction.why} (written as: ${raw})` : mendedBy(workbook, replay.definition.profile.source, row);
    settleRow(workbook, quarantineRowId, 'replayed', note);
    if (correction) step('corrected', `Written as ${raw}`);
    else step('written', note ?? '');
    written += 1;
  };
  for (const [index, { row, cells, raw }] of attempts.entries()) {
    settle(row.row_number, replay.try(row.row_number, cells, raw));
    if ((index + 1) % CHECK_EVERY_ROWS === 0) {
      job.checkCancelled();
      job.progress('Replaying rows', index + 1, attempts.length);
    }
  }
  for (const { row, verdict } of replay.finish()) settle(row.rowNumber, verdict);
  replay.close({ accepted: written, quarantined: -(written + passedOver), ignored: passedOver });
  return { written, passedOver, steps, problems };
}

interface ImportReplayed {
  readonly result: ReplayResult;
  readonly steps: readonly NewStep[];
}

/** Tries the waiting rows of one import again. */
function replayImport(context: ServiceContext, importRow: ImportRow, frame: PeriodFrame): ImportReplayed {
  const replay = new Replay(context, importRow, frame);
  const waiting = waitingRowsOfImport(context.workbook, importRow.import_id);
  const attempts = waiting.map((row) => ({ row, cells: cellsOf(replay.definition, row), raw: row.corrected_text ?? row.raw_text }));
  const { written, passedOver, steps } = tryRows(replay, attempts);
  return { result: { tried: attempts.length, written, stillWaiting: waiting.length - written - passedOver }, steps };
}

/** Turns a cancelled job into a refusal; what it wrote is rolled back by its transaction. */
export function refusingCancelled<T>(work: () => QuarantineOutcome<T>): QuarantineOutcome<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof JobCancelled) return refused('cancelled', 'It was cancelled. The quarantine is as it was before.');
    throw error;
  }
}

/** Tries every waiting row of a period again; those whose problem is solved are written into their import. */
export function replayQuarantine(context: ServiceContext, periodId: number): QuarantineOutcome<ReplayResult> {
  const { workbook } = context;
  return refusingCancelled(() =>
    inTransaction(workbook, (): QuarantineOutcome<ReplayResult> => {
      const frame = openFrame(workbook, periodId);
      if (!frame.ok) return frame;
      const total = { tried: 0, written: 0, stillWaiting: 0 };
      // Items first and ERP before the others, so that what they create is known to the rows after them.
      const rank = (row: ImportRow) => (row.kind === 'items' ? 0 : row.kind === 'snapshot' && row.system === 'erp' ? 1 : 2);
      const imports = importsWithWaitingRows(workbook, periodId)
        .map(({ import_id }) => importById(workbook, import_id)!)
        .sort((left, right) => rank(left) - rank(right) || left.import_id - right.import_id);
      const steps: NewStep[] = [];
      for (const importRow of imports) {
        const { result, steps: ofImport } = replayImport(context, importRow, frame.value);
        total.tried += result.tried;
        total.written += result.written;
        total.stillWaiting += result.stillWaiting;
        for (const step of ofImport) steps.push(step);
      }
      const sequence = appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'quarantine.replay',
        periodId,
        subject: `period:${frame.value.code}`,
        detail: { ...total, imports: imports.map((row) => row.import_id) },
      });
      insertSteps(workbook, sequence, steps);
      return done(total);
    }),
  );
}
