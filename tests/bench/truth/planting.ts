/** Where plants go: lines to choose from, so that a fair share of them holds two or three causes, and what was planted. */
import type { Author } from './author';
import type { Chance } from './chance';
import { COMMITTED_BY_ERP, momentIn, sale, type Company, type Line } from './company';
import { CUT_OFF, DAY, HOUR, placeKey, START, type Place, type ShelfMove, type System, type Undocumented } from './facts';
import type { CountSlip } from './files';

/** How many plants of a hundred go to a line that holds one already. */
const OVERLAP_PERCENT = 55;

export class Planting {
  readonly undocumented: Undocumented[] = [];
  readonly shelf: ShelfMove[] = [];
  readonly edits: (ShelfMove & { readonly system: System })[] = [];
  readonly carried = new Map<string, number>();
  readonly slips: CountSlip[] = [];
  readonly sheetsTwice: (readonly Place[])[] = [];
  readonly chance: Chance;
  /** Lines whose count holds something that nobody posted: a second such thing would hide the first. */
  readonly #taken = new Set<string>();
  readonly #ledgerTaken = new Set<string>();
  readonly #planted: Line[] = [];
  readonly #open: readonly Line[];

  constructor(
    readonly author: Author,
    readonly company: Company,
  ) {
    this.chance = author.chance;
    this.#open = company.lines.filter((line) => line.quietFrom === Infinity);
  }

  /** A line for a plant, where `fits` lets it. */
  line(fits: (line: Line) => boolean = () => true): Line {
    const { chance } = this;
    const some = this.#planted.length > 0 && chance.maybe(OVERLAP_PERCENT) ? this.#planted.filter(fits) : [];
    const fitting = some.length > 0 ? some : this.#open.filter(fits);
    if (fitting.length === 0) throw new Error('the company has no line left for a plant: make it bigger');
    const line = chance.pick(fitting);
    this.#planted.push(line);
    return line;
  }

  /** A line whose count holds nothing undocumented yet. */
  freshCount(fits: (line: Line) => boolean = () => true): Line {
    const line = this.line((each) => !this.#taken.has(placeKey(each)) && fits(each));
    this.#taken.add(placeKey(line));
    return line;
  }

  /** A line of which the ERP's figure and its postings do not yet differ: a second difference would hide the first. */
  freshLedger(fits: (line: Line) => boolean = () => true): Line {
    const line = this.line((each) => !this.#ledgerTaken.has(placeKey(each)) && fits(each));
    this.takeLedger(line);
    return line;
  }

  takeLedger(line: Place): void {
    this.#ledgerTaken.add(placeKey(line));
  }

  /** What nobody posted of a line's count, so far as it is known by now. */
  lossAt(place: Place): number {
    const lost = this.undocumented.filter((each) => each.kind === 'count' && placeKey(each) === placeKey(place));
    return lost.reduce((sum, { quantity }) => sum + quantity, 0);
  }

  isTaken(place: Place): boolean {
    return this.#taken.has(placeKey(place));
  }

  take(places: readonly Place[]): void {
    for (const place of places) this.#taken.add(placeKey(place));
  }

  quietLines(): readonly Line[] {
    return this.company.lines.filter((line) => line.quietFrom !== Infinity);
  }

  /** The item's lines at other locations. */
  othersOf(line: Line): readonly Line[] {
    return this.#open.filter((each) => each.sku === line.sku && each.location !== line.location);
  }

  elsewhere(line: Line): Line {
    return this.chance.pick(this.othersOf(line));
  }

  otherItem(line: Line): Line {
    return this.chance.pick(this.#open.filter((each) => each.location === line.location && each.sku !== line.sku));
  }

  /** Long enough before the cut-off that every window is over. */
  settled(): number {
    return momentIn(this.chance, START + 2 * DAY, CUT_OFF - 6 * DAY);
  }

  justBefore(): number {
    return momentIn(this.chance, CUT_OFF - 18 * HOUR, CUT_OFF - HOUR);
  }

  /** The storefront goes on selling, so that what it missed before is no lost connection. */
  goOnSelling(line: Line): void {
    sale(this.author, line, this.chance.int(1, 2), momentIn(this.chance, CUT_OFF - 5 * DAY, CUT_OFF - 3 * DAY));
  }

  size(): number {
    return this.chance.int(2, 12);
  }

  lose(line: Place, cause: string, quantity: number, pattern: string | null, twin?: Place): void {
    this.shelf.push({ sku: line.sku, location: line.location, quantity, at: this.settled() });
    this.undocumented.push({ sku: line.sku, location: line.location, kind: 'count', quantity, cause, pattern, ...(twin ? { twin } : {}) });
  }
}

export const isAtOutlet = (line: Place): boolean => line.location === COMMITTED_BY_ERP;
export const isElsewhere = (line: Place): boolean => line.location !== COMMITTED_BY_ERP;
