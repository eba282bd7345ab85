/** Tolerances by risk tier, each with what it let pass, and the tier of an item. */
import type { RuleEvidence } from '@shared/domain/rule-effects';
import { Section, TextField } from '../../ui';
import { BoundsTable } from './bounds-table';
import { evidenceOfTier, evidenceWords } from './evidence-words';
import type { TabProps } from './tab-props';
import { TierForm } from './tier-form';
import styles from './rules.module.css';

export interface TolerancesTabProps extends TabProps {
  readonly evidence: readonly RuleEvidence[];
}

export function TolerancesTab({ draft, onDraft, problems, currency, disabled, evidence }: TolerancesTabProps) {
  return (
    <>
      <Section title="A line clears by itself within all three bounds of its item's tier">
        <BoundsTable
          name="Tolerance"
          section="tolerances"
          bounds={draft.tolerances}
          onBounds={(tolerances) => onDraft({ tolerances })}
          problems={problems}
          currency={currency}
          disabled={disabled}
          aside={(tier) => {
            const found = evidenceOfTier(evidence, tier);
            if (found.length === 0) return 'Let nothing pass.';
            return found.map((each) => (
              <p key={each.rule}>
                {each.rule === `tolerance tier ${tier}` ? '' : `${each.rule.replace(`tolerance tier ${tier} in`, 'In')}: `}
                {evidenceWords(each, currency)}
              </p>
            ));
          }}
        />
        <p className={styles['note']}>A line without a unit cost clears only with no variance: its value cannot be shown to be small.</p>
      </Section>
      <Section title="Limit over all that is let pass">
        <div className={styles['fields']}>
          <TextField
            label={`Let pass in a period, at most, ${currency}`}
            align="end"
            value={draft.waivedLimit}
            onValue={(waivedLimit) => onDraft({ waivedLimit })}
            problem={problems.get('waivedLimit')}
            hint="Empty: no limit"
            disabled={disabled}
          />
        </div>
      </Section>
      {disabled ? null : <TierForm />}
    </>
  );
}
