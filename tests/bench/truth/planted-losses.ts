/** Troubles that nobody posted: on the shelf, on the count sheet, or in a figure that somebody changed by hand. */
import { placeKey } from './facts';
import { linesOfSheets } from './files';
import type { Planting } from './planting';

type Plant = (planting: Planting) => void;

const lost = (cause: string, sign: 1 | -1): Plant => (planting) => {
  const line = planting.freshCount();
  planting.lose(line, cause, sign * planting.chance.int(1, 14), null);
};

/** Somebody typed another figure into the storefront, which no file tells. */
const editedStorefront: Plant = (planting) => {
  const line = planting.line();
  const quantity = planting.chance.pick([-7, -5, -4, 4, 5, 7, 9]);
  planting.edits.push({ ...placeOf(line), quantity, at: planting.settled(), system: 'storefront' });
  planting.undocumented.push({ ...placeOf(line), kind: 'channel', quantity, cause: 'storefront edited', pattern: null });
};

/** The ERP's figure changed without a document: it shows in all three variances. */
const editedErp: Plant = (planting) => {
  const line = planting.freshCount();
  planting.takeLedger(line);
  const quantity = planting.chance.pick([-11, -9, -7, 7, 9, 13]);
  planting.edits.push({ ...placeOf(line), quantity, at: planting.settled(), system: 'erp' });
  for (const [kind, sign] of [['count', -1], ['channel', -1], ['ledger', 1]] as const)
    planting.undocumented.push({ ...placeOf(line), kind, quantity: sign * quantity, cause: 'ERP edited', pattern: null });
};

const placeOf = ({ sku, location }: { readonly sku: string; readonly location: string }) => ({ sku, location });

const swapped: Plant = (planting) => {
  const one = planting.freshCount();
  const other = planting.freshCount((each) => each.location === one.location && each.item.category === one.item.category);
  const quantity = planting.chance.int(15, 60);
  planting.lose(one, 'item_swap', -quantity, 'item_swap', placeOf(other));
  planting.lose(other, 'item_swap', quantity, 'item_swap', placeOf(one));
};

const carriedOver: Plant = (planting) => {
  const one = planting.freshCount((each) => planting.othersOf(each).some((other) => !planting.isTaken(other)));
  const other = planting.freshCount((each) => each.sku === one.sku && each.location !== one.location);
  const quantity = planting.chance.int(5, 40);
  planting.lose(one, 'unrecorded_transfer', -quantity, 'unrecorded_transfer', placeOf(other));
  planting.lose(other, 'unrecorded_transfer', quantity, 'unrecorded_transfer', placeOf(one));
};

const wrongSign: Plant = (planting) => {
  const line = planting.freshCount();
  const quantity = planting.chance.pick([-6, -5, -4, 4, 5, 6]);
  planting.author.fact('adjustment', line, quantity, planting.settled(), { document: planting.author.number('ADJ') });
  planting.lose(line, 'sign_flip', -2 * quantity, 'sign_flip');
};

const again: Plant = (planting) => {
  const line = planting.freshCount();
  const quantity = planting.chance.pick([-9, -6, -5, -4, 4, 5, 8]);
  planting.carried.set(placeKey(line), quantity);
  planting.undocumented.push({ ...placeOf(line), kind: 'count', quantity, cause: 'recurring', pattern: 'recurring' });
};

const digitsOf = (quantity: number): string[] => [...String(quantity)];

/** Two neighbours changed places: 124 for 142. */
function transposed(counted: number): number | null {
  const digits = digitsOf(counted);
  const at = digits.length - 2;
  if (at < 0 || digits[at] === digits[at + 1]) return null;
  [digits[at], digits[at + 1]] = [digits[at + 1]!, digits[at]!];
  return Number(digits.join(''));
}

/** A digit typed twice: 1442 for 142. */
function stuttered(counted: number): number | null {
  const digits = digitsOf(counted);
  return digits.length < 2 ? null : Number([digits[0], ...digits].join(''));
}

/** The first digit is another: 742 for 142. */
function mistyped(counted: number): number | null {
  const [first, ...others] = digitsOf(counted);
  return others.length < 2 ? null : Number([first === '7' ? '1' : '7', ...others].join(''));
}

const miswritten = (cause: string, written: (counted: number, pack: number) => number | null): Plant => (planting) => {
  const line = planting.freshCount();
  planting.slips.push({ ...placeOf(line), cause, written: (counted) => written(counted, line.item.pack) });
};

/** One bin written in cartons. */
const inCartons: Plant = (planting) => {
  const line = planting.freshCount((each) => each.item.pack > 1);
  planting.slips.push({ ...placeOf(line), cause: 'unit_count_error', written: (counted) => counted, cartonsOf: line.item.pack });
};

/** The last rows of a sheet, which nobody walked to, came as zeros. */
const leftZero: Plant = (planting) => {
  const { chance } = planting;
  for (let tries = 0; tries < 100; tries += 1) {
    const rows = chance.pick(linesOfSheets(planting.company)).slice(-chance.int(3, 6));
    if (rows.length < 3 || rows.some((row) => planting.isTaken(row))) continue;
    planting.take(rows);
    for (const row of rows) planting.slips.push({ ...placeOf(row), cause: 'counted_as_zero', written: (counted) => (counted > 0 ? 0 : null) });
    return;
  }
};

const sheetTwice: Plant = (planting) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const rows = planting.chance.pick(linesOfSheets(planting.company));
    if (rows.some((row) => planting.isTaken(row))) continue;
    planting.take(rows);
    planting.sheetsTwice.push(rows.map(placeOf));
    return;
  }
};

const LOSS_PLANTS: readonly (readonly [times: number, plant: Plant])[] = [
  [5, lost('shrinkage', -1)], [3, lost('damage_unrecorded', -1)], [3, lost('found_stock', 1)], [4, editedStorefront], [3, editedErp],
  [3, swapped], [3, carriedOver], [3, wrongSign], [4, again],
  [4, miswritten('keying_error', transposed)], [3, miswritten('keying_error', stuttered)], [2, miswritten('keying_error', mistyped)], [4, inCartons],
];

export function plantLosses(planting: Planting): void {
  const lines = planting.company.lines.length;
  for (let left = Math.max(1, Math.round(lines / 1500)); left > 0; left -= 1) sheetTwice(planting);
  for (let left = Math.max(1, Math.round(lines / 700)); left > 0; left -= 1) leftZero(planting);
  for (const [times, plant] of LOSS_PLANTS)
    for (let left = Math.max(1, Math.round((times * lines) / 1000)); left > 0; left -= 1) plant(planting);
}
