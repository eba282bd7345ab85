/**
 * Carries the steps of the trail out again, each through the service that carried it out the first time, as the same person at the same
 * instant. What is refused now although it was done then is a difference, told with the refusal.
 */
import { TEXT_ENCODINGS } from '@shared/domain/import';
import type { Outcome } from '@shared/domain/outcome';
import type { Tier } from '@shared/domain/terms';
import { insertCountSheet, voidSheet, type CountSheetRow } from '../../workbook/tables/count-sheets';
import { importById } from '../../workbook/tables/imports';
import { writeClosings } from '../../workbook/tables/closings';
import type { AliasKey, AliasOrigin } from '../../workbook/tables/aliases';
import type { QuarantineStepName } from '../../workbook/tables/quarantine-steps';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { type Actor, JobCancelled, type ServiceContext } from '../context';
import { commitImport, undoImport } from '../imports';
import { cellsOfRaw, parseDefinition } from '../imports/profiles/definition';
import { setLocationCurrency } from '../location-currency';
import { addTarget, correctRow, ignoreRows, mapAlias, replaceValue, replayQuarantine, restoreRows, setUnit, takeBackAliases } from '../quarantine';
import { reconcilePeriod } from '../reconciliation/reconcile';
import { setItemTier } from '../rules/item-tier';
import { carryOverPlaces, carryOverRiskWindows, stockKeyIn } from './carry-over';
import { layOut } from './kept-sources';
import type { TrailStep } from './timeline';

/** A step or a file that did not come out as it was kept. */
export interface StepDifference {
  readonly part: 'sources' | 'steps';
  readonly key: string;
  readonly column: string;
  readonly kept: string;
  readonly computed: string;
  readonly importId: number | null;
}

/** Both workbooks while the steps are carried out. */
export interface Replaying {
  readonly kept: ReadableWorkbook;
  /** The computed workbook, with the job of the caller. */
  readonly context: ServiceContext;
  readonly folder: string;
  /** The period that is asked for: it gets its closing and stays open, so that what people gave its lines can follow. */
  readonly periodId: number;
  /** Numbers of imports in the computed workbook by those in the kept one. */
  readonly importIds: Map<number, number>;
  /** Kept hashes of the files that were read, and what was found. */
  readonly sources: Map<string, string>;
}

type Carried = Outcome<unknown, string> | undefined;

/** What the trail's `Name <e-mail>` says. */
export function actorOf(text: string): Actor {
  const [, name, email] = /^(.*) <([^<>]*)>$/.exec(text) ?? [];
  return name === undefined ? { name: text, email: '' } : { name, email: email! };
}

const text = (step: TrailStep, field: string): string => String(step.detail[field] ?? '');
const optionalText = (step: TrailStep, field: string): string | null => (step.detail[field] as string | null | undefined) ?? null;
const importIdOf = (step: TrailStep): number => Number(step.subject.slice('import:'.length));
const failed = (message: string): Carried => ({ ok: false, failure: 'not_carried_out', message });

async function importAgain({ kept, context, folder, importIds, sources }: Replaying, step: TrailStep): Promise<Carried> {
  const importId = importIdOf(step);
  const row = importById(kept, importId);
  if (!row) return failed(`Import ${importId} is not in the workbook.`);
  const source = layOut(kept, context.workbook, folder, row.sha256, row.file_name);
  sources.set(row.sha256, source.found);
  if (source.filePath === undefined) return failed(`${row.file_name}: its bytes are ${source.found}.`);
  const { profile, locationCode } = parseDefinition(row.definition);
  const supersedes = step.detail['supersedes'] as number | null | undefined;
  const encoding = TEXT_ENCODINGS.find((each) => each === row.encoding);
  const written = await commitImport(context, {
    filePath: source.filePath,
    fileName: row.file_name,
    periodId: row.period_id,
    mapping: profile,
    ...(row.sheet !== null && { sheet: row.sheet }),
    ...(row.as_of_instant !== null && { asOfInstant: row.as_of_instant }),
    ...(locationCode !== null && { locationCode }),
    ...(row.sheet === null && encoding !== undefined && { encoding }),
    ...(supersedes !== null && supersedes !== undefined && { supersedesImportId: importIds.get(supersedes) ?? -1 }),
  });
  if (written.ok) importIds.set(importId, written.value.importId);
  return written;
}

/** The rows that a step of the trail moved, by their numbers in the computed workbook. */
function rowsMoved({ kept, context, importIds }: Replaying, sequences: readonly number[], moves: readonly QuarantineStepName[]): number[] {
  return kept
    .all<{ import_id: number; row_number: number }>(
      `SELECT DISTINCT q.import_id, q.row_number FROM quarantine_steps s JOIN quarantine_rows q USING (quarantine_row_id)
       WHERE s.sequence IN (SELECT value FROM json_each(?)) AND s.step IN (SELECT value FROM json_each(?)) ORDER BY q.import_id, q.row_number`,
      JSON.stringify(sequences), JSON.stringify(moves),
    )
    .flatMap(({ import_id, row_number }) => rowIn(context.workbook, importIds.get(import_id), row_number) ?? []);
}

const rowIn = (computed: ReadableWorkbook, importId: number | undefined, rowNumber: number): number | undefined =>
  importId === undefined
    ? undefined
    : computed.get<{ quarantine_row_id: number }>('SELECT quarantine_row_id FROM quarantine_rows WHERE import_id = ? AND row_number = ?', importId, rowNumber)?.quarantine_row_id;

function correctAgain(replaying: Replaying, step: TrailStep): Carried {
  const { kept, context, importIds } = replaying;
  const row = importById(kept, importIdOf(step));
  const rowNumber = step.detail['rowNumber'] as number;
  const quarantineRowId = row && rowIn(context.workbook, importIds.get(row.import_id), rowNumber);
  if (!row || quarantineRowId === undefined) return failed(`Row ${rowNumber} of ${row?.file_name ?? step.subject} is not in the quarantine.`);
  return correctRow(context, { quarantineRowId, cells: cellsOfRaw(parseDefinition(row.definition), text(step, 'after')), why: text(step, 'why') });
}

/** Sheets as they were given out: what is on them was chosen by people, and printed. */
function issueAgain({ kept, context: { workbook } }: Replaying, step: TrailStep): Carried {
  for (const number of step.detail['sheets'] as readonly string[]) {
    const sheet = kept.get<CountSheetRow & { code: string }>('SELECT s.*, l.code FROM count_sheets s JOIN locations l USING (location_id) WHERE s.number = ?', number);
    const location = sheet && workbook.get<{ location_id: number }>('SELECT location_id FROM locations WHERE code = ?', sheet.code);
    if (!sheet || !location) return failed(`Count sheet ${number} is not in the workbook, or its location is not known.`);
    const lines = kept.all<{ line: number; bin: string; sku: string; code: string }>(
      `SELECT n.line, n.bin, i.sku, l.code FROM count_sheet_lines n JOIN stock_keys k USING (stock_key_id) JOIN items i USING (item_id)
         JOIN locations l USING (location_id) WHERE n.count_sheet_id = ? ORDER BY n.line`,
      sheet.count_sheet_id,
    );
    const known = lines.map(({ line, bin, sku, code }) => ({ line, bin, stockKeyId: stockKeyIn(workbook, sku, code) }));
    if (known.some(({ stockKeyId }) => stockKeyId === undefined)) return failed(`Count sheet ${number} names lines that no file brought.`);
    const { period_id, first_count_no, choice, exported_to, issued_instant, issued_by } = sheet;
    insertCountSheet(
      workbook, { period_id, number, location_id: location.location_id, first_count_no, choice, exported_to, issued_instant, issued_by },
      known.map(({ line, bin, stockKeyId }) => ({ line, bin, stockKeyId: stockKeyId! })),
    );
  }
  return undefined;
}

function voidAgain({ context: { workbook } }: Replaying, step: TrailStep): Carried {
  const number = step.subject.slice(step.subject.indexOf(':') + 1);
  const sheet = workbook.get<{ count_sheet_id: number }>('SELECT count_sheet_id FROM count_sheets WHERE number = ?', number);
  if (!sheet) return failed(`Count sheet ${number} was never given out.`);
  voidSheet(workbook, sheet.count_sheet_id, step.at_instant, step.actor, text(step, 'why') || 'void');
  return undefined;
}

function lockAgain({ context: { workbook }, periodId }: Replaying, { period_id, at_instant }: TrailStep): Carried {
  writeClosings(workbook, period_id!);
  if (period_id !== periodId) workbook.run(`UPDATE periods SET state = 'locked', locked_instant = ? WHERE period_id = ?`, at_instant, period_id);
  return undefined;
}

/** One step with those beside it that one action made together. */
type CarryOut = (replaying: Replaying, step: TrailStep, together: readonly TrailStep[]) => Carried | Promise<Carried>;

const aliasKeyOf = (step: TrailStep): AliasKey => ({ kind: text(step, 'kind') as AliasKey['kind'], source: text(step, 'source'), alias: text(step, 'alias') });
const sequencesOf = (steps: readonly TrailStep[]): number[] => steps.map(({ sequence }) => sequence);

const BY_ACTION: Readonly<Record<string, CarryOut>> = {
  'import.commit': importAgain,
  'import.undone': ({ context, importIds }, step) => undoImport(context, { importId: importIds.get(importIdOf(step)) ?? -1, why: text(step, 'why') }),
  'alias.set': ({ context }, step) => mapAlias(context, { ...aliasKeyOf(step), targetCode: text(step, 'after') }, (optionalText(step, 'how') ?? 'by_hand') as AliasOrigin),
  'alias.takeBack': ({ context }, step, together) => takeBackAliases(context, { aliases: together.map(aliasKeyOf), why: text(step, 'why') }),
  'item.add': ({ context }, step) => {
    const added = step.detail['after'] as { readonly name: string; readonly uom: string };
    return addTarget(context, { kind: 'item', source: text(step, 'source'), alias: text(step, 'alias'), code: text(step, 'code'), name: added.name, unit: added.uom });
  },
  'location.add': ({ context }, step) => {
    const added = step.detail['after'] as { readonly name: string; readonly currency?: string };
    return addTarget(context, { kind: 'location', source: text(step, 'source'), alias: text(step, 'alias'), code: text(step, 'code'), name: added.name, unit: 'each' }, added.currency ?? null);
  },
  'location.setCurrency': ({ context }, step) =>
    setLocationCurrency(context, { location: step.subject.slice('location:'.length), currency: (step.detail['after'] as { readonly currency: string }).currency, why: text(step, 'why') }),
  'item.setUnit': ({ context }, step) => setUnit(context, { periodId: step.period_id!, itemCode: text(step, 'sku'), unit: text(step, 'unit'), factor: text(step, 'after') }),
  'item.setTier': ({ context }, step) => setItemTier(context, text(step, 'sku'), (step.detail['after'] as { readonly tier: Tier }).tier, text(step, 'why')),
  'quarantine.replay': ({ context }, step) => replayQuarantine(context, step.period_id!),
  'quarantine.correct': correctAgain,
  'quarantine.replace': (replaying, step, together) =>
    replaceValue(replaying.context, {
      rows: { quarantineRowIds: rowsMoved(replaying, sequencesOf(together), ['written', 'passed_over', 'corrected']) },
      column: text(step, 'column'), from: optionalText(step, 'before'), to: text(step, 'after'), why: text(step, 'why'),
    }),
  'quarantine.ignore': (replaying, step, together) =>
    ignoreRows(replaying.context, { rows: { quarantineRowIds: rowsMoved(replaying, sequencesOf(together), ['ignored']) }, why: text(step, 'why') }),
  'quarantine.restore': (replaying, step, together) =>
    restoreRows(replaying.context, { quarantineRowIds: rowsMoved(replaying, sequencesOf(together), ['brought_back']), why: text(step, 'why') }),
  'countSheet.issue': issueAgain,
  'countSheet.void': voidAgain,
  'reconciliation.run': ({ kept, context }, step) => {
    carryOverPlaces(kept, context.workbook);
    carryOverRiskWindows(kept, context.workbook);
    return reconcilePeriod(context, step.period_id!);
  },
  'period.lock': lockAgain,
};

/** Steps that one action of a person made together follow each other and say the same. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  'alias.takeBack': ['why'],
  'quarantine.replace': ['column', 'before', 'after', 'why'],
  'quarantine.ignore': ['why'],
  'quarantine.restore': ['why'],
};

function together(steps: readonly TrailStep[], index: number): readonly TrailStep[] {
  const first = steps[index]!;
  const fields = TOGETHER[first.action];
  if (!fields) return [first];
  const isSame = (step: TrailStep) =>
    step.action === first.action && step.actor === first.actor && step.period_id === first.period_id && fields.every((field) => step.detail[field] === first.detail[field]);
  const end = steps.findIndex((step, at) => at > index && !(isSame(step) && step.sequence === steps[at - 1]!.sequence + 1));
  return steps.slice(index, end < 0 ? steps.length : end);
}

/** What a step was, for whoever reads that it came out differently. */
const nameOf = ({ sequence, action, subject }: TrailStep): string => `event ${sequence}, ${action} ${subject}`;

/** A step that a damaged workbook breaks is told like one that is refused; only the wish to stop goes on. */
async function outcomeOf(work: () => Carried | Promise<Carried>): Promise<Carried> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof JobCancelled) throw error;
    return failed((error as Error).message);
  }
}

/**
 * Carries out every step in its order.
 *
 * @returns the steps that did not come out as they did then
 * @throws JobCancelled
 */
export async function carryOutSteps(replaying: Replaying, steps: readonly TrailStep[]): Promise<StepDifference[]> {
  const { job } = replaying.context;
  const differences: StepDifference[] = [];
  for (let index = 0; index < steps.length;) {
    job.checkCancelled();
    job.progress('Computing again', index, steps.length);
    const step = steps[index]!;
    const group = together(steps, index);
    const ofStep: Replaying = { ...replaying, context: { ...replaying.context, actor: actorOf(step.actor), now: () => step.at_instant } };
    const outcome = await outcomeOf(() => BY_ACTION[step.action]!(ofStep, step, group));
    // A service answers a wish to stop as a refusal; here it ends the whole.
    job.checkCancelled();
    if (outcome?.ok === false) {
      const importId = step.subject.startsWith('import:') ? importIdOf(step) : null;
      differences.push({ part: 'steps', key: nameOf(step), column: '', kept: 'carried out', computed: outcome.message, importId });
    }
    index += group.length;
  }
  return differences;
}
