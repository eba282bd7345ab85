/**
 * Replay: a period computed again from its stored source files and the decisions of the trail, in a workbook of its own, and held against
 * what the workbook holds.
 *
 * The importer and the engine are the ones that run every day; nothing that they compute is copied. What people gave and decided is taken
 * over and listed in the answer, as is what was not computed. It says that figures follow from files and decisions: whether these are
 * genuine is what seals, signatures and the trail's chain say.
 */
import { RULE_VERSION } from '@shared/domain/explanation/explain';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { REPLAY_DIFFERENCES_TOLD, REPLAY_PARTS, type ReplayAnswer } from '@shared/domain/replay';
import type { Period } from '@shared/contract/workbook';
import { chainHead } from '../../workbook/audit';
import { importById, listImports } from '../../workbook/tables/imports';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import type { ReadableWorkbook, SqliteWorkbook, SqlValue } from '../../workbook/workbook';
import type { Job } from '../context';
import { findPeriod, periodMissing } from '../periods';
import { needsReconciliation } from '../reconciliation/staleness';
import { workbookRow } from '../workbooks';
import { carryOver, carryOverTags } from './carry-over';
import { carryOutSteps, type Replaying } from './carry-out';
import { compareJournals } from './compare-journals';
import { compareNames } from './compare-names';
import { compareSection, Findings, type Sides, type Terms } from './compare';
import { behindLine, behindRecord } from './row-behind';
import { sectionsOf } from './sections';
import { inTemporaryWorkbook } from './temporary-workbook';
import { timelineOf } from './timeline';

export type ReplayFailure = 'period_missing' | 'not_reconciled' | 'workbook_changed';

interface ReplayRequest {
  readonly periodId: number;
  readonly differencesMax?: number;
}

/** What is handed to a replay: the workbook may be open for reading only, and nobody has to be known to it. */
export interface ReplayContext {
  readonly workbook: ReadableWorkbook;
  readonly now: () => number;
  readonly job: Job;
}

/** Evidence names rows by their import's number, which is the workbook's own. */
function translator(importIds: ReadonlyMap<number, number>): Sides['translated'] {
  const keptIds = new Map([...importIds].map(([kept, computed]) => [computed, kept]));
  const areSame = [...importIds].every(([kept, computed]) => kept === computed);
  if (areSame) return (_, value) => value;
  return (column, value) =>
    column === 'evidence' ? JSON.stringify((JSON.parse(value as string) as [number, number][]).map(([importId, row]) => [keptIds.get(importId) ?? importId, row])) : value;
}

function compareRows(kept: ReadableWorkbook, computed: SqliteWorkbook, period: Period, importIds: ReadonlyMap<number, number>, terms: Terms, findings: Findings, job: Job): void {
  const sections = sectionsOf(computed);
  const translated = translator(importIds);
  const imports = listImports(kept, period.periodId);
  for (const [index, row] of imports.entries()) {
    job.checkCancelled();
    job.progress('Comparing what was read', index, imports.length);
    for (const section of sections.filter(({ of }) => of === 'import')) {
      const behind = (record: Readonly<Record<string, SqlValue>>) => behindRecord(kept, row.import_id, record);
      const prefix = section.part === 'imports' ? '' : row.file_name;
      compareSection(section, { kept, computed, keptId: row.import_id, computedId: importIds.get(row.import_id), prefix, terms, translated, behind }, findings, job);
    }
  }
  const ofPeriod = sections.filter(({ of }) => of === 'period');
  for (const [index, section] of ofPeriod.entries()) {
    job.checkCancelled();
    job.progress('Comparing what was computed', index, ofPeriod.length);
    const behind: Sides['behind'] = (record, column) => behindLine(kept, period.periodId, record, column);
    compareSection(section, { kept, computed, keptId: period.periodId, computedId: period.periodId, prefix: '', terms, translated, behind }, findings, job);
  }
}

const rulesOfLines = (workbook: ReadableWorkbook, periodId: number): string =>
  workbook.get<{ rule_version: string }>('SELECT rule_version FROM lines WHERE period_id = ? LIMIT 1', periodId)?.rule_version ?? '';

/** In one sentence: how much was computed, and what came of it. */
function sentence(period: Period, findings: Findings): string {
  const rows = findings.parts.reduce((sum, { kept }) => sum + kept, 0);
  const lines = findings.parts.find(({ part }) => part === 'lines');
  const computed = `${period.code} computed again from its source files: ${plural(lines?.computed ?? 0, 'line')}, ${plural(rows, 'row')} compared`;
  return findings.differencesInAll === 0 ? `${computed}, all the same.` : `${computed}, ${plural(findings.differencesInAll, 'difference')}.`;
}

async function replayInto(context: ReplayContext, computed: SqliteWorkbook, folder: string, period: Period, differencesMax: number): Promise<ReplayAnswer> {
  const { workbook: kept, job } = context;
  const { periodId } = period;
  const findings = new Findings(differencesMax);
  const { steps, lastSequence } = timelineOf(kept, periodId);
  const carried = carryOver(kept, computed);
  const replaying: Replaying = {
    kept, folder, periodId, importIds: new Map(), sources: new Map(), context: { workbook: computed, job, now: context.now, actor: { name: 'Tieout', email: '' } },
  };
  const differing = await carryOutSteps(replaying, steps);
  const { importIds, sources } = replaying;
  findings.tally('sources', { kept: sources.size });
  for (const [sha256, found] of sources) {
    if (found === sha256) findings.tally('sources', { computed: 1, same: 1 });
    else findings.differ({ part: 'sources', key: kept.get<{ file_name: string }>('SELECT file_name FROM source_files WHERE sha256 = ?', sha256)?.file_name ?? sha256, column: 'sha256', kept: sha256, computed: found });
  }
  findings.tally('steps', { kept: steps.length, computed: steps.length - differing.length, same: steps.length - differing.length });
  for (const { importId, ...each } of differing) {
    const row = importId === null ? undefined : importById(kept, importId);
    findings.differ({ ...each, key: row ? `${each.key} (${row.file_name})` : each.key });
  }
  const { time_zone: timeZone } = workbookRow(kept);
  const terms = { currency: period.currency, timeZone };
  const ofPeriod = new Map(listImports(kept, periodId).flatMap(({ import_id }): [number, number][] => {
    const computedId = importIds.get(import_id);
    return computedId === undefined ? [] : [[import_id, computedId]];
  }));
  compareNames(kept, computed, ofPeriod, lastSequence, findings);
  compareRows(kept, computed, period, importIds, terms, findings, job);
  const tags = carryOverTags(kept, computed, periodId);
  const notComputed = compareJournals(kept, computed, periodId, terms, findings);
  const parts = REPLAY_PARTS.flatMap((part) => findings.parts.find((each) => each.part === part && each.kept + each.computed > 0) ?? []);
  return {
    periodCode: period.code,
    same: findings.differencesInAll === 0,
    message: sentence(period, findings),
    rulesKept: rulesOfLines(kept, periodId),
    rulesComputed: `${RULE_VERSION} rules ${ruleSetFor(kept, period.code).ruleSetId}`,
    parts,
    differences: [...findings.differences],
    differencesInAll: findings.differencesInAll,
    carriedOver: [...carried, { name: 'lines with a reason, an owner or a note', rows: tags }].filter(({ rows }) => rows > 0),
    notComputed: [
      'Signatures, approvals, notes, attachments, checks by people and the audit trail: they are what people did, and verification looks at them.',
      ...notComputed,
    ],
  };
}

/**
 * Computes a period again and holds it against what is kept. Writes nothing to the workbook; the folder that it works in is gone
 * afterwards, also where it is cancelled or fails.
 *
 * Refusals: `period_missing`; `not_reconciled`, where the lines do not stand for what the workbook holds; `workbook_changed`, where
 * somebody worked on meanwhile.
 *
 * @throws JobCancelled
 */
export async function replayPeriod(context: ReplayContext, { periodId, differencesMax = REPLAY_DIFFERENCES_TOLD }: ReplayRequest): Promise<Outcome<ReplayAnswer, ReplayFailure>> {
  const period = findPeriod(context.workbook, periodId);
  if (!period) return periodMissing(periodId);
  if (needsReconciliation(context.workbook, period)) {
    return refused('not_reconciled', `${period.code} has changed since it was reconciled, or never was: its lines do not stand for its files. Run the reconciliation, then compute it again.`);
  }
  const before = chainHead(context.workbook);
  const answer = await inTemporaryWorkbook(context.now(), ({ workbook, folder }) => replayInto(context, workbook, folder, period, differencesMax));
  // No transaction is held over it all: it would keep whoever opens the file next from writing.
  if (chainHead(context.workbook).hash === before.hash) return done(answer);
  return refused('workbook_changed', `The workbook changed while ${period.code} was computed: what was kept and what was computed may be of two states. Compute it again.`);
}
