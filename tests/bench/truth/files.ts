/** Writes the company's month as files in the plain format: what a person would export. */
import fs from 'node:fs';
import path from 'node:path';
import type { Chance } from './chance';
import { erpReadAt, LOCATIONS, storefrontReadAt, type Company } from './company';
import { CUT_OFF, DAY, effectOf, HOUR, placeKey, START, SYSTEMS, type Fact, type Place, type Post, type ShelfMove, type State, type System } from './facts';

/** How a row of a count came to say something else than what was there. */
export interface CountSlip extends Place {
  readonly cause: string;
  /** What the row says where `counted` were there; null where the slip makes no difference. */
  readonly written: (counted: number) => number | null;
  /** One bin of the line is written in cartons of that many. */
  readonly cartonsOf?: number;
}

/** A slip as it came to be written. */
export interface WrittenSlip extends Place {
  readonly cause: string;
  /** What it adds to the count. */
  readonly quantity: number;
}

export interface Month {
  readonly company: Company;
  readonly facts: readonly Fact[];
  /** What moved on a shelf, or in a figure, without any document. */
  readonly shelf: readonly ShelfMove[];
  readonly edits: readonly (ShelfMove & { readonly system: System })[];
  /** What the count of the month before found beyond the books, and nobody booked. */
  readonly carried: ReadonlyMap<string, number>;
  readonly slips: readonly CountSlip[];
  /** Places of which a sheet was given in twice. */
  readonly sheetsTwice: readonly (readonly Place[])[];
  /** Until when each system's files reach. */
  readonly reach: Readonly<Record<System, number>>;
}

const iso = (instant: number): string => new Date(instant).toISOString().replace('.000', '');
const text = (rows: readonly (readonly (string | number)[])[]): string => `${rows.map((row) => row.join(',')).join('\n')}\n`;

const MOVEMENTS = ['system', 'type', 'document', 'line', 'sku', 'location', 'quantity', 'occurred_at', 'posted_at', 'reference', 'reason'];
const SNAPSHOT = ['system', 'sku', 'location', 'as_of', 'on_hand', 'available', 'committed', 'reserved', 'damaged', 'quarantined', 'unit_cost', 'currency'];
const COUNT = ['sheet', 'line', 'sku', 'location', 'bin', 'count_no', 'counted', 'counted_at', 'counted_by', 'note'];

function groupedBy<T extends Place>(values: Iterable<T>): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(placeKey(value));
    if (group) group.push(value);
    else groups.set(placeKey(value), [value]);
  }
  return groups;
}

/** Figures of any instant, from what was posted, and the shelf from what happened. */
class Figures {
  readonly #posts: ReadonlyMap<string, readonly Post[]>;
  readonly #shelf: ReadonlyMap<string, readonly ShelfMove[]>;
  readonly #edits: ReadonlyMap<string, readonly (ShelfMove & { readonly system: System })[]>;

  constructor(private readonly month: Month) {
    this.#posts = groupedBy(month.facts.flatMap((fact) => fact.posts));
    this.#shelf = groupedBy([...month.facts.flatMap((fact) => fact.shelf), ...month.shelf]);
    this.#edits = groupedBy(month.edits);
  }

  #opening(place: string): number {
    return this.month.company.lineAt.get(place)?.opening ?? 0;
  }

  said(system: System, state: State, place: string, at: number): number {
    const posted = (this.#posts.get(place) ?? []).filter((post) => post.system === system && post.posted <= at && !post.isUnfelt);
    const edited = (this.#edits.get(place) ?? []).filter((edit) => edit.system === system && edit.at <= at);
    const opening = state === 'onHand' || state === 'available' ? this.#opening(place) : 0;
    const shown = system === 'storefront' ? 'available' : 'onHand';
    return (
      opening +
      posted.reduce((sum, post) => sum + effectOf(post.type, state) * post.quantity, 0) +
      (state === shown ? edited.reduce((sum, edit) => sum + edit.quantity, 0) : 0)
    );
  }

  onShelf(place: string, at: number): number {
    const moved = (this.#shelf.get(place) ?? []).filter((move) => move.at <= at);
    return this.#opening(place) + (this.month.carried.get(place) ?? 0) + moved.reduce((sum, move) => sum + move.quantity, 0);
  }
}

interface CountRow extends Place {
  readonly sheet: string;
  readonly line: number;
  readonly bin: string;
  readonly counted: number | null;
  readonly at: number;
}

const ROWS_OF_A_SHEET = 24;

/** Sheets of a location, walked in the order of SKU; a few lines lie in two bins. */
function countRows(month: Month, figures: Figures, chance: Chance): { readonly rows: CountRow[]; readonly slips: WrittenSlip[] } {
  const slips = new Map(month.slips.map((slip) => [placeKey(slip), slip]));
  const rows: CountRow[] = [];
  const made: WrittenSlip[] = [];
  for (const location of LOCATIONS) {
    const lines = month.company.lines.filter((line) => line.location === location);
    for (let from = 0; from < lines.length; from += ROWS_OF_A_SHEET) {
      const sheet = `${location.slice(0, 2).toUpperCase()}-${String(from / ROWS_OF_A_SHEET + 1).padStart(3, '0')}`;
      const begun = CUT_OFF + chance.int(-8, 7) * HOUR;
      for (const [index, line] of lines.slice(from, from + ROWS_OF_A_SHEET).entries()) {
        const at = begun + index * 90_000;
        const there = figures.onShelf(placeKey(line), at);
        const slip = slips.get(placeKey(line));
        const given = { sheet, sku: line.sku, location, at };
        if (slip) {
          const { sku, cause, cartonsOf } = slip;
          const cartons = cartonsOf ? Math.floor(there / (2 * cartonsOf)) : 0;
          const written = slip.written(there) ?? there;
          const total = written - cartons * ((cartonsOf ?? 1) - 1);
          if (cartons > 0) rows.push({ ...given, line: rows.length + 1, bin: 'B', counted: cartons });
          rows.push({ ...given, line: rows.length + 1, bin: 'A', counted: total - cartons });
          if (total !== there) made.push({ sku, location, cause, quantity: total - there });
        } else if (there > 20 && chance.maybe(12)) {
          const first = chance.int(1, there - 1);
          rows.push({ ...given, line: rows.length + 1, bin: 'A', counted: first });
          rows.push({ ...given, line: rows.length + 1, bin: 'B', counted: there - first });
        } else rows.push({ ...given, line: rows.length + 1, bin: 'A', counted: there });
      }
    }
  }
  const second = secondSheets(month, rows);
  for (const places of month.sheetsTwice) {
    for (const { sku, location } of places) {
      const quantity = second.filter((row) => row.sku === sku && row.location === location).reduce((sum, row) => sum + (row.counted ?? 0), 0);
      made.push({ sku, location, cause: 'double_count', quantity });
    }
  }
  return { rows: [...rows, ...second], slips: made };
}

/** The same sheet typed in a second time, under another number. */
function secondSheets(month: Month, rows: readonly CountRow[]): CountRow[] {
  return month.sheetsTwice.flatMap((places, index) => {
    const keys = new Set(places.map(placeKey));
    return rows.filter((row) => keys.has(placeKey(row))).map((row) => ({ ...row, sheet: `2ND-${index + 1}` }));
  });
}

/** Lines of one sheet, in its order: what `sheetsTwice` must name. */
export const linesOfSheets = (company: Company): readonly (readonly Place[])[] =>
  LOCATIONS.flatMap((location) => {
    const lines = company.lines.filter((line) => line.location === location);
    return Array.from({ length: Math.ceil(lines.length / ROWS_OF_A_SHEET) }, (_none, index) => lines.slice(index * ROWS_OF_A_SHEET, (index + 1) * ROWS_OF_A_SHEET));
  });

export interface MonthFiles {
  readonly items: string;
  readonly before: readonly string[];
  readonly month: readonly string[];
  readonly slips: readonly WrittenSlip[];
}

/** Writes everything below a folder and answers the names, in the order of import. */
export function writeFiles(folder: string, month: Month, chance: Chance): MonthFiles {
  const { company } = month;
  const figures = new Figures(month);
  const write = (name: string, rows: readonly (readonly (string | number)[])[]): string => {
    fs.writeFileSync(path.join(folder, name), text(rows));
    return name;
  };
  const items = write('items.csv', [
    ['sku', 'name', 'category', 'uom', 'pack_size', 'tier', 'unit_cost', 'currency', 'kit_of'],
    ...[...company.items, ...company.kits].map((item) => [
      item.sku, `Item ${item.sku}`, item.category, 'each', item.pack, item.tier, item.unitCost, 'USD',
      item.parts.map(({ sku, quantity }) => `${sku}*${quantity}`).join(';'),
    ]),
  ]);

  const before = START - 90 * 60_000;
  const openings = company.lines.map((line) => ['erp', line.sku, line.location, iso(before), line.opening, '', 0, 0, 0, 0, line.item.unitCost, 'USD']);
  const carried = company.lines.filter((line) => month.carried.has(placeKey(line)));
  const lastMonth = [
    write('2026-09-erp.csv', [SNAPSHOT, ...openings]),
    ...(carried.length === 0
      ? []
      : [write('2026-09-count.csv', [COUNT, ...carried.map((line, index) => [
          'SEP', index + 1, line.sku, line.location, 'A', 1, line.opening + month.carried.get(placeKey(line))!, iso(before), 'Mira', '',
        ])])]),
  ];

  const figureRows = (system: System) =>
    company.lines.map((line) => {
      const place = placeKey(line);
      const at = system === 'erp' ? erpReadAt(line.location) : storefrontReadAt(line.location);
      const said = (state: State) => figures.said(system, state, place, at);
      return system === 'erp'
        ? ['erp', line.sku, line.location, iso(at), said('onHand'), '', said('committed'), 0, said('damaged'), said('quarantined'), line.item.unitCost, 'USD']
        : [system, line.sku, line.location, iso(at), '', said('available'), said('committed'), '', '', '', '', ''];
    });
  const movementFiles = SYSTEMS.map((system) => {
    const posts = month.facts
      .flatMap((fact) => fact.posts)
      .filter((post) => post.system === system && !post.isHidden && post.posted > START - DAY && post.posted <= month.reach[system])
      .sort((one, next) => one.posted - next.posted || (one.document < next.document ? -1 : 1));
    return write(`2026-10-movements-${system}.csv`, [MOVEMENTS, ...posts.map((post) => [
      post.system, post.type, post.document, post.line, post.sku, post.location, post.quantity, iso(post.occurred), iso(post.posted), post.reference, '',
    ])]);
  });
  const { rows: counted, slips } = countRows(month, figures, chance);
  return {
    items,
    before: lastMonth,
    month: [
      write('2026-10-erp.csv', [SNAPSHOT, ...figureRows('erp')]),
      write('2026-10-storefront.csv', [SNAPSHOT, ...figureRows('storefront')]),
      ...movementFiles,
      write('2026-10-count.csv', [COUNT, ...counted.map((row) => [row.sheet, row.line, row.sku, row.location, row.bin, 1, row.counted ?? '', iso(row.at), 'Mira', ''])]),
    ],
    slips,
  };
}
