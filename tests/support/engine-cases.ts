/** Lines as a month leaves them, made by chance that a seed repeats: for properties that must hold on very many of them. */
import type { CountedRow, LineCase, SystemReach } from '@shared/domain/explanation/line-case';
import { HOUR_MS } from '@shared/domain/instant';
import { EFFECTS, MOVEMENT_TYPES, SYSTEMS, type MovementType, type System } from '@shared/domain/states';
import type { Posting } from '@shared/domain/variance';
import { Chance } from '../bench/truth/chance';
import { at, CUP, CUT_OFF, KIT, lineOf, PORTLAND, RENO, units } from './engine-line';

const START = at('10-01 00:00');
const HOURS = (CUT_OFF - START) / HOUR_MS;
const POSTERS: Readonly<Partial<Record<MovementType, readonly System[]>>> = {
  order: ['storefront', 'erp'], cancellation: ['storefront', 'erp'], adjustment: ['erp', 'storefront'], refund: ['storefront'],
  return_received: ['warehouse', 'erp'], return_scrapped: ['warehouse', 'erp'], count_post: ['erp'],
};
const ALL_POST: readonly System[] = ['warehouse', 'erp', 'storefront'];

function postingsOf(chance: Chance, event: number): Posting[] {
  const type = chance.pick(MOVEMENT_TYPES);
  const root = `D-${chance.maybe(15) ? event - 1 : event}`;
  const occurred = START + chance.int(1, HOURS + 30) * HOUR_MS;
  const quantityScaled = chance.maybe(3) ? chance.int(1, 90_000) : units(chance.int(1, 24));
  const isOwnNumbering = chance.maybe(20);
  return (POSTERS[type] ?? ALL_POST).flatMap((system): Posting[] => {
    if (chance.maybe(8)) return [];
    const posting: Posting = {
      importId: 1 + SYSTEMS.indexOf(system),
      rowNumber: event * 10 + chance.int(2, 9),
      system,
      type,
      document: isOwnNumbering ? `${system}-${event}` : root,
      line: chance.maybe(30) ? '' : String(chance.int(1, 2)),
      stockKeyId: PORTLAND.stockKeyId,
      quantityScaled: (chance.maybe(5) ? quantityScaled * 12 : chance.maybe(5) ? quantityScaled + units(1) : quantityScaled) * (type === 'adjustment' && chance.maybe(50) ? -1 : 1),
      occurredInstant: occurred,
      postedInstant: occurred + chance.int(0, chance.maybe(10) ? 90 : 20) * HOUR_MS,
      reference: type === 'transfer_out' ? 'Reno' : isOwnNumbering || chance.maybe(30) ? root : '',
      reason: '',
    };
    if (chance.maybe(5)) return [posting, { ...posting, postedInstant: posting.postedInstant + HOUR_MS }];
    if (chance.maybe(5) && posting.quantityScaled > 10_000)
      return [{ ...posting, quantityScaled: posting.quantityScaled - 10_000 }, { ...posting, quantityScaled: 10_000, document: `${posting.document}b`, reference: root }];
    return [posting];
  });
}

function countedRows(chance: Chance): CountedRow[] {
  const first = chance.int(0, 300);
  return Array.from({ length: chance.int(1, 3) }, (_none, index) => ({
    importId: 9,
    rowNumber: index + 2,
    sheet: `S-${index}`,
    line: String(index),
    bin: '',
    countedScaled: units(index > 0 && chance.maybe(40) ? first : chance.int(0, 300)),
    countedInstant: CUT_OFF + chance.int(-12, 12) * HOUR_MS,
  }));
}

const COVERED = new Set(MOVEMENT_TYPES);
const SALES_ONLY: ReadonlySet<MovementType> = new Set(['order', 'cancellation', 'shipment', 'refund']);

/** The line of a seed: events of three systems with what goes wrong among them, and variances that they mostly make up. */
export function lineOfSeed(seed: number): LineCase {
  const chance = new Chance(seed);
  const postings = Array.from({ length: chance.int(0, 4) }, (_none, event) => postingsOf(chance, event + 1)).flat();
  const elsewhere = postings
    .filter(() => chance.maybe(8))
    .map((posting) => ({ ...posting, rowNumber: posting.rowNumber + 5_000, stockKeyId: chance.pick([RENO, CUP]).stockKeyId, system: chance.pick(SYSTEMS) }));
  const inboundTransfers = postings
    .filter((posting) => posting.type === 'transfer_in' && chance.maybe(80))
    .map((posting) => ({ ...posting, type: 'transfer_out' as const, rowNumber: posting.rowNumber + 9_000, stockKeyId: RENO.stockKeyId, reference: 'Portland' }));
  const reach = (system: System): SystemReach => ({
    coveredTypes: system === 'storefront' && seed % 3 === 0 ? SALES_ONLY : COVERED,
    reachInstant: CUT_OFF + chance.int(-4, 90) * HOUR_MS,
  });
  const shelf = (system: System, instantOf: (posting: Posting) => number) =>
    postings
      .filter((posting) => posting.system === system && instantOf(posting) <= CUT_OFF)
      .reduce((sum, posting) => sum + (EFFECTS[posting.type].on_hand ?? 0) * posting.quantityScaled, 0);
  const counted = countedRows(chance);
  // Lost, found, a row written in packs of twelve, or one counted twice.
  const lost = () => (chance.maybe(5) ? -11 * counted[0]!.countedScaled : chance.maybe(5) ? counted.at(-1)!.countedScaled : chance.maybe(40) ? units(chance.int(-20, 20)) : 0);
  return lineOf({
    packSizeScaled: chance.pick([null, units(1), units(12)]),
    settledBeforeInstant: chance.maybe(30) ? START - 48 * HOUR_MS : null,
    transferWindowMs: chance.pick([24, 48, 96]) * HOUR_MS,
    heldBy: { on_hand: 'erp', committed: chance.pick(['erp', 'storefront', null] as const), reserved: 'erp', damaged: 'erp', quarantined: chance.pick(['erp', null] as const) },
    reach: { erp: reach('erp'), storefront: reach('storefront'), warehouse: reach('warehouse') },
    storefront: { importId: 8, rowNumber: 2, quantityScaled: units(chance.int(0, 99)), asOfInstant: CUT_OFF + chance.int(-6, 6) * HOUR_MS },
    identityScaled: units(chance.int(0, 99)),
    variances: {
      count: chance.maybe(10) ? null : shelf('warehouse', (posting) => posting.occurredInstant) - shelf('erp', (posting) => posting.postedInstant) + lost(),
      channel: chance.maybe(10) ? null : units(chance.int(-30, 30)),
      ledger: chance.maybe(60) ? null : lost(),
    },
    postings,
    elsewhere,
    inboundTransfers,
    countVarianceOf: (stockKeyId) => (seed % 4 === 0 ? null : stockKeyId === RENO.stockKeyId ? 0 : units(3)),
    kits: chance.maybe(20)
      ? [{ sku: KIT.sku, recipes: [{ validFromInstant: 0, partsPerKitScaled: units(2) }], postings: postings.slice(0, 2).map((posting) => ({ ...posting, type: 'shipment', stockKeyId: KIT.stockKeyId })) }]
      : [],
    counted,
    sheets: new Map([['S-0', { countedRows: 4, zeroRowsWithStock: chance.int(0, 4), sameAs: chance.maybe(30) ? ['S-1'] : [] }]]),
    previous: chance.maybe(20) ? { code: '2026-09', ageDays: 3, residuals: { count: units(-3), channel: null, ledger: null } } : null,
  });
}
