/**
 * Which accounts a line's entry books to, and by which rule.
 *
 * A rule for the reason beats one for every reason. Among those, the more particular place wins: category and location, then
 * the category alone, then the location alone, then neither. Of equals the later in the list. Inventory and offset account
 * are chosen each by itself, so that a rule may name one and leave the other; what no rule names is the reason code's own.
 */
import type { AccountRule } from './rules';

/** What an account depends on. */
export interface AccountPlace {
  /** Null for a line without reason: only rules for every reason hold. */
  readonly reason: string | null;
  readonly category: string | null;
  readonly location: string;
}

export interface ChosenAccount {
  /** Null where neither a rule nor the reason code names one. */
  readonly account: string | null;
  /** In words: `rule for PHY-SHRINK, category Kitchen at Reno`, `reason code PHY-SHRINK`. */
  readonly rule: string;
}

/** `PHY-SHRINK, category Kitchen at Reno`. */
export function accountPlace({ reason, category, location }: Pick<AccountRule, 'reason' | 'category' | 'location'>): string {
  const place = [category === null ? '' : `category ${category}`, location === null ? '' : `at ${location}`].filter((part) => part !== '').join(' ');
  return `${reason ?? 'every reason'}${place === '' ? '' : `, ${place}`}`;
}

const weightOf = (rule: AccountRule): number => (rule.reason === null ? 0 : 4) + (rule.category === null ? 0 : 2) + (rule.location === null ? 0 : 1);

const holdsAt = (rule: AccountRule, place: AccountPlace): boolean =>
  (rule.reason === null || rule.reason === place.reason) &&
  (rule.category === null || rule.category === place.category) &&
  (rule.location === null || rule.location === place.location);

/**
 * The account of one side.
 *
 * @param own the reason code's own account; null for a reason that has none
 */
export function chooseAccount(
  rules: readonly AccountRule[],
  side: 'inventoryAccount' | 'offsetAccount',
  place: AccountPlace,
  own: string | null,
): ChosenAccount {
  let best: AccountRule | undefined;
  for (const rule of rules) {
    if (rule[side] !== null && holdsAt(rule, place) && (!best || weightOf(rule) >= weightOf(best))) best = rule;
  }
  if (best) return { account: best[side], rule: `rule for ${accountPlace(best)}` };
  return { account: own, rule: place.reason === null ? 'no rule' : `reason code ${place.reason}` };
}
