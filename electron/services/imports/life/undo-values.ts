/**
 * Putting back what an import set: values of items and tags of lines, each told by the audit event of the change. A value
 * that somebody changed since stays as it is and is listed.
 */
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { parseInstant } from '@shared/domain/instant';
import type { Affected } from '@shared/domain/import-life';
import { formatUnitCost, parseUnitCost } from '@shared/domain/money';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import type { Owner } from '@shared/domain/tag';
import { appendAudit } from '../../../workbook/audit';
import { periodFrame, type ImportRow } from '../../../workbook/tables/imports';
import {
  itemById, listItemUnits, listKitParts, lockedPeriodOfItem, lockedPeriodReading, recipeSince, setItemUnit, setKitParts, updateItem, withdrawItemUnit, withdrawKitParts, type ItemChange,
  type ItemRow, type KitPart,
} from '../../../workbook/tables/items';
import type { ReadableWorkbook, WritableWorkbook } from '../../../workbook/workbook';
import { actorText, type ServiceContext } from '../../context';
import { readFigures, told, type ToldFigures, type ToldTag } from '../../tag-saver';
import { applyTag, currentTag } from '../../tags';

export interface Restored {
  readonly restored: Affected[];
  readonly left: Affected[];
}

interface ChangeEvent {
  readonly subject: string;
  readonly detail: string;
}

/** The changes that the import made, the latest first. */
const changesBy = (workbook: ReadableWorkbook, row: ImportRow, action: string): ChangeEvent[] =>
  workbook.all(
    `SELECT subject, detail FROM audit_events WHERE period_id = ? AND action = ? AND json_extract(detail, '$.importId') = ? ORDER BY sequence DESC`,
    row.period_id, action, row.import_id,
  );

type Told = Readonly<Record<string, CanonicalValue>>;

const numberOf = (subject: string): number => Number(subject.slice(subject.indexOf(':') + 1));
const equal = (left: CanonicalValue | undefined, right: CanonicalValue | undefined) => canonicalJson(left ?? null) === canonicalJson(right ?? null);
const worded = (value: CanonicalValue | undefined): string => (value === null || value === undefined || value === '' ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value));

const recipeOf = (parts: readonly KitPart[]) => parts.map((part) => [part.partItemId, formatQuantity(part.quantityScaled)]);

/** An item as the audit trail tells it. */
const toldItem = (row: ItemRow, parts: readonly KitPart[]): Told => ({
  name: row.name,
  barcode: row.barcode,
  category: row.category,
  uom: row.uom,
  packSize: row.pack_size_scaled === null ? null : formatQuantity(row.pack_size_scaled),
  tier: row.tier,
  unitCost: row.unit_cost_scaled === null ? null : formatUnitCost(row.unit_cost_scaled),
  kitOf: recipeOf(parts),
});

const text = (value: CanonicalValue | undefined) => (value === null || value === undefined ? null : String(value));
const scaled = (value: CanonicalValue | undefined, parse: (text: string) => number | undefined) => (typeof value === 'string' ? (parse(value) ?? null) : null);

/** How a told field of an item is set again. */
const SET_FIELD: Readonly<Record<string, (value: CanonicalValue | undefined) => ItemChange>> = {
  name: (value) => ({ name: text(value) ?? '' }),
  barcode: (value) => ({ barcode: text(value) }),
  category: (value) => ({ category: text(value) }),
  uom: (value) => ({ uom: text(value) ?? 'each' }),
  packSize: (value) => ({ pack_size_scaled: scaled(value, parseQuantity) }),
  tier: (value) => ({ tier: (text(value) ?? 'C') as ItemRow['tier'] }),
  unitCost: (value) => ({ unit_cost_scaled: scaled(value, parseUnitCost) }),
};

const partsOf = (value: CanonicalValue | undefined): KitPart[] =>
  ((value ?? []) as readonly (readonly [number, string])[]).map(([partItemId, quantity]) => ({ partItemId, quantityScaled: parseQuantity(quantity)! }));

/** Lets the recipe hold again that held before the file's own, from the same instant on. */
function restoreParts(workbook: WritableWorkbook, itemId: number, before: readonly KitPart[], fromInstant: number): void {
  withdrawKitParts(workbook, itemId, fromInstant);
  if (canonicalJson(recipeOf(listKitParts(workbook, itemId, fromInstant))) !== canonicalJson(recipeOf(before))) {
    setKitParts(workbook, itemId, before, fromInstant);
  }
}

function restorePackSize(workbook: WritableWorkbook, itemId: number, beforeScaled: number | null, fromInstant: number): void {
  withdrawItemUnit(workbook, itemId, 'case', fromInstant);
  const held = listItemUnits(workbook, itemId).find(({ unit, valid_from_instant }) => unit === 'case' && valid_from_instant <= fromInstant);
  if (beforeScaled !== null && held?.factor_scaled !== beforeScaled) setItemUnit(workbook, itemId, 'case', beforeScaled, fromInstant);
}

/** The locked period that a field of an item stands for, so that it stays. */
function lockedBy(workbook: WritableWorkbook, itemId: number, field: string, fromInstant: number): string | undefined {
  if (field === 'uom') return lockedPeriodOfItem(workbook, itemId);
  const since =
    field === 'kitOf' ? recipeSince(workbook, itemId, fromInstant)
    : field === 'packSize' ? listItemUnits(workbook, itemId).find(({ unit, valid_from_instant }) => unit === 'case' && valid_from_instant <= fromInstant)?.valid_from_instant
    : undefined;
  return since === undefined ? undefined : lockedPeriodReading(workbook, itemId, since);
}

/** Puts back what an items file set of items that were there before it. */
export function restoreItems(context: ServiceContext, row: ImportRow): Restored {
  const { workbook } = context;
  const fromInstant = periodFrame(workbook, row.period_id)!.startInstant;
  const result: Restored = { restored: [], left: [] };
  for (const { subject, detail } of changesBy(workbook, row, 'item.set')) {
    const itemId = numberOf(subject);
    const item = itemById(workbook, itemId);
    if (!item) continue;
    const { before, after } = JSON.parse(detail) as { readonly before: Told; readonly after: Told };
    const now = toldItem(item, listKitParts(workbook, itemId, fromInstant));
    let change: ItemChange = {};
    let parts: KitPart[] | undefined;
    for (const field of Object.keys(after).filter((each) => !equal(before[each], after[each]))) {
      const known = field === 'kitOf' || SET_FIELD[field] !== undefined;
      if (!known || !equal(now[field], after[field])) {
        result.left.push({ name: item.sku, note: `${field} was set to ${worded(after[field])} and is ${worded(now[field])} now: somebody changed it since` });
        continue;
      }
      const locked = lockedBy(workbook, itemId, field, fromInstant);
      if (locked !== undefined) {
        result.left.push({ name: item.sku, note: `${field} stays ${worded(after[field])}: ${locked} is locked and ${field === 'uom' ? 'counted in it' : 'read by it'}` });
        continue;
      }
      if (field === 'kitOf') parts = partsOf(before[field]);
      else change = { ...change, ...SET_FIELD[field]!(before[field]) };
      result.restored.push({ name: item.sku, note: `${field} is ${worded(before[field])} again, not ${worded(after[field])}` });
    }
    if (Object.keys(change).length === 0 && parts === undefined) continue;
    updateItem(workbook, itemId, change);
    if (parts) restoreParts(workbook, itemId, parts, fromInstant);
    if (change.pack_size_scaled !== undefined) restorePackSize(workbook, itemId, change.pack_size_scaled, fromInstant);
    appendAudit(workbook, {
      atInstant: context.now(),
      actor: actorText(context.actor),
      action: 'item.set',
      periodId: row.period_id,
      subject,
      detail: { sku: item.sku, before: now, after: toldItem(itemById(workbook, itemId)!, listKitParts(workbook, itemId, fromInstant)), undoneImportId: row.import_id },
    });
  }
  return result;
}

const lineName = (workbook: ReadableWorkbook, stockKeyId: number): string => {
  const row = workbook.get<{ sku: string; code: string }>(
    'SELECT i.sku, l.code FROM stock_keys k JOIN items i USING (item_id) JOIN locations l USING (location_id) WHERE k.stock_key_id = ?', stockKeyId,
  );
  return row ? `${row.sku} at ${row.code}` : `line ${stockKeyId}`;
};

const tagWords = (tag: ToldTag | null): string =>
  tag === null ? 'no reason, no owner' : [tag.reason ?? 'no reason', tag.owner ?? 'no owner', ...(tag.note === '' ? [] : [tag.note])].join(', ');

/** Puts back the tags that a tags file set. */
export function restoreTags(context: ServiceContext, row: ImportRow): Restored {
  const { workbook } = context;
  const result: Restored = { restored: [], left: [] };
  for (const { subject, detail } of changesBy(workbook, row, 'tag.set')) {
    const stockKeyId = numberOf(subject);
    const { before, after, figures } = JSON.parse(detail) as {
      readonly before: ToldTag | null; readonly after: ToldTag; readonly figures?: { readonly before: ToldFigures };
    };
    const standing = currentTag(workbook, row.period_id, stockKeyId);
    const now = standing && told(standing);
    const name = lineName(workbook, stockKeyId);
    if (!equal(now ?? null, after)) {
      result.left.push({ name, note: `is ${tagWords(now ?? null)}: somebody changed it since` });
      continue;
    }
    const change = {
      reason: before?.reason ?? null,
      owner: (before?.owner ?? null) as Owner | null,
      note: before?.note ?? '',
      dueInstant: before?.due == null ? null : parseInstant(before.due)!,
    };
    const applied = applyTag(context, { periodId: row.period_id, stockKeyId, change }, 'tag.undone', undefined, figures && readFigures(figures.before));
    if (applied.ok) result.restored.push({ name, note: `is ${tagWords(before)} again, not ${tagWords(after)}` });
    else result.left.push({ name, note: applied.message });
  }
  return result;
}
