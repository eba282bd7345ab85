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
import type { RowProblem } from '../../files/profiles/read-row';
import { openTable } from '../../files/readers/table';
import { appendAudit } from '../../workbook/audit';
import {
  countDataRowsOn, dataRowsOn, deleteAlias, deleteAliasUse, deleteDataRow, findAlias, usesOfAlias, type AliasRow, type AliasUse,
} from '../../workbook/tables/aliases';
import { addRowCounts, importById, periodFrame, sourceFileBySha256 } from '../../workbook/tables/imports';
import { itemById } from '../../workbook/tables/items';
import { findStockKey } from '../../workbook/tables/locations';
import { insertQuarantineRow, quarantineRowOf, waitAgain } from '../../workbook/tables/quarantine';
import { insertSteps, type NewStep } from '../../workbook/tables/quarantine-steps';
import type { SqliteWorkbook } from '../../workbook/workbook';
import { actorText, JobCancelled, type ServiceContext } from '../context';
import { cellsOfRaw, matchOfDefinition, parseDefinition } from '../imports/definition';
import { Identities } from '../imports/identity';
import { keptSource } from '../imports/keep-file';
import { inLongTransaction } from '../imports/long-transaction';
import type { QuarantineOutcome } from './selection';

const CHECK_EVERY_ROWS = 2_000;

/** The data rows of one import that may have been written through the names. */
interface Candidates {
  readonly use: AliasUse;
  /** By row number, the key the row stands on. */
  readonly keys: Map<number, number>;
  readonly unitAliases: Set<string>;
}

const nameOf = ({ kind, source, alias }: AliasKey) => `${kind} ${alias} of ${source}`;

/** Resolves the rows of one import without the names that were taken back. */
class RowsWithoutNames {
  readonly definition;
  readonly #identities: Identities;
  readonly #places: { readonly sku: number; readonly location: number; readonly uom: number };

  constructor(
    readonly context: ServiceContext,
    readonly candidates: Candidates,
  ) {
    const { workbook } = context;
    const row = importById(workbook, candidates.use.import_id)!;
    this.definition = parseDefinition(row.definition);
    const { profile } = this.definition;
    const { matched } = matchOfDefinition(this.definition, row.header_row);
    const place = (field: string) => matched.find(({ column }) => column.field === field)?.index ?? -1;
    this.#places = { sku: place('sku'), location: place('location'), uom: place('uom') };
    this.#identities = new Identities(workbook, profile.source, profile.identifiers, { acceptedInstant: context.now(), acceptedBy: actorText(context.actor) });
  }

  /** Why the row no longer stands on its key; undefined where it does. */
  problemOf(rowNumber: number, cells: readonly string[]): RowProblem | undefined {
    const text = (place: number) => (cells[place] ?? '').trim();
    const stockKeyId = this.candidates.keys.get(rowNumber)!;
    const locationText = this.#places.location < 0 ? (this.definition.locationCode ?? '') : text(this.#places.location);
    const item = this.#identities.item(text(this.#places.sku));
    if (!item.found) return item.problem;
    const location = this.#identities.location(locationText);
    if (!location.found) return location.problem;
    if (findStockKey(this.context.workbook, item.id, location.id) !== stockKeyId) {
      const subject = text(this.#places.sku);
      return { reason: 'unknown_item', subject, detail: `"${subject}" at "${locationText}" means another item or location now.` };
    }
    const unit = text(this.#places.uom);
    if (unit === '' || !this.candidates.unitAliases.has(normaliseIdentifier(unit))) return undefined;
    const { sku } = itemById(this.context.workbook, item.id)!;
    return { reason: 'unknown_unit', subject: unknownUnitSubject(unit, sku), detail: `What "${unit}" means was taken back.` };
  }
}

function candidatesOf(workbook: SqliteWorkbook, aliases: readonly AliasRow[]): Candidates[] {
  const byImport = new Map<number, Candidates>();
  for (const alias of aliases) {
    for (const use of usesOfAlias(workbook, alias)) {
      if (use.locked === 1) continue;
      const held = byImport.get(use.import_id) ?? { use, keys: new Map<number, number>(), unitAliases: new Set<string>() };
      byImport.set(use.import_id, held);
      for (const row of dataRowsOn(workbook, use, alias.kind, alias.target)) held.keys.set(row.row_number, row.stock_key_id);
      if (alias.kind === 'unit') held.unitAliases.add(normaliseIdentifier(alias.alias));
    }
  }
  return [...byImport.values()];
}

/** The candidate rows as they were read: from the quarantine where they passed through it, else from the kept file. */
async function* cellsOfCandidates(context: ServiceContext, rows: RowsWithoutNames): AsyncGenerator<{ readonly rowNumber: number; readonly cells: readonly string[]; readonly raw: string }> {
  const { workbook } = context;
  const { use, keys } = rows.candidates;
  const fromFile = new Set<number>();
  for (const rowNumber of keys.keys()) {
    const waited = quarantineRowOf(workbook, use.import_id, rowNumber);
    if (waited) yield { rowNumber, cells: cellsOfRaw(rows.definition, waited.corrected_text ?? waited.raw_text), raw: waited.raw_text };
    else fromFile.add(rowNumber);
  }
  if (fromFile.size === 0) return;
  const importRow = importById(workbook, use.import_id)!;
  const kept = sourceFileBySha256(workbook, importRow.sha256)!;
  const { timeZone } = periodFrame(workbook, importRow.period_id)!;
  const { delimiter } = rows.definition;
  const table = await openTable(keptSource(kept), { timeZone, ...(delimiter !== null && { delimiter }) });
  for await (const row of table.rows(importRow.sheet ?? undefined)) {
    if (fromFile.has(row.rowNumber)) yield row;
  }
}

interface ImportReturned {
  readonly use: AliasUse;
  readonly rows: number;
  readonly steps: readonly NewStep[];
}

async function returnRows(context: ServiceContext, candidates: Candidates, note: string): Promise<ImportReturned> {
  const { workbook, job } = context;
  const { use } = candidates;
  const rows = new RowsWithoutNames(context, candidates);
  const steps: NewStep[] = [];
  let seen = 0;
  for await (const { rowNumber, cells, raw } of cellsOfCandidates(context, rows)) {
    seen += 1;
    if (seen % CHECK_EVERY_ROWS === 0) {
      job.checkCancelled();
      job.progress(`Looking through ${use.file_name}`, seen, candidates.keys.size);
    }
    const problem = rows.problemOf(rowNumber, cells);
    if (!problem) continue;
    deleteDataRow(workbook, use, rowNumber);
    const waited = quarantineRowOf(workbook, use.import_id, rowNumber);
    if (waited) waitAgain(workbook, waited, problem);
    const quarantineRowId =
      waited?.quarantine_row_id ?? insertQuarantineRow(workbook, { import_id: use.import_id, row_number: rowNumber, raw_text: raw, ...problem });
    steps.push({ quarantineRowId, step: 'taken_back', before: null, note });
  }
  addRowCounts(workbook, use.import_id, { accepted: -steps.length, quarantined: steps.length, ignored: 0 });
  return { use, rows: steps.length, steps };
}

async function takeBack(context: ServiceContext, { aliases: keys, why }: TakeBackRequest): Promise<QuarantineOutcome<TakeBackResult>> {
  const { workbook } = context;
  const aliases: AliasRow[] = [];
  for (const key of keys) {
    const alias = findAlias(workbook, key);
    if (!alias) return refused('alias_unknown', `Nothing is kept of the ${nameOf(key)}. Read the list of names again.`);
    aliases.push(alias);
  }
  let rowsLocked = 0;
  for (const alias of aliases) {
    for (const use of usesOfAlias(workbook, alias)) if (use.locked === 1) rowsLocked += countDataRowsOn(workbook, use, alias.kind, alias.target);
  }
  const candidates = candidatesOf(workbook, aliases);
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
  for (const each of candidates) returned.push(await returnRows(context, each, note));
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
  return done({
    aliases: aliases.length,
    rowsReturned: returned.reduce((sum, { rows }) => sum + rows, 0),
    rowsLocked,
    byImport: returned
      .filter(({ rows }) => rows > 0)
      .map(({ use, rows }) => ({ importId: use.import_id, fileName: use.file_name, periodCode: use.period_code, rows })),
  });
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
