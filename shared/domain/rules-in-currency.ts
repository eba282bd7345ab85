/**
 * Rules that were made for one currency, held against figures of another.
 *
 * An amount says nothing of another currency: 500.00 USD is neither 500.00 EUR nor 500 JPY, and nothing is converted. So every amount is
 * nothing there, and the rules are at their strictest: no variance of value clears by tolerance, every one is material, asks for the
 * highest approval and for a second count. A person gives amounts by saving rules in a period of that currency.
 */
import { currencyOfPeriod } from './instant';
import type { RuleSet, RuleSetVersion, TierBounds } from './rules';

const withoutValue = (bounds: readonly TierBounds[]): TierBounds[] => bounds.map((each) => ({ ...each, valueMinor: 0 }));

/** The same rules without their amounts. Of approval tiers the highest is left, for every line that is worth anything. */
export function withoutAmounts(rules: RuleSet): RuleSet {
  const [highest] = [...rules.approvals].sort((left, right) => right.overMinor - left.overMinor);
  return {
    ...rules,
    tolerances: withoutValue(rules.tolerances),
    routes: rules.routes.map((route) => (route.when.fromValueMinor === undefined ? route : { ...route, when: { ...route.when, fromValueMinor: 0 } })),
    count: { ...rules.count, recount: rules.count.recount && withoutValue(rules.count.recount) },
    waivedLimitMinor: rules.waivedLimitMinor === null ? null : 0,
    approvals: highest ? [{ ...highest, overMinor: 0 }] : [],
  };
}

/** A version as it holds for a period: its amounts only in the currency that it was made for. */
export const heldFor = <Version extends Pick<RuleSetVersion, 'fromPeriod' | 'rules'>>(version: Version, periodCode: string): Version =>
  currencyOfPeriod(version.fromPeriod) === currencyOfPeriod(periodCode) ? version : { ...version, rules: withoutAmounts(version.rules) };

/** Whether rules that begin with `fromPeriod` may hold for a period: those of the workbook's own currency for all, others for their own. */
export const reaches = (fromPeriod: string, periodCode: string): boolean =>
  fromPeriod <= periodCode && [undefined, currencyOfPeriod(periodCode)].includes(currencyOfPeriod(fromPeriod));

/** Of versions, oldest first, the one in force for a period: one made for its currency before another, the latest to begin, the one made last. */
export function inForceAmong<Version extends Pick<RuleSetVersion, 'fromPeriod'>>(versions: readonly Version[], periodCode: string): Version | undefined {
  const reaching = versions.filter(({ fromPeriod }) => reaches(fromPeriod, periodCode));
  const own = reaching.filter(({ fromPeriod }) => currencyOfPeriod(fromPeriod) === currencyOfPeriod(periodCode));
  return (own.length > 0 ? own : reaching).reduce<Version | undefined>((best, each) => (!best || each.fromPeriod >= best.fromPeriod ? each : best), undefined);
}
