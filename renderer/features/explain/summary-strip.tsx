/**
 * The figures of the month above the lines. Each class is also a filter: pressed, only its lines are shown.
 */
import type { LinesSummary } from '@shared/domain/lines';
import { VARIANCE_CLASSES, type VarianceClass } from '@shared/domain/variance';
import { CLASS_WORDS } from '../../app/words';
import { classes, countText, countWords, Hint, moneyText, percentText, TONE_ICON } from '../../ui';
import { ShareBar } from './share-bar';
import styles from './summary-strip.module.css';

export interface SummaryStripProps {
  readonly summary: LinesSummary;
  readonly pressed: readonly VarianceClass[];
  readonly onPress: (each: VarianceClass) => void;
  readonly onOverview: () => void;
  /** Shows the lines behind the value at stake. */
  readonly onOpenLines: () => void;
}

/** Lines whose class is a pattern that nobody confirmed yet: their value stands with the residual. */
const isOnlySuggested = ({ lines, unitsScaled, valueMinor }: LinesSummary['byClass'][VarianceClass]): boolean =>
  lines > 0 && unitsScaled === 0 && valueMinor === 0;

export function SummaryStrip({ summary, pressed, onPress, onOverview, onOpenLines }: SummaryStripProps) {
  const { currency, byClass, explained, variance, byStatus } = summary;
  const parts = VARIANCE_CLASSES.map((each) => ({ tone: each, label: CLASS_WORDS[each], value: byClass[each].valueMinor }));
  return (
    <div className={styles['strip']} data-testid="summary-strip">
      <Hint text="Show the period overview">
        <button type="button" className={classes(styles['tile'], styles['explained'])} onClick={onOverview} data-testid="figure-explained">
          <span className={styles['label']}>Explained, by value</span>
          <span className={styles['value']}>{percentText(explained.valueShareHundredths)}</span>
          <ShareBar label={`Variance of ${moneyText(variance.valueMinor, currency)} ${currency} by class`} parts={parts} text={(value) => moneyText(value, currency)} />
        </button>
      </Hint>
      {VARIANCE_CLASSES.map((each) => {
        const Picture = TONE_ICON[each];
        const tally = byClass[each];
        return (
          <Hint key={each} text={`Show only ${CLASS_WORDS[each].toLowerCase()}`}>
            <button
              type="button"
              className={classes(styles['tile'], styles[each])}
              aria-pressed={pressed.includes(each)}
              data-testid={`class-${each}`}
              onClick={() => onPress(each)}
            >
              <span className={styles['tileLabel']}><Picture size={13} />{CLASS_WORDS[each]}</span>
              <span className={styles['value']}>{countText(tally.lines)}</span>
              <span className={styles['note']}>{isOnlySuggested(tally) ? `${countText(tally.lines)} to confirm` : moneyText(tally.valueMinor, currency)}</span>
            </button>
          </Hint>
        );
      })}
      <Hint text="Show the open lines, most urgent first">
        <button type="button" className={styles['tile']} onClick={onOpenLines} data-testid="figure-stake">
          <span className={styles['tileLabel']}>Value at stake, {currency}</span>
          <span className={styles['value']}>{moneyText(summary.valueAtStakeMinor, currency)}</span>
          <span className={styles['note']}>{countWords(byStatus.open.lines, 'open line')} of {countText(summary.lines)}</span>
        </button>
      </Hint>
    </div>
  );
}
