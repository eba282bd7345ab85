/** By what the bars are as long as they are: units, value or lines. And the words of the period in one sentence. */
import { minorDigits } from '@shared/domain/money';
import type { Overview, Tally } from '@shared/domain/overview';
import { type Choice, countText, countWords, moneyText, percentText, quantityText } from '../../ui';

export const MEASURES = ['value', 'units', 'lines'] as const;
export type Measure = (typeof MEASURES)[number];

export const MEASURE_CHOICES = (currency: string): readonly Choice<Measure>[] => [
  { value: 'value', label: `Value, ${currency}` },
  { value: 'units', label: 'Units' },
  { value: 'lines', label: 'Lines' },
];

/** The figure of a tally that a measure is of, for the length of a bar. */
export const sizeOf = (tally: Tally, measure: Measure): number => (measure === 'value' ? tally.valueMinor : measure === 'units' ? tally.unitsScaled : tally.lines);

/** A size as text. */
export const sizeText = (size: number, measure: Measure, currency: string): string =>
  measure === 'value' ? moneyText(size, currency) : measure === 'units' ? quantityText(size) : countText(size);

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A size on a scale, short: the table has it exactly. */
export const scaleText = (size: number, measure: Measure, minorDigits: number): string =>
  COMPACT.format(measure === 'value' ? size / 10 ** minorDigits : measure === 'units' ? size / 10_000 : size);

/** Amounts below it stand exactly over a column; longer ones as on the scale. */
const EXACT_BELOW = 10_000;

/** A size over its own column. */
export const columnText = (size: number, measure: Measure, currency: string): string => {
  const digits = minorDigits(currency);
  return measure === 'value' && size < EXACT_BELOW * 10 ** digits ? moneyText(size, currency) : scaleText(size, measure, digits);
};

/** Every figure of a tally, for whoever reads or hears a mark. */
export const tallyText = ({ lines, unitsScaled, valueMinor }: Tally, currency: string): string =>
  `${countWords(lines, 'line')}, ${quantityText(unitsScaled)} ${unitsScaled === 10_000 ? 'unit' : 'units'}, ${moneyText(valueMinor, currency)} ${currency}`;

export const addTallies = (tallies: readonly Tally[]): Tally =>
  tallies.reduce((sum, each) => ({ lines: sum.lines + each.lines, unitsScaled: sum.unitsScaled + each.unitsScaled, valueMinor: sum.valueMinor + each.valueMinor }), { lines: 0, unitsScaled: 0, valueMinor: 0 });

/** `97.4 % of the variance explained, 212 units left, 31 lines need a person.` */
export function overviewSentence({ explained, byClass, exceptions, lines }: Overview): string {
  if (explained.unitsShareHundredths === null) return `No variance on any of ${countWords(lines, 'line')}.`;
  const left = byClass.unexplained.unitsScaled;
  const { open } = exceptions;
  return `${percentText(explained.unitsShareHundredths)} of the variance explained, ${left === 0 ? 'nothing' : `${quantityText(left)} ${left === 10_000 ? 'unit' : 'units'}`} left, ${
    open.lines === 0 ? 'no line needs' : open.lines === 1 ? '1 line needs' : `${countText(open.lines)} lines need`
  } a person.`;
}

/** A stretch of ages in words: `today to 2 days`, `8 to 14 days`, `over 90 days`. */
export const ageText = (fromDays: number, untilDays: number | null): string =>
  untilDays === null ? `over ${fromDays - 1}` : fromDays === untilDays ? String(fromDays) : `${fromDays}–${untilDays}`;
