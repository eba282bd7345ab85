/**
 * What sources call items, locations and units of measure: how each name came to be known, and which imports used it.
 */
import type { SuggestionReason } from '@shared/domain/suggestions';
import type { ReadableWorkbook, WritableWorkbook } from '../workbook';

export type AliasKind = 'item' | 'location' | 'unit';
/** A person chose the target, took a suggestion by its reason, or a file that may create things spelled a path out. */
export type AliasOrigin = 'by_hand' | 'learnt_path' | SuggestionReason;

export interface AliasKey {
  readonly kind: AliasKind;
  readonly source: string;
  readonly alias: string;
}

/** How an alias came to be. */
export interface Acceptance {
  readonly how: AliasOrigin;
  readonly acceptedInstant: number;
  readonly acceptedBy: string;
}

export interface AliasRow extends AliasKey {
  /** The item's or location's number; the unit's word. */
  readonly target: number | string;
  /** SKU, code or unit. */
  readonly target_code: string;
  readonly how: AliasOrigin;
  readonly accepted_instant: number | null;
  readonly accepted_by: string;
}

/** Where the aliases of a kind are kept, and what they name. */
export const ALIAS_PLACES = {
  item: { table: 'item_aliases', target: 'item_id', code: '(SELECT sku FROM items t WHERE t.item_id = a.item_id)' },
  location: { table: 'location_aliases', target: 'location_id', code: '(SELECT code FROM locations t WHERE t.location_id = a.location_id)' },
  unit: { table: 'unit_aliases', target: 'unit', code: 'a.unit' },
} as const satisfies Record<AliasKind, unknown>;

const select = (kind: AliasKind): string => {
  const { table, target, code } = ALIAS_PLACES[kind];
  return `SELECT '${kind}' AS kind, a.source, a.alias, a.${target} AS target, ${code} AS target_code, a.how, a.accepted_instant, a.accepted_by FROM ${table} a`;
};

export const aliasesOf = (workbook: ReadableWorkbook, kind: AliasKind, source: string): AliasRow[] =>
  workbook.all(`${select(kind)} WHERE a.source = ?`, source);

export const findAlias = (workbook: ReadableWorkbook, { kind, source, alias }: AliasKey): AliasRow | undefined =>
  workbook.get(`${select(kind)} WHERE a.source = ? AND a.alias = ?`, source, alias);

export interface AliasFilter {
  readonly source: string | null;
  /** Part of the alias or of what it means, letters in any case; empty: all. */
  readonly text: string;
  /** Leaves out what was learnt from paths: there may be as many as items. */
  readonly acceptedOnly: boolean;
}

const FILTERED = `FROM (${(['item', 'location', 'unit'] as const).map(select).join(' UNION ALL ')})
  WHERE (@source IS NULL OR source = @source) AND (@acceptedOnly = 0 OR how <> 'learnt_path')
    AND (@text = '' OR instr(lower(alias || ' ' || target_code), lower(@text)) > 0)`;

const parametersOf = ({ source, text, acceptedOnly }: AliasFilter) => ({ source, text, acceptedOnly: acceptedOnly ? 1 : 0 });

/** The newest first, so that what was just accepted stands at the top. */
export const listAliasRows = (workbook: ReadableWorkbook, filter: AliasFilter, offset: number, limit: number): AliasRow[] =>
  workbook.all(
    `SELECT * ${FILTERED} ORDER BY accepted_instant IS NULL, accepted_instant DESC, source, kind, alias LIMIT @limit OFFSET @offset`,
    { ...parametersOf(filter), offset, limit },
  );

export const countAliases = (workbook: ReadableWorkbook, filter: AliasFilter): number =>
  Number(workbook.sum(`SELECT count(*) ${FILTERED}`, parametersOf(filter)));

/** Sets what a source calls an item, a location or a unit; answers the code it named before. */
export function setAlias(workbook: WritableWorkbook, key: AliasKey, target: number | string, acceptance: Acceptance): string | null {
  const { table, target: column } = ALIAS_PLACES[key.kind];
  const before = findAlias(workbook, key)?.target_code ?? null;
  workbook.run(
    `INSERT INTO ${table} (source, alias, ${column}, how, accepted_instant, accepted_by) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET ${column} = excluded.${column}, how = excluded.how, accepted_instant = excluded.accepted_instant,
       accepted_by = excluded.accepted_by`,
    key.source, key.alias, target, acceptance.how, acceptance.acceptedInstant, acceptance.acceptedBy,
  );
  return before;
}

export function deleteAlias(workbook: WritableWorkbook, { kind, source, alias }: AliasKey): void {
  const { changes } = workbook.run(`DELETE FROM ${ALIAS_PLACES[kind].table} WHERE source = ? AND alias = ?`, source, alias);
  if (changes !== 1) throw new Error(`no ${kind} alias ${alias} of ${source}`);
}

export const addAliasUse = (workbook: WritableWorkbook, importId: number, kind: AliasKind, alias: string): void => {
  workbook.run('INSERT INTO alias_uses (import_id, kind, alias) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', importId, kind, alias);
};

export const deleteAliasUse = (workbook: WritableWorkbook, importId: number, kind: AliasKind, alias: string): void => {
  workbook.run('DELETE FROM alias_uses WHERE import_id = ? AND kind = ? AND alias = ?', importId, kind, alias);
};

/** Names that an import was written by and that people took back or set anew after it was last replaced: the trail tells. */
export const namesChangedSinceReplaced = (
  workbook: ReadableWorkbook, { import_id, period_id, source }: { readonly import_id: number; readonly period_id: number; readonly source: string },
): Pick<AliasKey, 'kind' | 'alias'>[] =>
  workbook.all(
    `SELECT u.kind, u.alias FROM alias_uses u WHERE u.import_id = @importId AND EXISTS (
       SELECT 1 FROM audit_events e
       WHERE e.sequence > (SELECT max(r.sequence) FROM audit_events r
           WHERE r.period_id = @periodId AND r.subject = @subject AND r.action = 'import.superseded')
         AND e.action IN ('alias.takeBack', 'alias.set') AND json_extract(e.detail, '$.source') = @source
         AND json_extract(e.detail, '$.kind') = u.kind AND json_extract(e.detail, '$.alias') = u.alias)`,
    { importId: import_id, periodId: period_id, source, subject: `import:${import_id}` },
  );

export interface AliasUse {
  readonly import_id: number;
  readonly period_id: number;
  readonly period_code: string;
  readonly locked: 0 | 1;
  readonly kind: string;
  readonly file_name: string;
}

/** Imports that were written through an alias. */
export const usesOfAlias = (workbook: ReadableWorkbook, { kind, source, alias }: AliasKey): AliasUse[] =>
  workbook.all(
    `SELECT i.import_id, i.period_id, p.code AS period_code, p.state = 'locked' AS locked, i.kind, i.file_name
     FROM alias_uses u JOIN imports i USING (import_id) JOIN periods p USING (period_id)
     WHERE u.kind = ? AND u.alias = ? AND i.source = ? ORDER BY i.import_id`,
    kind, alias, source,
  );
