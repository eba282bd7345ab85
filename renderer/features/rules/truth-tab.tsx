/** Which system wins for each state: in general, and where a location or a category has a rule of its own. */
import { capitalised } from '@shared/domain/explanation/words';
import { TRUTH_SYSTEM_WORDS, TRUTH_WORDS } from '@shared/domain/rule-words';
import { TRUTH_STATES } from '@shared/domain/rules';
import { SYSTEMS } from '@shared/domain/states';
import { Button, CrossIcon, IconButton, PlusIcon, Section, SelectField } from '../../ui';
import { freshKey, type TruthDraft } from './rules-draft';
import type { TabProps } from './tab-props';
import styles from './rules.module.css';

const SYSTEM_CHOICES = SYSTEMS.map((value) => ({ value, label: capitalised(TRUTH_SYSTEM_WORDS[value]) }));
const STATE_CHOICES = TRUTH_STATES.map((value) => ({ value, label: capitalised(TRUTH_WORDS[value]) }));
const isGeneral = (rule: TruthDraft) => rule.location === null && rule.category === null;

export interface TruthTabProps extends TabProps {
  readonly locations: readonly string[];
  readonly categories: readonly string[];
}

export function TruthTab({ draft, onDraft, problems, disabled, locations, categories }: TruthTabProps) {
  const change = (key: string, values: Partial<TruthDraft>) =>
    onDraft({ truth: draft.truth.map((rule) => (rule.key === key ? { ...rule, ...values } : rule)) });
  // A rule that is being written stands among the overrides, though it names no place yet.
  const firstOf = new Map(TRUTH_STATES.map((state) => [state, draft.truth.find((rule) => rule.state === state && isGeneral(rule))?.key]));
  const overrides = draft.truth.filter((rule) => firstOf.get(rule.state) !== rule.key);
  const add = () =>
    onDraft({ truth: [...draft.truth, { key: freshKey(), state: 'on_hand', system: 'warehouse', location: locations[0] ?? null, category: null }] });
  const places = (names: readonly string[], chosen: string | null, all: string) => [
    { value: '', label: all },
    ...[...new Set([...names, ...(chosen === null ? [] : [chosen])])].map((value) => ({ value, label: value })),
  ];
  return (
    <>
      <Section title="In general">
        <div className={styles['truth']}>
          {TRUTH_STATES.map((state) => {
            const rule = draft.truth.find((each) => each.key === firstOf.get(state));
            return rule ? (
              <SelectField
                key={state}
                label={capitalised(TRUTH_WORDS[state])}
                value={rule.system}
                onValue={(system) => change(rule.key, { system })}
                choices={SYSTEM_CHOICES}
                disabled={disabled}
              />
            ) : null;
          })}
        </div>
        {problems.get('truth') ? <p className={styles['problem']} role="alert">{problems.get('truth')}</p> : null}
      </Section>
      <Section
        title="Where it is otherwise"
        aside={
          disabled ? null : (
            <Button kind="quiet" icon={PlusIcon} onClick={add}>
              Add an override
            </Button>
          )
        }
      >
        {overrides.length === 0 ? <p className={styles['quiet']}>The general rule holds at every location and for every category.</p> : null}
        {overrides.map((rule, index) => (
          <div key={rule.key} className={styles['override']} role="group" aria-label={`Override ${index + 1}`}>
            <SelectField label="State" value={rule.state} onValue={(state) => change(rule.key, { state })} choices={STATE_CHOICES} disabled={disabled} problem={problems.get(rule.key)} />
            <SelectField label="Location" value={rule.location ?? ''} onValue={(location) => change(rule.key, { location: location || null })} choices={places(locations, rule.location, 'Every location')} disabled={disabled} />
            <SelectField label="Category" value={rule.category ?? ''} onValue={(category) => change(rule.key, { category: category || null })} choices={places(categories, rule.category, 'Every category')} disabled={disabled} />
            <SelectField label="Wins" value={rule.system} onValue={(system) => change(rule.key, { system })} choices={SYSTEM_CHOICES} disabled={disabled} />
            {disabled ? null : (
              <div className={styles['button']}>
                <IconButton label={`Take away override ${index + 1}`} icon={CrossIcon} onClick={() => onDraft({ truth: draft.truth.filter(({ key }) => key !== rule.key) })} />
              </div>
            )}
          </div>
        ))}
        <p className={styles['note']}>A rule for a category at a location beats one for the location, that one a rule for the category, and that one the general rule.</p>
      </Section>
    </>
  );
}
