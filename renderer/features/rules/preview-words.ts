/** The words of a preview. */
import { EFFECTS_OF_RULES, type EffectOfRules, type LineStanding, type RulePreview } from '@shared/domain/rule-effects';
import { DEFAULT_ROUTE_PREFIX } from '@shared/domain/rules';
import { countText, countWords, dateText, periodName } from '../../ui';

export const EFFECT_WORDS: Readonly<Record<EffectOfRules, string>> = {
  opened: 'becomes an exception',
  cleared: 'clears',
  figures: 'has other figures',
  owner: 'goes to another owner',
  route: 'goes by another route',
  due: 'is due on another day',
  priority: 'has another priority',
};

const MANY: Readonly<Record<EffectOfRules, string>> = {
  opened: 'become exceptions',
  cleared: 'clear',
  figures: 'have other figures',
  owner: 'go to another owner',
  route: 'go by another route',
  due: 'are due on another day',
  priority: 'have another priority',
};

/** `5 lines of October 2026 change: 3 become exceptions, 2 clear.` */
export function headline(preview: Pick<RulePreview, 'changed' | 'byEffect' | 'periodCode'>): string {
  const period = periodName(preview.periodCode);
  if (preview.changed === 0) return `No line of ${period} changes.`;
  const parts = EFFECTS_OF_RULES.flatMap((effect) => {
    const { lines } = preview.byEffect[effect];
    return lines === 0 ? [] : [`${countText(lines)} ${lines === 1 ? EFFECT_WORDS[effect] : MANY[effect]}`];
  });
  return `${countWords(preview.changed, 'line')} of ${period} ${preview.changed === 1 ? 'changes' : 'change'}: ${parts.join(', ')}.`;
}

const isDefault = (rule: string): boolean => rule.startsWith(DEFAULT_ROUTE_PREFIX);

/** `tolerance tier B clears`, `route Reno first sends`, `sent by default: alignment`. */
export function ruleWords({ rule, clears }: { readonly rule: string; readonly clears: boolean }): string {
  if (clears) return `${rule} clears`;
  return isDefault(rule) ? `sent by ${rule}` : `route ${rule} sends`;
}

/**
 * How a line stands, as far as the other standing differs: `warehouse, by route Reno first, due 1 Nov 2026`.
 *
 * @param other how it stands on the other side of the change
 */
export function standingWords(standing: LineStanding | null, other: LineStanding | null, timeZone: string): string {
  if (standing === null) return 'not there';
  if (standing.clearedBy !== null) return `clears: ${standing.clearedBy}`;
  if (standing.owner === null) return 'open';
  const { owner, routedBy, dueInstant, priority } = standing;
  const route = routedBy === null ? 'no route on record' : isDefault(routedBy) ? `by ${routedBy}` : `by route ${routedBy}`;
  return [
    owner,
    route,
    ...(dueInstant !== null && dueInstant !== other?.dueInstant ? [`due ${dateText(dueInstant, timeZone)}`] : []),
    ...(priority !== other?.priority ? [`priority ${priority}`] : []),
  ].join(', ');
}
