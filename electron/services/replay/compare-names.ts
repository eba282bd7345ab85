/**
 * What the names meant that rows of a period were read by: as the workbook has it now, against what the trail's decisions and the files come to.
 */
import type { ReadableWorkbook } from '../../workbook/workbook';
import type { Findings } from './compare';

interface NameRow {
  readonly kind: string;
  readonly source: string;
  readonly alias: string;
  readonly target: string | null;
}

const USED = `SELECT u.kind, m.source, u.alias, CASE u.kind
    WHEN 'item' THEN (SELECT i.sku FROM item_aliases a JOIN items i USING (item_id) WHERE a.source = m.source AND a.alias = u.alias)
    WHEN 'location' THEN (SELECT l.code FROM location_aliases a JOIN locations l USING (location_id) WHERE a.source = m.source AND a.alias = u.alias)
    ELSE (SELECT a.unit FROM unit_aliases a WHERE a.source = m.source AND a.alias = u.alias) END AS target
  FROM alias_uses u JOIN imports m USING (import_id) WHERE u.import_id IN (SELECT value FROM json_each(?)) GROUP BY u.kind, m.source, u.alias`;

const keyOf = ({ kind, source, alias }: NameRow): string => JSON.stringify([kind, source, alias]);
const namesUsed = (workbook: ReadableWorkbook, importIds: readonly number[]): Map<string, NameRow> =>
  new Map(workbook.all<NameRow>(USED, JSON.stringify(importIds)).map((row) => [keyOf(row), row]));

/** Names that were given another meaning, or taken back, after the period was done with: what they mean today says nothing of it. */
const changedSince = (kept: ReadableWorkbook, sequence: number): ReadonlySet<string> =>
  new Set(
    kept
      .all<NameRow>(
        `SELECT json_extract(detail, '$.kind') AS kind, json_extract(detail, '$.source') AS source, json_extract(detail, '$.alias') AS alias
         FROM audit_events WHERE action IN ('alias.set', 'alias.takeBack') AND sequence > ?`,
        sequence,
      )
      .map(keyOf),
  );

/** @param lastSequence the last event that moved the period */
export function compareNames(
  kept: ReadableWorkbook, computed: ReadableWorkbook, importIds: ReadonlyMap<number, number>, lastSequence: number, findings: Findings,
): void {
  const keptNames = namesUsed(kept, [...importIds.keys()]);
  const computedNames = namesUsed(computed, [...importIds.values()]);
  const changed = changedSince(kept, lastSequence);
  findings.tally('names', { kept: keptNames.size, computed: computedNames.size });
  for (const [key, row] of new Map([...computedNames, ...keptNames])) {
    const then = keptNames.get(key);
    const now = computedNames.get(key);
    if (then && now && (then.target === now.target || changed.has(key))) {
      findings.tally('names', { same: 1 });
      continue;
    }
    const written = (name: NameRow | undefined) => (name === undefined ? 'not used' : (name.target ?? 'nothing'));
    findings.differ({ part: 'names', key: `${row.kind} ${row.alias} of ${row.source}`, column: 'means', kept: written(then), computed: written(now) });
  }
}
