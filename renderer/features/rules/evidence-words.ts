/** What a rule did, in one or two plain sentences. */
import type { RuleEvidence } from '@shared/domain/rule-effects';
import { countText, countWords, moneyText } from '../../ui';

const money = (minor: number, currency: string) => `${moneyText(Math.abs(minor), currency)} ${currency}`;

/** `Let pass 12 lines in 2 periods: 40.00 USD more, 120.00 USD less. 3 of these, 31.00 USD, were real after all.` */
export function evidenceWords({ clears, periods, total }: RuleEvidence, currency: string): string {
  const sums = `${money(total.moreMinor, currency)} more, ${money(total.lessMinor, currency)} less`;
  const what = `${clears ? 'Let pass' : 'Sent'} ${countWords(total.lines, 'line')} in ${countWords(periods.length, 'period')}: ${sums}.`;
  const { lines, valueMinor } = total.real;
  const real = lines === 0 ? 'None of these was' : `Of these ${countText(lines)}, ${money(valueMinor, currency)}, ${lines === 1 ? 'was' : 'were'}`;
  if (clears) return `${what} ${real} real after all.`;
  const handed = total.handedOn === 0 ? '' : ` ${countWords(total.handedOn, 'line was', 'lines were')} handed to another owner.`;
  return `${what} ${real} booked.${handed}`;
}

/** The evidence of a tolerance tier: whole, and in each kind of risk window. */
export const evidenceOfTier = (evidence: readonly RuleEvidence[], tier: string): readonly RuleEvidence[] =>
  evidence.filter((each) => each.clears && each.tier === tier);

/** The evidence of a route or a default, by its name. */
export const evidenceOfRoute = (evidence: readonly RuleEvidence[], name: string): RuleEvidence | undefined =>
  evidence.find((each) => !each.clears && each.rule === name);
