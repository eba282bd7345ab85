/** Due dates, what sells fast, second counts, and how long a transfer may be under way. */
import { capitalised } from '@shared/domain/explanation/words';
import { COUNT_POLICY_WORDS } from '@shared/domain/rule-words';
import { COUNT_POLICIES } from '@shared/domain/rules';
import { Checkbox, Section, SelectField, TextField } from '../../ui';
import { BoundsTable } from './bounds-table';
import type { RulesDraft } from './rules-draft';
import type { TabProps } from './tab-props';
import styles from './rules.module.css';

type TextOf = 'days' | 'urgentDays' | 'fastUnits' | 'transferHours';

export function DueTab({ draft, onDraft, problems, currency, disabled }: TabProps) {
  const field = (name: TextOf, label: string, hint: string) => (
    <TextField
      label={label}
      align="end"
      value={draft[name]}
      onValue={(value) => onDraft({ [name]: value } as Partial<RulesDraft>)}
      problem={problems.get(name)}
      hint={hint}
      disabled={disabled}
    />
  );
  return (
    <>
      <Section title="Due dates">
        <div className={styles['fields']}>
          {field('days', 'Days after the cut-off', 'Unless a route says otherwise')}
          {field('urgentDays', 'Where it is urgent', 'Tier A and negative stock')}
          {field('fastUnits', 'A fast seller sells, units', 'In a period; its negative stock comes first')}
        </div>
      </Section>
      <Section title="Second counts">
        <Checkbox
          label="A count over any of these bounds needs a second one"
          checked={draft.asksRecount}
          onChecked={(asksRecount) => onDraft({ asksRecount })}
          disabled={disabled}
        />
        {draft.asksRecount ? (
          <BoundsTable
            name="Second count over"
            section="recount"
            bounds={draft.recount}
            onBounds={(recount) => onDraft({ recount })}
            problems={problems}
            currency={currency}
            disabled={disabled}
          />
        ) : null}
        <div className={styles['wide']}>
          <SelectField
            label="Where goods moved between a count and the cut-off"
            value={draft.whenMoved}
            onValue={(whenMoved) => onDraft({ whenMoved })}
            choices={COUNT_POLICIES.map((value) => ({ value, label: capitalised(COUNT_POLICY_WORDS[value]) }))}
            disabled={disabled}
          />
        </div>
      </Section>
      <Section title="Transfers">
        <div className={styles['fields']}>{field('transferHours', 'Hours under way, at most', "Empty: the period's window")}</div>
      </Section>
    </>
  );
}
