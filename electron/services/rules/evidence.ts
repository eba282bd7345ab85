/**
 * What each rule did in the periods that were reconciled, and what of it later turned out real: the ground on which a
 * tolerance is tightened or a route changed.
 */
import { toSafeInteger } from '@shared/domain/decimal';
import type { RuleEvidence, RuleRecord } from '@shared/domain/rule-effects';
import { TIERS, type Tier } from '@shared/domain/terms';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { listPeriods } from '../periods';
import { isLetPass, ruleOf, standingsOf, stayed, wasReal, type StandingLine, type Standings } from './standings';
import { RunningTally } from './tallies';

class Running {
  lines = 0;
  stayed = 0;
  handedOn = 0;
  readonly real = new RunningTally();
  #more = { scaled: 0n, minor: 0n };
  #less = { scaled: 0n, minor: 0n };

  add(line: StandingLine, next: Standings | undefined): void {
    const sums = line.standsScaled < 0 ? this.#less : this.#more;
    sums.scaled += BigInt(line.standsScaled);
    sums.minor += BigInt(line.standsMinor);
    this.lines += 1;
    const clears = line.standing.clearedBy !== null;
    if (clears && stayed(line, next)) this.stayed += 1;
    if (clears ? wasReal(line, next) : line.isBooked) this.real.add(line.standsMinor);
    if (!clears && line.taggedOwner !== null && line.taggedOwner !== line.standing.owner) this.handedOn += 1;
  }

  get record(): Omit<RuleRecord, 'periodCode'> {
    return {
      lines: this.lines,
      moreScaled: toSafeInteger(this.#more.scaled),
      lessScaled: toSafeInteger(this.#less.scaled),
      moreMinor: toSafeInteger(this.#more.minor),
      lessMinor: toSafeInteger(this.#less.minor),
      real: this.real.tally,
      stayed: this.stayed,
      handedOn: this.handedOn,
    };
  }
}

interface Gathered {
  readonly rule: string;
  readonly clears: boolean;
  readonly tier: Tier | null;
  readonly periods: Map<string, Running>;
  readonly total: Running;
}

/**
 * Of the periods in one currency, the evidence of every tolerance and route that let pass or sent anything: tolerances by tier, then routes by lines.
 * Periods oldest first. A locked period is only read.
 */
export function ruleEvidence(workbook: ReadableWorkbook, currency: string): RuleEvidence[] {
  const periods = listPeriods(workbook).filter((period) => period.currency === currency && period.reconciledInstant !== null);
  const gathered = new Map<string, Gathered>();
  let next: Standings | undefined;
  for (const period of [...periods].reverse()) {
    const standings = standingsOf(workbook, { periodId: period.periodId, currency });
    for (const line of standings.values()) {
      const { rule, clears } = ruleOf(line.standing);
      if (clears && !isLetPass(line)) continue;
      const key = `${clears ? 0 : 1}${rule}`;
      const found = gathered.get(key) ?? {
        rule, clears, tier: clears ? (TIERS.find((tier) => tier === line.tier) ?? null) : null,
        periods: new Map<string, Running>(), total: new Running(),
      };
      const inPeriod = found.periods.get(period.code) ?? new Running();
      inPeriod.add(line, next);
      found.total.add(line, next);
      found.periods.set(period.code, inPeriod);
      gathered.set(key, found);
    }
    next = standings;
  }
  return [...gathered.values()]
    .sort((one, other) => Number(other.clears) - Number(one.clears) || (one.clears ? (one.rule < other.rule ? -1 : 1) : other.total.lines - one.total.lines || (one.rule < other.rule ? -1 : 1)))
    .map(({ rule, clears, tier, periods: byPeriod, total }) => ({
      rule, clears, tier,
      periods: [...byPeriod].map(([periodCode, running]) => ({ periodCode, ...running.record })).reverse(),
      total: total.record,
    }));
}
