/**
 * Rows that an import passed over because another held them: where the other leaves the figures, they are read again
 * from the kept file and come in, so that nothing that a standing file says is lost.
 */
import type { UndoPreview } from '@shared/domain/import-life';
import { RowReader } from '../../../files/profiles/read-row';
import { WallClock } from '../../../files/wall-clock';
import { appendAudit } from '../../../workbook/audit';
import { addRowCounts, importById, listStandingImports, sourceFileBySha256, type ImportRow, type PeriodFrame } from '../../../workbook/tables/imports';
import { SAME_POSTING } from '../../../workbook/tables/movements';
import { passedOverRows, settleAsHeld, waitAgain } from '../../../workbook/tables/quarantine';
import { insertSteps, type NewStep } from '../../../workbook/tables/quarantine-steps';
import type { ReadableWorkbook } from '../../../workbook/workbook';
import { actorText, type ServiceContext } from '../../context';
import { Replay, tryRows, type Tried } from '../../quarantine/replay';
import { cellsOfRaw, matchOfDefinition, parseDefinition } from '../profiles/definition';
import { Identities } from '../identity';
import { openKeptFile } from '../loading/keep-file';
import { rowsAsKept } from './kept-rows';
import { parseKeptSummary } from './kept-summary';
import { Units } from '../units';
import { RowLedger } from '../loading/row-ledger';
import { verdictOf, writerFor } from '../loading/write-rows';
import { newTally } from '../writers/writer';

/** Kinds whose rows are passed over where another import holds them. */
const HELD_ONCE = { movements: 'movements', count: 'counts' } as const;

const CHECK_EVERY_ROWS = 2_000;

export type TakenIn = UndoPreview['takesIn'][number];

/** Whether rows of its file, as it was imported or later, were left to another import. */
const passedOver = (workbook: ReadableWorkbook, row: ImportRow): boolean =>
  row.rows_ignored > 0 &&
  ((parseKeptSummary(row)?.ignoredByReason.some(({ reason }) => reason === 'already_held') ?? true) ||
    workbook.get("SELECT 1 FROM audit_events WHERE period_id = ? AND subject = ? AND action = 'import.rowsPassedOver'", row.period_id, `import:${row.import_id}`) !== undefined);

/** Tries rows again that were mended when another import held them; those that it still holds stay passed over. */
function takeInMended(context: ServiceContext, frame: PeriodFrame, row: ImportRow): Tried {
  const { workbook } = context;
  const rows = passedOverRows(workbook, row.import_id);
  if (rows.length === 0) return { written: 0, passedOver: 0, steps: [], problems: new Map() };
  const replay = new Replay(context, importById(workbook, row.import_id)!, frame);
  for (const each of rows) waitAgain(workbook, each);
  addRowCounts(workbook, row.import_id, { accepted: 0, quarantined: rows.length, ignored: -rows.length });
  const tried = tryRows(replay, rows.map((each) => {
    const raw = each.corrected_text ?? each.raw_text;
    return { row: each, cells: cellsOfRaw(replay.definition, raw), raw };
  }));
  return { ...tried, steps: tried.steps.filter(({ step }) => step !== 'passed_over') };
}

async function takeIn(
  context: ServiceContext, frame: PeriodFrame, row: ImportRow, table: 'movements' | 'counts',
): Promise<TakenIn & { readonly steps: readonly NewStep[] }> {
  const { workbook, job } = context;
  const definition = parseDefinition(row.definition);
  const { profile, delimiter, locationCode } = definition;
  const match = matchOfDefinition(definition, row.header_row);
  const reader = new RowReader(match, {
    currency: frame.currency, clock: new WallClock(frame.timeZone), shortRowsAreWhole: delimiter === null, asOfInstant: row.as_of_instant, delimiter,
  });
  const identities = new Identities(workbook, profile.source, profile.identifiers, { acceptedInstant: context.now(), acceptedBy: actorText(context.actor) });
  const units = new Units(workbook, profile.source);
  const writer = writerFor({
    context, importId: row.import_id, frame, profile, locationCode, asOfInstant: row.as_of_instant, replay: false, load: undefined, tally: newTally(), identities, units,
  });
  const written = new Map(
    workbook
      .all<{ row_number: number; records: number }>(`SELECT row_number, count(*) AS records FROM ${table} WHERE import_id = ? GROUP BY row_number`, row.import_id)
      .map(({ row_number, records }) => [row_number, records]),
  );
  const quarantined = new Set(
    workbook.all<{ row_number: number }>('SELECT row_number FROM quarantine_rows WHERE import_id = ?', row.import_id).map((each) => each.row_number),
  );
  const ledger = new RowLedger(workbook, row.import_id);
  const file = await openKeptFile(sourceFileBySha256(workbook, row.sha256)!, { import: row, delimiter, timeZone: frame.timeZone });
  let seen = 0;
  for await (const each of rowsAsKept(file, row, definition, frame)) {
    if (each.rowNumber <= row.header_row || quarantined.has(each.rowNumber)) continue;
    const records = written.get(each.rowNumber);
    if (records === undefined) ledger.take(each, verdictOf(reader, writer, each));
    else {
      // Of a row that tells of several things, only those were written that nothing else held.
      const reading = reader.read(each.cells);
      if (reading.outcome !== 'read' || reading.records.length <= records) continue;
      workbook.run(`DELETE FROM ${table} WHERE import_id = ? AND row_number = ?`, row.import_id, each.rowNumber);
      verdictOf(reader, writer, each);
    }
    seen += 1;
    if (seen % CHECK_EVERY_ROWS === 0) {
      job.checkCancelled();
      job.progress(`Reading ${row.file_name} again`, seen, row.rows_read);
    }
  }
  identities.keepAliasUses(row.import_id);
  units.keepAliasUses(row.import_id);
  const { accepted, quarantined: bad } = ledger;
  addRowCounts(workbook, row.import_id, { accepted, quarantined: bad, ignored: -(accepted + bad) });
  const mended = takeInMended(context, frame, row);
  return {
    importId: row.import_id, fileName: row.file_name, accepted: accepted + mended.written, quarantined: bad + mended.problems.size, steps: mended.steps,
  };
}

/**
 * Takes in the rows of other standing imports that the one that left had kept out.
 *
 * @param leaving its kind; only movements and counts hold a row once
 * @param except the import that is being written in its place
 */
export async function takeInHeldRows(context: ServiceContext, frame: PeriodFrame, leaving: ImportRow, except: number | null): Promise<TakenIn[]> {
  const { workbook } = context;
  const { kind } = leaving;
  if (kind !== 'movements' && kind !== 'count') return [];
  const taken: TakenIn[] = [];
  const others = listStandingImports(workbook, frame.periodId).filter(
    (row) => row.kind === kind && row.import_id !== leaving.import_id && row.import_id !== except &&
      (passedOver(workbook, row) || passedOverRows(workbook, row.import_id).length > 0),
  );
  for (const row of others) {
    const { steps, ...each } = await takeIn(context, frame, row, HELD_ONCE[kind]);
    if (each.accepted + each.quarantined === 0) continue;
    taken.push(each);
    const sequence = appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'import.rowsTakenIn',
      periodId: frame.periodId,
      subject: `import:${row.import_id}`,
      detail: { fileName: row.file_name, accepted: each.accepted, quarantined: each.quarantined, heldBy: leaving.import_id },
    });
    insertSteps(workbook, sequence, steps);
  }
  return taken;
}

/** What makes two rows the same for the import that holds it: as the writers of the kinds have it. */
const SAME_ROW: Readonly<Record<'movements' | 'counts', string>> = {
  movements: [...SAME_POSTING, 'reference', 'reason'].map((column) => `o.${column} = r.${column}`).join(' AND '),
  counts: `r.sheet <> '' AND r.line <> '' AND ${['stock_key_id', 'sheet', 'line', 'count_no', 'bin', 'counted_instant'].map((column) => `o.${column} = r.${column}`).join(' AND ')}
    AND o.counted_scaled IS r.counted_scaled`,
};

/**
 * Passes rows of later imports over again that an import holds which came back; answers a sentence for each import.
 */
export function passOverRowsHeldBy(context: ServiceContext, frame: PeriodFrame, returned: ImportRow): string[] {
  const { workbook } = context;
  if (returned.kind !== 'movements' && returned.kind !== 'count') return [];
  const table = HELD_ONCE[returned.kind];
  const rowsOf = (importId: number) => new Set(workbook.column(`SELECT DISTINCT row_number FROM ${table} WHERE import_id = ?`, importId));
  return listStandingImports(workbook, frame.periodId)
    .filter((row) => row.kind === returned.kind && row.import_id > returned.import_id)
    .flatMap((row) => {
      const before = rowsOf(row.import_id);
      const { changes } = workbook.run(
        `DELETE FROM ${table} AS r WHERE r.import_id = ? AND EXISTS (SELECT 1 FROM ${table} o WHERE o.import_id = ? AND ${SAME_ROW[table]})`,
        row.import_id, returned.import_id,
      );
      if (changes === 0) return [];
      const left = rowsOf(row.import_id);
      const gone = [...before].filter((rowNumber) => !left.has(rowNumber));
      addRowCounts(workbook, row.import_id, { accepted: -gone.length, quarantined: 0, ignored: gone.length });
      const mended = gone.flatMap((rowNumber) => settleAsHeld(workbook, row.import_id, rowNumber) ?? []);
      const sequence = appendAudit(workbook, {
        atInstant: context.now(),
        actor: actorText(context.actor),
        action: 'import.rowsPassedOver',
        periodId: frame.periodId,
        subject: `import:${row.import_id}`,
        detail: { fileName: row.file_name, rows: gone.length, heldBy: returned.import_id },
      });
      insertSteps(workbook, sequence, mended.map((quarantineRowId) => (
        { quarantineRowId, step: 'passed_over', before: null, note: `Import ${returned.import_id} holds it again` }
      )));
      return [`${changes} rows of import ${row.import_id} (${row.file_name}) are held by import ${returned.import_id} again and count there.`];
    });
}
