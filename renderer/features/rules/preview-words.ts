/** The words of a preview. */
import { EFFECTS_OF_RULES, type EffectOfRules, type RulePreview } from '@shared/domain/rule-effects';
import { countText, countWords, periodName } from '../../ui';

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
