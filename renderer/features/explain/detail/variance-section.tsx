/**
 * The variances of a line, one tab each: the bridge from the book's figure to the other, component by component.
 */
import { useState } from 'react';
import type { VarianceDetail } from '@shared/domain/lines';
import type { VarianceKind } from '@shared/domain/variance';
import { directionWords, KIND_MEANING, KIND_WORDS } from '../../../app/words';
import { Section, signedQuantityText, Tabs } from '../../../ui';
import { Bridge } from './bridge';
import type { StoryProps } from './story-props';
import styles from './variance-section.module.css';

/** The variance to begin with: the first that is not zero. */
const firstKind = (variances: readonly VarianceDetail[]): VarianceKind | undefined =>
  (variances.find((variance) => variance.quantityScaled !== 0) ?? variances[0])?.kind;

export function VarianceSection({ line, reasonCodes, onEvidence, onOpenLine }: StoryProps) {
  const [chosen, setChosen] = useState<VarianceKind | undefined>(undefined);
  const shown = line.variances.find((variance) => variance.kind === chosen)?.kind ?? firstKind(line.variances);
  const variance = line.variances.find((each) => each.kind === shown);
  if (!variance || !shown) {
    return <Section title="Variance"><p className={styles['none']}>No variance can be taken: fewer than two figures are known at the cut-off.</p></Section>;
  }
  return (
    <Section title="Variance" testId="detail-variance">
      <Tabs
        label="Variances"
        tabs={line.variances.map((each) => ({ id: each.kind, label: KIND_WORDS[each.kind], count: signedQuantityText(each.quantityScaled) }))}
        active={shown}
        onActive={setChosen}
      >
        <p className={styles['words']}>
          <b>{directionWords(variance.kind, variance.quantityScaled)}</b>
          <span>{KIND_MEANING[variance.kind]}</span>
        </p>
        <Bridge variance={variance} line={line} reasonCodes={reasonCodes} onEvidence={onEvidence} onOpenLine={onOpenLine} />
      </Tabs>
    </Section>
  );
}
