/** Writes facts: an ordinary event with the postings of every system that knows its kind, delayed as such systems are. */
import type { Chance } from './chance';
import { effectOf, HAS_OWN_NUMBERS, HOUR, OWN_PREFIX, postersOf, type Fact, type Place, type Post, type System } from './facts';

const MINUTE = HOUR / 60;

export interface FactOptions {
  readonly root?: string;
  readonly document?: string;
  readonly reference?: string;
  readonly line?: string;
  /** Systems number their documents themselves and name the root as the reference. */
  readonly ownNumbers?: boolean;
  /** How long after the event a system posts it. */
  readonly delay?: Partial<Record<System, number>>;
}

export class Author {
  readonly facts: Fact[] = [];
  #number = 10_000;

  constructor(readonly chance: Chance) {}

  number(prefix: string): string {
    this.#number += 1;
    return `${prefix}-${this.#number}`;
  }

  /** Minutes for those who see it happen, up to a working day for the ERP. */
  delayOf(system: System): number {
    const { chance } = this;
    if (system === 'warehouse') return chance.int(2, 30) * MINUTE;
    if (system === 'storefront') return chance.int(1, 90) * MINUTE;
    return chance.maybe(70) ? chance.int(5, 180) * MINUTE : chance.int(180, 1_500) * MINUTE;
  }

  fact(type: string, place: Place, quantity: number, occurred: number, options: FactOptions = {}): Fact {
    const { root = options.document ?? this.number('D'), document = root, line = '1', ownNumbers = false } = options;
    const isOwn = ownNumbers && HAS_OWN_NUMBERS.has(type);
    const posts = postersOf(type).map((system): Post => ({
      system,
      type,
      document: isOwn ? this.number(OWN_PREFIX[system]) : document,
      line: isOwn ? '' : line,
      sku: place.sku,
      location: place.location,
      quantity,
      occurred,
      posted: occurred + (options.delay?.[system] ?? this.delayOf(system)),
      reference: isOwn ? root : (options.reference ?? ''),
    }));
    const moved = effectOf(type, 'onHand') * quantity;
    const fact: Fact = {
      root,
      posts,
      shelf: moved === 0 ? [] : [{ sku: place.sku, location: place.location, quantity: moved, at: occurred }],
      causes: {},
    };
    this.facts.push(fact);
    return fact;
  }
}

export const postOf = (fact: Fact, system: System): Post => fact.posts.find((post) => post.system === system)!;
export const withoutPosts = (fact: Fact, ...systems: readonly System[]): void => {
  fact.posts = fact.posts.filter((post) => !systems.includes(post.system));
};
