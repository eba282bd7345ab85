/**
 * What a rule set must hold to beyond its shape, for the form as it is typed and for the workbook before it is saved.
 */
import { accountPlace } from './account-map';
import { truthPlace, TRUTH_WORDS } from './rule-words';
import { DEFAULT_ROUTE_PREFIX, TRUTH_STATES, type RuleSet } from './rules';

export interface RuleProblem {
  readonly section: 'truth' | 'routes' | 'accounts' | 'approvals';
  /** The rule's place in its list, counted from 0; -1 where a rule is missing. */
  readonly index: number;
  readonly message: string;
}

/** What the workbook has to name. */
export interface KnownNames {
  readonly locations: readonly string[];
  readonly categories: readonly string[];
  /** The chart of accounts; `isAsset` where stock may stand on it. */
  readonly accounts: readonly { readonly code: string; readonly name: string; readonly isAsset: boolean }[];
  /** Reason codes by code; `reclassifies` where both accounts have to be assets. */
  readonly reasons: readonly { readonly code: string; readonly reclassifies: boolean }[];
}

/** Rules for accounts and approvals: what they name is there, stock stands on an asset account, and none is there twice. */
function bookingProblems({ accounts, approvals }: RuleSet, known: KnownNames | undefined, unknown: (section: 'accounts', index: number, what: 'location' | 'category', names: readonly string[]) => void): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const seen = new Set<string>();
  accounts.forEach((rule, index) => {
    const place = accountPlace(rule);
    const tell = (message: string) => problems.push({ section: 'accounts', index, message });
    if (seen.has(place)) tell(`There are two account rules for ${place}. Keep one of them.`);
    seen.add(place);
    unknown('accounts', index, 'location', rule.location === null ? [] : [rule.location]);
    unknown('accounts', index, 'category', rule.category === null ? [] : [rule.category]);
    if (rule.inventoryAccount === null && rule.offsetAccount === null) tell(`The account rule for ${place} names no account. Name the inventory account, the offset account or both.`);
    if (!known) return;
    const reason = known.reasons.find(({ code }) => code === rule.reason);
    if (rule.reason !== null && !reason) tell(`The workbook has no reason code ${rule.reason}. Choose one of its reason codes.`);
    for (const side of ['inventoryAccount', 'offsetAccount'] as const) {
      const code = rule[side];
      if (code === null) continue;
      const account = known.accounts.find((each) => each.code === code);
      if (!account) tell(`The chart of accounts has no account ${code}. Choose one of its accounts.`);
      else if (!account.isAsset && side === 'inventoryAccount') tell(`${code} ${account.name} is no asset account, and stock stands on one. Choose an asset account.`);
      else if (!account.isAsset && reason?.reclassifies === true) tell(`${code} ${account.name} is no asset account, and ${rule.reason!} moves stock from one to another. Choose an asset account.`);
    }
  });
  const bounds = new Set<number>();
  approvals.forEach(({ overMinor }, index) => {
    if (bounds.has(overMinor)) problems.push({ section: 'approvals', index, message: 'Two approval tiers begin at the same amount. Keep one of them.' });
    bounds.add(overMinor);
  });
  return problems;
}

/** Every problem, in the order of the rules. Names are only checked where `known` is given. */
export function ruleProblems(rules: RuleSet, known?: KnownNames): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const unknown = (section: RuleProblem['section'], index: number, what: 'location' | 'category', names: readonly string[]) => {
    const list = what === 'location' ? known?.locations : known?.categories;
    for (const name of names) {
      if (!list || list.includes(name)) continue;
      const there = what === 'location' ? 'locations' : 'categories of items';
      problems.push({ section, index, message: `The workbook has no ${what} ${name}. Choose one of its ${there}.` });
    }
  };

  const places = new Set<string>();
  rules.truth.forEach((rule, index) => {
    const place = truthPlace(rule);
    if (places.has(place)) problems.push({ section: 'truth', index, message: `There are two rules for ${place}. Keep one of them.` });
    places.add(place);
    unknown('truth', index, 'location', rule.location === null ? [] : [rule.location]);
    unknown('truth', index, 'category', rule.category === null ? [] : [rule.category]);
  });
  for (const state of TRUTH_STATES) {
    if (!rules.truth.some((rule) => rule.state === state && rule.location === null && rule.category === null))
      problems.push({ section: 'truth', index: -1, message: `No system is named for ${TRUTH_WORDS[state]} in general. Name one.` });
  }

  const names = new Set<string>();
  rules.routes.forEach(({ name, when }, index) => {
    const key = name.toLowerCase();
    if (names.has(key)) problems.push({ section: 'routes', index, message: `There are two routes called ${name}. Give one another name.` });
    names.add(key);
    if (key.startsWith(DEFAULT_ROUTE_PREFIX.trim()))
      problems.push({ section: 'routes', index, message: `${name} is called like the defaults are. Give the route another name.` });
    unknown('routes', index, 'location', when.locations ?? []);
    unknown('routes', index, 'category', when.categories ?? []);
  });
  problems.push(...bookingProblems(rules, known, unknown));
  return problems;
}
