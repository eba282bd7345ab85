/**
 * Drawing a sample from a seed, so that anybody can draw it again with standard tools.
 *
 * Each random figure is a SHA-256 of text: `SEED:start` for a random start, `SEED:7` for the seventh item of the population.
 * `printf '%s' 'SEED:7' | sha256sum` gives the same. A changed population has another hash and is told, never drawn from silently.
 */
import { done, refused, type Outcome } from '../outcome';
import { countText, plural } from '../plural';
import type { Population } from './population';

/** SHA-256 of UTF-8 text, as lower-case hexadecimal. */
export type Digest = (text: string) => string;

export const SAMPLE_METHODS = ['mus', 'random', 'stratified', 'nth'] as const;
export type SampleMethod = (typeof SAMPLE_METHODS)[number];

export const METHOD_WORDS: Readonly<Record<SampleMethod, string>> = {
  mus: 'monetary unit sampling', random: 'simple random selection', stratified: 'random selection within each risk tier', nth: 'every nth line from a random start',
};

export const TIERS = ['A', 'B', 'C'] as const;
export type TierSizes = Readonly<Record<(typeof TIERS)[number], number>>;

export interface ChosenItem {
  /** Its place in the population, from 0. */
  readonly index: number;
  /** At least the interval: in the sample whatever the start. */
  readonly isCertain: boolean;
  /** How often a drawn unit fell on it; 1 where units are not drawn. */
  readonly hits: number;
}

export interface Selection {
  readonly items: readonly ChosenItem[];
  /** From 1: the first unit or line that was drawn; null where there is no start. */
  readonly start: bigint | null;
}

export type SelectFailure = 'nothing_to_sample' | 'size_too_large' | 'size_missing';

const DIGEST_VALUES = 2n ** 256n;

/** A number from 1 to `most`, each as likely as another: a digest in the uneven rest is passed over. */
export function randomFromOne(digest: Digest, seed: string, most: bigint): bigint {
  const even = (DIGEST_VALUES / most) * most;
  for (let attempt = 0; ; attempt += 1) {
    const value = BigInt(`0x${digest(attempt === 0 ? `${seed}:start` : `${seed}:start:${attempt}`)}`);
    if (value < even) return (value % most) + 1n;
  }
}

const certain = (index: number): ChosenItem => ({ index, isCertain: false, hits: 1 });

/** The monetary units start, start + interval, start + 2 intervals … and the items they fall on, with every item of at least the interval. */
export function selectMonetaryUnits({ items }: Population, intervalMinor: bigint, seed: string, digest: Digest): Selection {
  const start = randomFromOne(digest, seed, intervalMinor);
  let before = 0n;
  const chosen: ChosenItem[] = [];
  const drawnUpTo = (units: bigint) => (units < start ? 0n : (units - start) / intervalMinor + 1n);
  items.forEach(({ bookMinor }, index) => {
    const after = before + BigInt(bookMinor);
    const hits = Number(drawnUpTo(after) - drawnUpTo(before));
    if (hits > 0) chosen.push({ index, isCertain: BigInt(bookMinor) >= intervalMinor, hits });
    before = after;
  });
  return { items: chosen, start };
}

/** The items with the `size` least digests of `SEED:NUMBER`, in the order of the population. */
function leastDigests(numbers: readonly number[], size: number, seed: string, digest: Digest): readonly number[] {
  return numbers
    .map((index) => ({ index, key: digest(`${seed}:${index + 1}`) }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .slice(0, size)
    .map(({ index }) => index)
    .sort((left, right) => left - right);
}

const tooLarge = (asked: number, held: number, what: string) =>
  refused('size_too_large', `${countText(asked)} were asked for, and ${what} has ${plural(held, 'line')}. Ask for as many or fewer.`);

/** `size` items, each as likely as another. */
export function selectRandom({ items }: Population, size: number, seed: string, digest: Digest): Outcome<Selection, SelectFailure> {
  if (size > items.length) return tooLarge(size, items.length, 'the population');
  return done({ items: leastDigests(items.map((_item, index) => index), size, seed, digest).map(certain), start: null });
}

/** So many items of each tier, within a tier each as likely as another. */
export function selectStratified({ items }: Population, sizes: TierSizes, seed: string, digest: Digest): Outcome<Selection, SelectFailure> {
  const chosen: number[] = [];
  for (const tier of TIERS) {
    const ofTier = items.flatMap((item, index) => (item.tier === tier ? [index] : []));
    if (sizes[tier] > ofTier.length) return tooLarge(sizes[tier], ofTier.length, `tier ${tier}`);
    chosen.push(...leastDigests(ofTier, sizes[tier], seed, digest));
  }
  if (chosen.length === 0) return refused('size_missing', 'No tier was given a size. Say how many lines of tier A, B or C are drawn.');
  return done({ items: chosen.sort((left, right) => left - right).map(certain), start: null });
}

/** Every `step`th line from a random start within the first `step`. */
export function selectEveryNth({ items }: Population, step: number, seed: string, digest: Digest): Outcome<Selection, SelectFailure> {
  if (step > items.length) return tooLarge(step, items.length, 'the population');
  const start = randomFromOne(digest, seed, BigInt(step));
  return done({ items: items.flatMap((_item, index) => (index >= Number(start) - 1 && (index - Number(start) + 1) % step === 0 ? [certain(index)] : [])), start });
}
