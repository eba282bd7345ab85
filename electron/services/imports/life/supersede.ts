/**
 * Replacing an import by a corrected file: which one a file could take the place of, and doing it.
 *
 * The old import's rows leave the figures before the new ones are written, so that none of these is passed over as held
 * already; both are one transaction. Files of items and of reasons set values and hold no rows of their own: a corrected
 * one is imported beside the old and sets the values again, each change told in the audit trail.
 */
import type { ImportFailure } from '@shared/domain/import';
import type { Difference, Replaceable } from '@shared/domain/import-difference';
import { formatInstant } from '@shared/domain/instant';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import type { System } from '@shared/domain/states';
import type { HeaderMatch } from '../../../files/profiles/recognise';
import { appendAudit } from '../../../workbook/audit';
import { importById, listStandingImports, setImportState, setSupersededImport, supersederOf, type ImportRow, type PeriodFrame } from '../../../workbook/tables/imports';
import type { ReadableWorkbook } from '../../../workbook/workbook';
import { actorText, type ServiceContext } from '../../context';
import { parseDefinition } from '../profiles/definition';
import type { Extent } from '../extent';
import { clearFigures, collectFigures, keepDifference } from './figures';
import { takeInHeldRows } from './held-rows';
import type { Identities } from '../identity';
import { journalsRestingOn } from './resting-journals';
import { withdrawRows } from './withdraw';

/** The file that would take the place of an import, as far as it was looked at. */
export interface Replacing {
  readonly match: HeaderMatch;
  readonly sheet: string | null;
  readonly locationCode: string | null;
}

type ReplaceFailure = Extract<ImportFailure, 'import_unknown' | 'import_not_standing' | 'not_replaceable' | 'journal_rests_on_it'>;

/** Whether both files are the same report: only then one can take the other's place. */
function sameReport(row: ImportRow, { match: { profile }, sheet, locationCode }: Replacing): boolean {
  return (
    row.kind === profile.kind && row.source === profile.source && row.sheet === sheet &&
    parseDefinition(row.definition).locationCode === locationCode &&
    (row.system === null || profile.system === null || row.system === profile.system)
  );
}

const setsValues = (row: Pick<ImportRow, 'kind'>) => row.kind === 'items' || row.kind === 'tags';

/** The import that a person named to be replaced, where it can be. */
export function importToReplace(
  workbook: ReadableWorkbook,
  frame: PeriodFrame,
  importId: number,
  fileName: string,
  replacing: Replacing,
): Outcome<ImportRow, ReplaceFailure> {
  const row = importById(workbook, importId);
  if (!row || row.period_id !== frame.periodId) {
    return refused('import_unknown', `Import ${importId} is not in period ${frame.code}. List its imports, and name one of them.`);
  }
  if (row.state !== 'standing') {
    const by = supersederOf(workbook, importId);
    const how = row.state === 'undone' ? 'was undone' : `was replaced by import ${by?.import_id ?? '?'}`;
    return refused('import_not_standing', `Import ${importId} (${row.file_name}) ${how} already. ${by ? `Replace import ${by.import_id} instead.` : 'Import the file without replacing.'}`);
  }
  if (setsValues(row)) {
    const what = row.kind === 'items' ? 'values of items' : 'reasons and owners of lines';
    return refused('not_replaceable', `Import ${importId} (${row.file_name}) set ${what}; it holds no rows that could be taken out. Import the corrected file beside it: it sets them again. Or undo import ${importId} first.`);
  }
  if (!sameReport(row, replacing)) {
    return refused('not_replaceable', `${fileName} is no later state of import ${importId} (${row.file_name}): kind, source, sheet or location differ. Import it beside, or undo import ${importId} first.`);
  }
  const journals = journalsRestingOn(workbook, row);
  if (journals.length > 0) {
    return refused('journal_rests_on_it', `Import ${importId} (${row.file_name}) cannot be replaced: ${journals.map(({ name, note }) => `${name} ${note}`).join(' ')}`);
  }
  return done(row);
}

interface HeldExtent {
  readonly first: number | null;
  readonly last: number | null;
}

const SPAN: Readonly<Record<string, string>> = {
  snapshot: 'SELECT min(as_of_instant) AS first, max(as_of_instant) AS last FROM snapshots WHERE import_id = ?',
  movements: 'SELECT min(posted_instant) AS first, max(posted_instant) AS last FROM movements WHERE import_id = ?',
  count: 'SELECT min(counted_instant) AS first, max(counted_instant) AS last FROM counts WHERE import_id = ?',
};

const LOCATIONS: Readonly<Record<string, string>> = Object.fromEntries(
  [['snapshot', 'snapshots'], ['count', 'counts']].map(([kind, table]) => [
    kind,
    `SELECT DISTINCT k.location_id FROM ${table} r JOIN stock_keys k USING (stock_key_id) WHERE r.import_id = ?`,
  ]),
);

const inside = <Member>(some: ReadonlySet<Member>, all: ReadonlySet<Member>) => [...some].every((member) => all.has(member));
const meets = <Member>(one: ReadonlySet<Member>, other: ReadonlySet<Member>) => [...one].some((member) => other.has(member));

/** Whether the two speak of the same instant, stretch of time or sheets, and the sentence that says so. */
function howTheyMeet(
  workbook: ReadableWorkbook,
  frame: PeriodFrame,
  row: ImportRow,
  extent: Extent,
  locationIds: ReadonlySet<number>,
  heldRows: number,
): { readonly isProposed: boolean; readonly why: string } {
  const day = (instant: number) => formatInstant(instant, frame.timeZone).slice(0, 10);
  const held: HeldExtent = SPAN[row.kind] ? workbook.get<HeldExtent>(SPAN[row.kind]!, row.import_id)! : { first: null, last: null };
  const between = (first: number, last: number) => (day(first) === day(last) ? day(first) : `${day(first)} to ${day(last)}`);
  const { firstInstant: first, lastInstant: last } = extent;
  const known = held.first !== null && held.last !== null && first !== null && last !== null;
  const spans = known ? `It is of ${between(held.first, held.last)}, this file of ${between(first, last)}` : 'Both are the same report';
  const place = (): boolean => {
    const held = new Set(workbook.all<{ location_id: number }>(LOCATIONS[row.kind]!, row.import_id).map((each) => each.location_id));
    return meets(held, locationIds);
  };
  switch (row.kind) {
    case 'snapshot': {
      const sameDay = known && day(first) <= day(held.last) && day(held.first) <= day(last);
      return { isProposed: sameDay && place(), why: `${spans}.` };
    }
    case 'movements': {
      const contains = known && ((first >= held.first && last <= held.last) || (held.first >= first && held.last <= last));
      return { isProposed: contains && heldRows > 0, why: `${spans}; ${heldRows} rows of this file are held already.` };
    }
    case 'count': {
      const sheets = new Set(workbook.all<{ sheet: string }>("SELECT DISTINCT sheet FROM counts WHERE import_id = ? AND sheet <> ''", row.import_id).map((each) => each.sheet));
      const share = meets(sheets, extent.sheets) && (inside(sheets, extent.sheets) || inside(extent.sheets, sheets));
      const unnumbered = sheets.size === 0 && extent.sheets.size === 0 && place();
      return { isProposed: share || unnumbered, why: share ? `Both hold the same count sheets.` : `${spans}.` };
    }
    case 'trial_balance':
      return { isProposed: true, why: `Both are the trial balance of ${frame.code}.` };
    case 'ledger_entries':
      // Each file of journals is a file of its own: only a person knows which one it corrects.
      return { isProposed: false, why: `Both are ledger entries of ${frame.code}.` };
    case 'items':
    case 'tags':
      return { isProposed: false, why: '' };
  }
}

/** The standing imports of the same report in whose place a file could be written, the likeliest first. */
export function replaceableImports(
  workbook: ReadableWorkbook,
  frame: PeriodFrame,
  replacing: Replacing,
  written: { readonly lastImportId: number; readonly extent: Extent; readonly identities: Identities; readonly systems: readonly System[]; readonly heldRows: number },
): Replaceable[] {
  const { extent, identities, systems } = written;
  const candidates = listStandingImports(workbook, frame.periodId).filter(
    (row) =>
      row.import_id <= written.lastImportId && !setsValues(row) && sameReport(row, replacing) &&
      (row.system === null || systems.length !== 1 || row.system === systems[0]),
  );
  if (candidates.length === 0) return [];
  const names = replacing.locationCode === null ? [...extent.locations] : [replacing.locationCode];
  const locationIds = new Set(names.map((name) => identities.location(name)).flatMap((found) => (found.found ? [found.id] : [])));
  return candidates
    .map((row) => ({
      importId: row.import_id,
      fileName: row.file_name,
      importedInstant: row.imported_instant,
      rowsAccepted: row.rows_accepted,
      ...howTheyMeet(workbook, frame, row, extent, locationIds, written.heldRows),
    }))
    .sort((left, right) => Number(right.isProposed) - Number(left.isProposed) || right.importId - left.importId);
}

/** Takes the old import's rows out of the figures; the new one is written after that. */
export function beginReplacement(context: ServiceContext, frame: PeriodFrame, old: ImportRow): void {
  const { workbook, job } = context;
  clearFigures(workbook);
  collectFigures(workbook, 'before', old.kind, [old.import_id], frame.cutOffInstant);
  withdrawRows(workbook, old.import_id, job);
}

/** Says of both imports what became of them, and answers what the new one says other than the old. */
export async function finishReplacement(context: ServiceContext, frame: PeriodFrame, old: ImportRow, importId: number, fileName: string): Promise<Difference> {
  const { workbook } = context;
  const why = `Replaced by import ${importId}, ${fileName}`;
  setImportState(workbook, old.import_id, { state: 'superseded', atInstant: context.now(), by: actorText(context.actor), why });
  setSupersededImport(workbook, importId, old.import_id);
  collectFigures(workbook, 'after', old.kind, [importId], frame.cutOffInstant);
  const difference = keepDifference(workbook, importId, frame.currency);
  const takenIn = await takeInHeldRows(context, frame, old, importId);
  appendAudit(workbook, {
    atInstant: context.now(),
    actor: actorText(context.actor),
    action: 'import.superseded',
    periodId: frame.periodId,
    subject: `import:${old.import_id}`,
    detail: {
      fileName: old.file_name,
      byImport: importId,
      byFileName: fileName,
      before: 'standing',
      after: 'superseded',
      added: difference.counts.added,
      removed: difference.counts.removed,
      changed: difference.counts.changed,
      takenIn: takenIn.map(({ importId: other, accepted, quarantined }) => [other, accepted, quarantined]),
    },
  });
  return difference;
}
