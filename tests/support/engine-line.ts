/** Lines for unit tests of the engine: a mug at Portland in October 2026, and whatever the test says of it. */
import { explainLine } from '@shared/domain/explanation/explain';
import type { LineCase, LineName } from '@shared/domain/explanation/line-case';
import { comparePostings } from '@shared/domain/explanation/events';
import { wordsFor } from '@shared/domain/explanation/words';
import { HOUR_MS, parseInstant } from '@shared/domain/instant';
import { formatQuantity, parseQuantity } from '@shared/domain/quantity';
import type { MovementType, System } from '@shared/domain/states';
import type { Posting, VarianceKind } from '@shared/domain/variance';

export const PORTLAND: LineName = { stockKeyId: 1, itemId: 1, sku: 'MUG', locationId: 1, location: 'Portland' };
export const RENO: LineName = { stockKeyId: 2, itemId: 1, sku: 'MUG', locationId: 2, location: 'Reno' };
export const CUP: LineName = { stockKeyId: 3, itemId: 2, sku: 'CUP', locationId: 1, location: 'Portland' };
export const KIT: LineName = { stockKeyId: 4, itemId: 3, sku: 'GIFT-SET', locationId: 1, location: 'Portland' };

/** `10-31 22:10` in UTC; the cut-off is 11-01 00:00. */
export function at(text: string): number {
  const instant = parseInstant(`2026-${text.replace(' ', 'T')}Z`);
  if (instant === undefined) throw new Error(`no instant: ${text}`);
  return instant;
}

export const CUT_OFF = at('11-01 00:00');

export const units = (text: string | number): number => {
  const scaled = parseQuantity(String(text));
  if (scaled === undefined) throw new Error(`no quantity: ${text}`);
  return scaled;
};

let rowNumber = 0;

/** A posting of one system: `posting('erp', 'shipment', 'SO-1', 2, '10-31 22:10', '11-01 08:00')`. */
export function posting(
  system: System,
  type: MovementType,
  document: string,
  quantity: number | string,
  occurred: string,
  posted = occurred,
  more: Partial<Posting> = {},
): Posting {
  rowNumber += 1;
  return {
    importId: 1,
    rowNumber,
    system,
    type,
    document,
    line: '',
    stockKeyId: PORTLAND.stockKeyId,
    quantityScaled: units(quantity),
    occurredInstant: at(occurred),
    postedInstant: at(posted),
    reference: '',
    reason: '',
    ...more,
  };
}

/** How far a system reaches that posts these types. */
export const reaching = (until: string, ...types: MovementType[]) => ({
  coveredTypes: new Set(types),
  reachInstant: at(until),
});

const SILENT = { coveredTypes: new Set<MovementType>(), reachInstant: null };

/** A line of the mug at Portland; every system is silent and every variance unknown until the test says otherwise. */
export function lineOf(facts: Partial<LineCase>): LineCase {
  return {
    ...PORTLAND,
    packSizeScaled: null,
    startInstant: at('10-01 00:00'),
    cutOffInstant: CUT_OFF,
    windowMs: 48 * HOUR_MS,
    transferWindowMs: 48 * HOUR_MS,
    settledBeforeInstant: null,
    heldBy: { on_hand: 'erp', committed: 'storefront', reserved: 'erp', damaged: 'erp', quarantined: 'erp' },
    storefront: null,
    identityScaled: null,
    names: new Map([RENO, CUP, KIT].map((name) => [name.stockKeyId, name])),
    elsewhere: [],
    countVarianceOf: () => null,
    inboundTransfers: [],
    kits: [],
    parts: [],
    counted: [],
    countedInstant: null,
    sheets: new Map(),
    previous: null,
    words: wordsFor('UTC'),
    ...facts,
    postings: [...(facts.postings ?? [])].sort(comparePostings),
    reach: { erp: SILENT, storefront: SILENT, warehouse: SILENT, ...facts.reach },
    variances: { count: null, channel: null, ledger: null, ...facts.variances },
  };
}

/** `posted_later -2 [SO-1]` for each component, `residual 0` at the end. */
export function told(kind: VarianceKind, line: LineCase): readonly string[] {
  const variance = explainLine(line).find((each) => each.kind === kind);
  if (!variance) return [];
  return [
    ...variance.components.map(
      ({ cause, quantityScaled, suggested, documents }) =>
        `${cause}${suggested ? '?' : ''} ${formatQuantity(quantityScaled)} [${documents.join(' ')}]`,
    ),
    `residual ${formatQuantity(variance.residualScaled)}`,
  ];
}
/** The sentence of the first component. */
export const sentence = (kind: VarianceKind, line: LineCase) =>
  explainLine(line).find((each) => each.kind === kind)!.components[0]!.sentence;

/** Every system posts shipments; the ERP reaches until the given time, the others into November. */
export const shipments = (erpUntil: string) => ({
  erp: reaching(erpUntil, 'shipment', 'receipt'),
  warehouse: reaching('11-05 00:00', 'shipment', 'receipt'),
  storefront: reaching('11-05 00:00', 'order'),
});
