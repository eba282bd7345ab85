/** What became of a line after it was explained, as labelled sentences of `tieout explain`. */
import { signed, SYSTEM_NAMES, type Words } from '@shared/domain/explanation/words';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import type { LineDetail } from '@shared/domain/lines';
import { formatUnitCost } from '@shared/domain/money';
import { plural } from '@shared/domain/plural';
import { formatQuantity } from '@shared/domain/quantity';

const quantity = (quantityScaled: number | null) => (quantityScaled === null ? 'unknown' : formatQuantity(quantityScaled));

/** `count -3, channel 0, ledger unknown, adjustment -3`. */
export const figuresText = (figures: TaggedFigures): string =>
  `count ${quantity(figures.countScaled)}, channel ${quantity(figures.channelScaled)}, ledger ${quantity(figures.ledgerScaled)}, adjustment ${quantity(figures.adjustmentScaled)}`;

/** Labels and sentences; what does not apply is left out. */
export function followUpFacts({ followUp, currency }: LineDetail, words: Words): readonly (readonly [string, string])[] {
  const { changedSinceTag, checks, ageCloses, recountWhy, countConflicts, late, identityChecks, disagreements } = followUp;
  const facts: [string, string][] = [];
  if (changedSinceTag) {
    const now = changedSinceTag.now ? figuresText(changedSinceTag.now) : 'no such line';
    facts.push(['changed', `The reason was given for ${figuresText(changedSinceTag.then)}; now ${now}. Confirm or change it.`]);
  }
  if (ageCloses !== null && ageCloses > 1) facts.push(['closes', `open over ${plural(ageCloses, 'close')}`]);
  if (recountWhy !== null) facts.push(['recount', `a second count is asked for: ${recountWhy}`]);
  for (const { subject, sentence } of checks?.findings ?? []) facts.push([subject === 'reservations' ? 'reserved' : subject, sentence]);
  if (checks?.byPerson) {
    const { checkedBy, checkedInstant, note, isStale } = checks.byPerson;
    facts.push(['checked', `${checkedBy}, ${words.instant(checkedInstant)}: ${note}${isStale ? ' (for other figures: no longer holds)' : ''}`]);
  }
  if (checks?.isWaiting) facts.push(['paused', 'The adjustment waits until a person has looked up what no file tells.']);
  for (const conflict of countConflicts) {
    const told = conflict.counts.map((each) => `${each.countedBy} ${formatQuantity(each.countedScaled)}`).join(', ');
    facts.push(['conflict', `bin ${conflict.bin} was counted by different people and added up: ${told}`]);
  }
  if (late) {
    const told = late.postings.map((each) => `${SYSTEM_NAMES[each.system]} ${each.document} ${signed(each.onHandScaled)}`).join(', ');
    facts.push(['late', `came in after the count was reconciled, happened before it: ${told}. ${signed(late.explainsScaled)} of the count variance rests on it.`]);
  }
  for (const check of identityChecks) if (check.state === 'differs') facts.push(['adds up', `The ${SYSTEM_NAMES[check.system]} does not: ${check.sentence}`]);
  for (const { state, figures, winner } of disagreements) {
    const figureText = (scaled: number) => (state === 'unit_cost' ? `${formatUnitCost(scaled)} ${currency}` : formatQuantity(scaled));
    const told = figures.map((each) => `${SYSTEM_NAMES[each.system]} ${figureText(each.quantityScaled)}`).join(', ');
    facts.push(['disagree', `${state.replaceAll('_', ' ')}: ${told}; the ${SYSTEM_NAMES[winner]} counts`]);
  }
  return facts;
}
