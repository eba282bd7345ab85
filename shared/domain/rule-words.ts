/**
 * Rules in plain words: one rule as a line, and what differs between two rule sets.
 */
import { accountPlace } from './account-map';
import { formatDecimal } from './decimal';
import { formatAmount, type Rounding } from './money';
import { formatQuantity } from './quantity';
import { type AccountRule, type ApprovalTier, RISK_KINDS, RISK_WORDS, type Route, type RuleSet, type TierBounds, type TruthRule, type TruthState } from './rules';
import type { System } from './states';
import type { Cause } from './variance';

export const TRUTH_WORDS: Readonly<Record<TruthState, string>> = {
  on_hand: 'on hand',
  committed: 'committed',
  reserved: 'reserved',
  damaged: 'damaged',
  quarantined: 'quarantined',
  unit_cost: 'unit cost',
};

export const TRUTH_SYSTEM_WORDS: Readonly<Record<System, string>> = {
  erp: 'ERP',
  storefront: 'storefront',
  warehouse: 'warehouse system',
};

export const COUNT_POLICY_WORDS = {
  carry: 'the count is carried by what happened',
  recount: 'a second count is asked for',
} as const;

const unitsText = (unitsScaled: number): string => {
  const text = formatQuantity(unitsScaled);
  return `${text} ${text === '1' ? 'unit' : 'units'}`;
};
const percentText = (hundredths: number): string => `${formatDecimal(hundredths, 2)} %`;
const amountText = (minor: number, currency: string): string => `${formatAmount(minor, currency)} ${currency}`;
const daysText = (days: number): string => `${days} ${days === 1 ? 'day' : 'days'}`;
const hoursText = (hours: number): string => `${hours} ${hours === 1 ? 'hour' : 'hours'}`;
const either = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;

/** `1 unit, 2 %, 25.00 USD`. */
export const boundsText = (bounds: TierBounds, currency: string): string =>
  `${unitsText(bounds.unitsScaled)}, ${percentText(bounds.percentHundredths)}, ${amountText(bounds.valueMinor, currency)}`;

/** `missing posting`. */
export const causeText = (cause: Cause): string => cause.replaceAll('_', ' ');

/** `physical or unexplained, tier A, at Reno, from 500.00 USD: to warehouse within 3 days`. */
export function routeText({ when, owner, dueDays }: Route, currency: string): string {
  const conditions = [
    ...(when.classes ? [either(when.classes)] : []),
    ...(when.causes ? [either(when.causes.map(causeText))] : []),
    ...(when.kinds ? [`${either(when.kinds)} variance`] : []),
    ...(when.tiers ? [`tier ${either(when.tiers)}`] : []),
    ...(when.categories ? [`category ${either(when.categories)}`] : []),
    ...(when.locations ? [`at ${either(when.locations)}`] : []),
    ...(when.fromValueMinor === undefined ? [] : [`from ${amountText(when.fromValueMinor, currency)}`]),
  ];
  const what = conditions.length === 0 ? 'every exception' : conditions.join(', ');
  return `${what}: to ${owner}${dueDays === null ? '' : ` within ${daysText(dueDays)}`}`;
}

/** `on hand at Reno, category Kitchen`. */
export const truthPlace = ({ state, location, category }: Pick<TruthRule, 'state' | 'location' | 'category'>): string =>
  TRUTH_WORDS[state] +
  (location === null ? '' : ` at ${location}`) +
  (category === null ? '' : `${location === null ? ' of' : ','} category ${category}`);

export const ROUNDING_WORDS: Readonly<Record<Rounding, string>> = { half_even: 'a half to the even digit', half_up: 'a half up' };

/** `inventory 1310, offset 5190`. */
export const accountsText = ({ inventoryAccount, offsetAccount }: Pick<AccountRule, 'inventoryAccount' | 'offsetAccount'>): string =>
  [inventoryAccount === null ? '' : `inventory ${inventoryAccount}`, offsetAccount === null ? '' : `offset ${offsetAccount}`].filter((part) => part !== '').join(', ');

/** `over 1000.00 USD: controller, with a comment and an attachment`. */
export function approvalText({ overMinor, roles, comment, attachment }: ApprovalTier, currency: string): string {
  const needed = [comment ? 'a comment' : '', attachment ? 'an attachment on the line' : ''].filter((part) => part !== '').join(' and ');
  return `over ${amountText(overMinor, currency)}: ${either(roles)}${needed === '' ? '' : `, with ${needed}`}`;
}

/** What two lists of rules differ by, each rule known by its place. */
function byPlaceDifferences(what: string, then: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((place) => {
    const [was, is] = [then.get(place), now.get(place)];
    if (was === is) return [];
    if (was === undefined) return [`${what} ${place}: ${is!}, new`];
    return [is === undefined ? `${what} ${place}: ${was}, taken away` : `${what} ${place}: ${was} is now ${is}`];
  });
}

function bookingDifferences(before: RuleSet, after: RuleSet, currency: string): string[] {
  const accounts = (rules: RuleSet) => new Map(rules.accounts.map((rule) => [accountPlace(rule), accountsText(rule)]));
  const approvals = (rules: RuleSet) => new Map(rules.approvals.map((tier) => {
    const [bound, needed] = approvalText(tier, currency).split(': ') as [string, string];
    return [bound, needed];
  }));
  const ordered = (rules: RuleSet) => rules.accounts.map(accountPlace).join('\n');
  const sameRules = ordered(before) !== ordered(after) && byPlaceDifferences('', accounts(before), accounts(after)).length === 0;
  return [
    ...byPlaceDifferences('Accounts for', accounts(before), accounts(after)),
    ...(sameRules ? ['Accounts in another order'] : []),
    ...byPlaceDifferences('Approval', approvals(before), approvals(after)),
    ...(before.rounding === after.rounding ? [] : [`A journal line rounds ${ROUNDING_WORDS[before.rounding]}; now ${ROUNDING_WORDS[after.rounding]}`]),
  ];
}

function truthDifferences(before: RuleSet, after: RuleSet): string[] {
  const byPlace = (rules: RuleSet) => new Map(rules.truth.map((rule) => [truthPlace(rule), TRUTH_SYSTEM_WORDS[rule.system]]));
  return byPlaceDifferences('Source of truth for', byPlace(before), byPlace(after));
}

function routeDifferences(before: RuleSet, after: RuleSet, currency: string): string[] {
  const named = (rules: RuleSet) => new Map(rules.routes.map((route) => [route.name, routeText(route, currency)]));
  const [then, now] = [named(before), named(after)];
  const differences = [...new Set([...then.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [then.get(name), now.get(name)];
    if (was === is) return [];
    if (was === undefined) return [`Route ${name}, new: ${is!}`];
    return [is === undefined ? `Route ${name}, taken away: ${was}` : `Route ${name}: ${was}; now ${is}`];
  });
  const kept = (rules: RuleSet) => rules.routes.map(({ name }) => name).filter((name) => then.has(name) && now.has(name));
  if (kept(before).join('\n') !== kept(after).join('\n')) differences.push(`Routes in another order: ${after.routes.map(({ name }) => name).join(', ')}`);
  return differences;
}

function perTier(what: string, before: readonly TierBounds[] | null, after: readonly TierBounds[] | null, none: string, currency: string): string[] {
  const text = (bounds: readonly TierBounds[] | null, tier: string) => {
    const found = bounds?.find((each) => each.tier === tier);
    return found ? boundsText(found, currency) : none;
  };
  return (['A', 'B', 'C'] as const).flatMap((tier) => {
    const [was, is] = [text(before, tier), text(after, tier)];
    return was === is ? [] : [`${what} tier ${tier}: ${was} is now ${is}`];
  });
}

/** What differs between two rule sets, a sentence for each; empty where nothing does. */
export function ruleDifferences(before: RuleSet, after: RuleSet, currency: string): string[] {
  const changed = (what: string, was: string, is: string) => (was === is ? [] : [`${what}: ${was} is now ${is}`]);
  const orNone = (value: number | null, text: (value: number) => string, none: string) => (value === null ? none : text(value));
  return [
    ...perTier('Tolerance', before.tolerances, after.tolerances, 'none', currency),
    ...RISK_KINDS.flatMap((kind) =>
      changed(
        `Left of a tolerance in a ${RISK_WORDS[kind]}`,
        percentText(before.toleranceInRiskWindow[kind]),
        percentText(after.toleranceInRiskWindow[kind]),
      ),
    ),
    ...truthDifferences(before, after),
    ...routeDifferences(before, after, currency),
    ...changed('Due', daysText(before.due.days), daysText(after.due.days)),
    ...changed('Due where it is urgent', daysText(before.due.urgentDays), daysText(after.due.urgentDays)),
    ...perTier('Second count over,', before.count.recount, after.count.recount, 'not asked for', currency),
    ...changed('Where goods moved during a count', COUNT_POLICY_WORDS[before.count.whenMoved], COUNT_POLICY_WORDS[after.count.whenMoved]),
    ...changed(
      'Let pass by tolerance in a period, at most',
      orNone(before.waivedLimitMinor, (minor) => amountText(minor, currency), 'no limit'),
      orNone(after.waivedLimitMinor, (minor) => amountText(minor, currency), 'no limit'),
    ),
    ...changed(
      'A transfer may be under way',
      orNone(before.transferWindowHours, hoursText, "the period's window"),
      orNone(after.transferWindowHours, hoursText, "the period's window"),
    ),
    ...changed('A fast seller sells in a period', unitsText(before.fastSellerUnitsScaled), unitsText(after.fastSellerUnitsScaled)),
    ...bookingDifferences(before, after, currency),
  ];
}
