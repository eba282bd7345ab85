/**
 * What a rule set must hold to beyond its shape, for the form as it is typed and for the workbook before it is saved.
 */
import { truthPlace, TRUTH_WORDS } from './rule-words';
import { DEFAULT_ROUTE_PREFIX, TRUTH_STATES, type RuleSet } from './rules';

export interface RuleProblem {
  readonly section: 'truth' | 'routes';
  /** The rule's place in its list, counted from 0; -1 where a rule is missing. */
  readonly index: number;
  readonly message: string;
}

/** What the workbook has to name. */
export interface KnownNames {
  readonly locations: readonly string[];
  readonly categories: readonly string[];
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
  return problems;
}
