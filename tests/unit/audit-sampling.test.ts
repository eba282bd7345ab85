/**
 * Audit sampling against published figures. Sources: AICPA, Audit Guide *Audit Sampling* (2017), appendix C, table C-1 (sample
 * sizes) and the table of confidence factors for monetary unit evaluation (the same as table 1 in Whittington & Pany, *Principles of
 * Auditing*, 2006); for worked examples, handouts after Messier, Glover & Prawitt, *Auditing & Assurance Services*, chapter 9.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluationFactorHundredths, planningFactorMillionths } from '@shared/domain/audit/confidence-factor';
import { FIXED_ONE, fixedExp, fixedLn } from '@shared/domain/audit/fixed-point';
import { decide, decisionWords, evaluateMonetaryUnits, planMonetaryUnits, projectByRatio } from '@shared/domain/audit/monetary-unit';
import { populationOf, populationText, type Population, type PopulationItem } from '@shared/domain/audit/population';
import { rounded } from '@shared/domain/audit/rational';
import { randomFromOne, selectEveryNth, selectMonetaryUnits, selectRandom, selectStratified } from '@shared/domain/audit/selection';
import { AICPA_FACTORS, AICPA_SIZES, RISKS } from '../support/published-sampling';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const itemOf = (number: number, bookMinor: number | null, tier: 'A' | 'B' | 'C' = 'C'): PopulationItem => ({
  stockKeyId: number, sku: `S-${String(number).padStart(5, '0')}`, itemName: '', location: 'Portland', tier, bookScaled: 10_000, unitCostScaled: 1, bookMinor,
});
const populationWorth = (...values: readonly number[]): Population => populationOf(values.map((value, index) => itemOf(index + 1, value)));

describe('fixed-point functions', () => {
  test('e and the logarithm of ten to thirty-five places', () => {
    expect(String(fixedExp(FIXED_ONE)).slice(0, 39)).toBe('271828182845904523536028747135266249775');
    expect(String(fixedLn(10n * FIXED_ONE)).slice(0, 36)).toBe('230258509299404568401799145468436420');
    expect(fixedLn(fixedExp(50n * FIXED_ONE)) / 10n ** 20n).toBe(49_99999999999999999999n);
  });
});

describe('confidence factors, as the AICPA prints them', () => {
  test.each(AICPA_FACTORS.map((row, misstatements) => [misstatements, row] as const))('%i misstatements', (misstatements, printed) => {
    expect(RISKS.map((risk) => evaluationFactorHundredths(100 - risk, misstatements))).toEqual(printed.map((factor) => Math.round(factor * 100)));
  });
});

describe('sample sizes, as the AICPA prints them in table C-1', () => {
  test.each(AICPA_SIZES)('risk $risk %, expected $expected % of the tolerable misstatement', ({ risk, expected, sizes }) => {
    const population = 1_000_000_00n;
    const tolerable = [50, 30, 10, 8, 6, 5, 4, 3, 2, 1, 0.5];
    const computed = tolerable.map((percent) => {
      const tolerableMinor = percent * 1_000_000;
      const plan = planMonetaryUnits(population, { confidencePercent: 100 - risk, tolerableMinor, expectedMinor: (tolerableMinor * expected) / 100, sizing: 'factor' }, 'USD');
      return plan.ok ? plan.value.sampleSize : plan.failure;
    });
    expect(computed).toEqual(sizes);
  });
});

describe('the plan of a monetary unit sample', () => {
  const terms = { confidencePercent: 95, tolerableMinor: 50_000_00, expectedMinor: 10_000_00, sizing: 'expansion' } as const;

  test('by expansion factor, as the handout has it: 1,000,000 with 50,000 tolerable and 10,000 expected at 95 %', () => {
    // Interval (50,000 - 10,000 × 1.6) ÷ 3.00 = 11,333.33; 88.2 items, which the handout cuts to 88 and a sample rounds up.
    expect(planMonetaryUnits(1_000_000_00n, terms, 'USD')).toEqual({
      ok: true, value: { factorMillionths: 3_000_000n, expansionHundredths: 160, sampleSize: 89, intervalMinor: 11_333_33n },
    });
  });

  test('is refused by name where it cannot be made', () => {
    const failure = (change: Partial<Parameters<typeof planMonetaryUnits>[1]>, value = 1_000_000_00n) => {
      const plan = planMonetaryUnits(value, { ...terms, ...change }, 'USD');
      return plan.ok ? 'done' : plan.failure;
    };
    expect(failure({}, 0n)).toBe('nothing_to_sample');
    expect(failure({ tolerableMinor: 0 })).toBe('tolerable_missing');
    expect(failure({ expectedMinor: 30_000_01 })).toBe('expected_too_high');
    expect(failure({ confidencePercent: 96 })).toBe('risk_untabulated');
    expect(failure({ confidencePercent: 96, sizing: 'factor' })).toBe('done');
  });

  test('counts as many tainted items as table C-1 states: 0.37, 0.93, 1.80, 3.24 and 5.77 at 95 %', () => {
    const taints = [10n, 20n, 30n, 40n, 50n].map((expected) => Number((planningFactorMillionths(95, expected, 100n) * expected) / 100n) / 1_000_000);
    expect(taints.map((taint) => Math.ceil(taint * 100) / 100)).toEqual([0.37, 0.93, 1.8, 3.24, 5.77]);
    expect(planningFactorMillionths(95, 0n, 100n)).toBe(2_995_733n);
  });
});

describe('the evaluation', () => {
  const factorAt = (confidencePercent: number) => (misstatements: number) => evaluationFactorHundredths(confidencePercent, misstatements);

  test('three misstatements projected as the handout has them: 567, 212 and 1,133 at an interval of 11,333', () => {
    const items = [
      { bookMinor: 100_00, auditedMinor: 95_00 },
      { bookMinor: 11_700_00, auditedMinor: 11_488_00 },
      { bookMinor: 65_00, auditedMinor: 58_50 },
    ];
    const { overstatement } = evaluateMonetaryUnits(items, 11_333_00n, factorAt(95));
    expect(overstatement.items.map(({ index, projected }) => [index, rounded(projected)])).toEqual([[2, 1_133_30n], [0, 566_65n], [1, 212_00n]]);
    expect(rounded(overstatement.projected)).toBe(1_911_95n);
    expect(rounded(overstatement.basicPrecision)).toBe(33_999_00n);
    // 1,133.30 × 0.75 + 566.65 × 0.55.
    expect(rounded(overstatement.incrementalAllowance)).toBe(1_161_63n);
    expect(rounded(overstatement.upperLimit)).toBe(37_072_58n);
  });

  test('with a textbook\'s factors of one place, its figures: 97,882, 40,678, 17,797, 5,932 and 172,988 at 90 %', () => {
    // 2,500,000 in 59 items, P7 of chapter 16 as worked in the University of Florida's course ACG 5637.
    const items = [
      { bookMinor: 71_330_00, auditedMinor: 60_631_00 },
      { bookMinor: 18_996_00, auditedMinor: 17_096_40 },
      { bookMinor: 30_081_00, auditedMinor: 21_056_70 },
      { bookMinor: 3_555_00, auditedMinor: 1_422_00 },
    ];
    const printed = [231, 391, 531, 671];
    const { overstatement } = evaluateMonetaryUnits(items, 42_373_00n, (misstatements) => printed[misstatements]!);
    const whole = (minor: bigint) => Math.round(Number(minor) / 100);
    expect(whole(rounded(overstatement.basicPrecision))).toBe(97_882);
    expect(overstatement.items.map(({ projected, stepHundredths }) => whole((rounded(projected) * BigInt(stepHundredths ?? 100)) / 100n))).toEqual([40_678, 17_797, 5_932, 10_699]);
    expect(whole(rounded(overstatement.upperLimit))).toBe(172_988);
  });

  test('Coomes Molding, problem 9-22 of Messier: 70,443 of basic precision and 75,000 of an item over the interval', () => {
    const items = [{ bookMinor: 24_000_00, auditedMinor: 20_000_00 }, { bookMinor: 140_000_00, auditedMinor: 65_000_00 }, { bookMinor: 6_000_00, auditedMinor: 2_000_00 }];
    const { overstatement } = evaluateMonetaryUnits(items, 23_481_00n, factorAt(95));
    expect(rounded(overstatement.basicPrecision)).toBe(70_443_00n);
    expect(overstatement.items.map(({ index, taint, projected }) => [index, taint === null, rounded(projected)])).toEqual([[2, false, 15_654_00n], [0, true, 4_000_00n], [1, true, 75_000_00n]]);
  });

  test('without a misstatement the limit is basic precision: 2,500,000 at an interval of 26,882 gives 80,646 at 95 %', () => {
    const { overstatement, understatement } = evaluateMonetaryUnits([{ bookMinor: 1_00, auditedMinor: 1_00 }], 26_882_00n, factorAt(95));
    expect([rounded(overstatement.upperLimit), rounded(understatement.upperLimit)]).toEqual([80_646_00n, 80_646_00n]);
  });

  test.each([50, 63, 75, 80, 90, 95, 99])('what was planned to find nothing at %i %, and finds nothing, supports the books', (confidencePercent) => {
    for (const sizing of ['factor', ...(confidencePercent === 75 ? [] : ['expansion'])] as ('factor' | 'expansion')[]) {
      const plan = planMonetaryUnits(1_000_000_00n, { confidencePercent, tolerableMinor: 33_333_33, expectedMinor: 0, sizing }, 'USD');
      if (!plan.ok) throw new Error(plan.message);
      expect(decide(evaluateMonetaryUnits([{ bookMinor: 1, auditedMinor: 1 }], plan.value.intervalMinor, factorAt(confidencePercent)), 33_333_33)).toBe('supported');
    }
  });

  test('says in words what it decides', () => {
    const decided = (auditedMinor: number, tolerableMinor: number) => {
      const evaluation = evaluateMonetaryUnits([{ bookMinor: 100_00, auditedMinor }], 1_000_00n, factorAt(95));
      return [decide(evaluation, tolerableMinor), decisionWords(evaluation, { confidencePercent: 95, tolerableMinor }, 'USD')];
    };
    expect(decided(100_00, 3_000_00)).toEqual(['supported', 'With 95 % confidence the book value is overstated by at most 3000.00 USD, within the tolerable 3000.00 USD: the sample supports the book value.']);
    expect(decided(99_99, 3_000_00)[0]).toBe('limit_over');
    expect(decided(110_00, 3_100_00)[1]).toContain('understated by at most 3175.00 USD, which passes the tolerable 3100.00 USD');
    expect(decided(0, 999_99)).toEqual(['projected_over', 'The misstatement projected from the sample is 1000.00 USD and passes the tolerable 999.99 USD by itself: the book value is misstated unless it is corrected.']);
  });

  test('a ratio projection weighs each stratum by its own value', () => {
    const strata = [
      { populationMinor: 1_000_00n, items: [{ bookMinor: 100_00, auditedMinor: 90_00 }] },
      { populationMinor: 9_000_00n, items: [{ bookMinor: 300_00, auditedMinor: 300_00 }, { bookMinor: 0, auditedMinor: 0 }] },
    ];
    expect(rounded(projectByRatio(strata))).toBe(100_00n);
  });
});

describe('the population', () => {
  test('is in one order, and sets aside what has no unit to be hit', () => {
    const given = [itemOf(3, 500), itemOf(2, -700), itemOf(1, 250), itemOf(4, 0), itemOf(5, null)];
    const population = populationOf(given);
    expect(population.items.map(({ sku }) => sku)).toEqual(['S-00001', 'S-00003']);
    expect(population.totalMinor).toBe(750n);
    expect(population.setAside).toEqual({ no_value: { items: 1, valueMinor: 0n }, zero: { items: 1, valueMinor: 0n }, negative: { items: 1, valueMinor: -700n } });
    expect(populationText(population)).toBe('1\tS-00001\tPortland\tC\t10000\t250\n2\tS-00003\tPortland\tC\t10000\t500\n');
    expect(populationText(populationOf([...given].reverse()))).toBe(populationText(population));
  });
});

describe('selection', () => {
  const worth = fc.array(fc.integer({ min: 1, max: 5_000_00 }), { minLength: 1, maxLength: 60 });

  test('a start can be drawn again by anybody: the digest of SEED:start', () => {
    // printf '%s' 'harbor:start' | sha256sum
    const value = BigInt('0x' + createHash('sha256').update('harbor:start').digest('hex'));
    expect(randomFromOne(digest, 'harbor', 1_000n)).toBe((value % 1_000n) + 1n);
  });

  test('monetary units: an item of at least the interval is always in, and so is nothing twice', () => {
    fc.assert(
      fc.property(worth, fc.bigInt({ min: 1n, max: 2_000_00n }), fc.string(), (values, interval, seed) => {
        const population = populationWorth(...values);
        const { items, start } = selectMonetaryUnits(population, interval, seed, digest);
        const large = population.items.flatMap(({ bookMinor }, index) => (BigInt(bookMinor) >= interval ? [index] : []));
        expect(items.filter(({ isCertain }) => isCertain).map(({ index }) => index)).toEqual(large);
        expect(items.reduce((sum, { hits }) => sum + BigInt(hits), 0n)).toBe(start! > population.totalMinor ? 0n : (population.totalMinor - start!) / interval + 1n);
        expect(items.map(({ index }) => index)).toEqual([...new Set(items.map(({ index }) => index))].sort((one, other) => one - other));
        expect(selectMonetaryUnits(population, interval, seed, digest)).toEqual({ items, start });
      }),
    );
  });

  test('monetary units: each unit at start, start + interval, … is in an item that was chosen', () => {
    const population = populationWorth(40, 10, 30, 200, 5, 15);
    const { items, start } = selectMonetaryUnits(population, 50n, 'harbor', digest);
    const ends = population.items.map(((sum) => ({ bookMinor }) => (sum += bookMinor))(0));
    const expected = new Map<number, number>();
    for (let unit = Number(start); unit <= 300; unit += 50) {
      const index = ends.findIndex((end) => unit <= end);
      expected.set(index, (expected.get(index) ?? 0) + 1);
    }
    expect(items.map(({ index, hits }) => [index, hits])).toEqual([...expected]);
  });

  test('random, stratified and every nth give so many lines, the same for the same seed', () => {
    const population = populationOf(Array.from({ length: 100 }, (_each, index) => itemOf(index + 1, 100, index < 10 ? 'A' : index < 40 ? 'B' : 'C')));
    const indices = (selection: ReturnType<typeof selectRandom>) => (selection.ok ? selection.value.items.map(({ index }) => index) : selection.failure);
    const random = indices(selectRandom(population, 12, 'harbor', digest));
    expect(random).toHaveLength(12);
    expect(indices(selectRandom(population, 12, 'harbor', digest))).toEqual(random);
    expect(indices(selectRandom(population, 12, 'pine', digest))).not.toEqual(random);
    // sort | head: the twelve least digests of harbor:1 to harbor:100.
    const ranked = population.items.map((_item, index) => ({ index, key: digest(`harbor:${index + 1}`) })).sort((one, other) => one.key.localeCompare(other.key));
    expect(random).toEqual(ranked.slice(0, 12).map(({ index }) => index).sort((one, other) => one - other));
    const stratified = indices(selectStratified(population, { A: 10, B: 3, C: 2 }, 'harbor', digest)) as number[];
    expect([stratified.filter((index) => index < 10).length, stratified.filter((index) => index >= 10 && index < 40).length, stratified.filter((index) => index >= 40).length]).toEqual([10, 3, 2]);
    const nth = indices(selectEveryNth(population, 7, 'harbor', digest)) as number[];
    expect(nth[0]).toBeLessThan(7);
    expect(nth.every((index, place) => place === 0 || index - nth[place - 1]! === 7)).toBe(true);
    expect(indices(selectRandom(population, 101, 'harbor', digest))).toBe('size_too_large');
    expect(indices(selectStratified(population, { A: 11, B: 0, C: 0 }, 'harbor', digest))).toBe('size_too_large');
    expect(indices(selectStratified(population, { A: 0, B: 0, C: 0 }, 'harbor', digest))).toBe('size_missing');
  });

  test('every line is as likely as another', () => {
    const population = populationWorth(...Array.from({ length: 20 }, () => 100));
    const drawn = Array.from({ length: 20 }, () => 0);
    for (let round = 0; round < 400; round += 1) {
      const selection = selectRandom(population, 5, `seed ${round}`, digest);
      if (selection.ok) for (const { index } of selection.value.items) drawn[index]! += 1;
    }
    // A hundred are expected of each; four standard deviations are 35.
    expect(drawn.filter((times) => times < 65 || times > 135)).toEqual([]);
  });
});
