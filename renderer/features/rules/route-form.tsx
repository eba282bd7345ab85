/** One route: its name, owner and days, and what an exception must be to go by it. Nothing chosen means anything. */
import { useEffect, useRef } from 'react';
import { TIERS, OWNERS } from '@shared/domain/terms';
import { CAUSES, VARIANCE_CLASSES, VARIANCE_KINDS } from '@shared/domain/variance';
import { Checkbox, SelectField, TextField } from '../../ui';
import type { Problems, RouteDraft } from './rules-draft';
import styles from './rules.module.css';

export interface RouteFormProps {
  readonly route: RouteDraft;
  readonly onRoute: (change: Partial<RouteDraft>) => void;
  readonly problems: Problems;
  readonly currency: string;
  readonly disabled: boolean;
  /** It was just added: its name waits to be typed over. */
  readonly isNew: boolean;
}

interface ChoicesProps<Value extends string> {
  readonly title: string;
  readonly values: readonly Value[];
  readonly chosen: readonly Value[];
  readonly onChosen: (chosen: readonly Value[]) => void;
  readonly disabled: boolean;
}

/** Any of several: none of them chosen stands for all. */
function Choices<Value extends string>({ title, values, chosen, onChosen, disabled }: ChoicesProps<Value>) {
  return (
    <fieldset className={styles['choices']}>
      <legend>{title}</legend>
      {values.map((value) => (
        <Checkbox
          key={value}
          label={value.replaceAll('_', ' ')}
          checked={chosen.includes(value)}
          onChecked={(checked) => onChosen(values.filter((each) => (each === value ? checked : chosen.includes(each))))}
          disabled={disabled}
        />
      ))}
    </fieldset>
  );
}

export function RouteForm({ route, onRoute, problems, currency, disabled, isNew }: RouteFormProps) {
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isNew) name.current?.select();
  }, [isNew]);
  return (
    <div role="group" aria-label="Route">
      <div className={styles['route']}>
        <TextField ref={name} label="Name" value={route.name} onValue={(name) => onRoute({ name })} problem={problems.get(`${route.key}.name`) ?? problems.get(route.key)} disabled={disabled} />
        <SelectField label="Goes to" value={route.owner} onValue={(owner) => onRoute({ owner })} choices={OWNERS.map((value) => ({ value, label: value }))} disabled={disabled} />
        <TextField label="Due after days" align="end" value={route.dueDays} onValue={(dueDays) => onRoute({ dueDays })} problem={problems.get(`${route.key}.dueDays`)} hint="Empty: as generally" disabled={disabled} />
      </div>
      <Choices title="Class" values={VARIANCE_CLASSES} chosen={route.classes} onChosen={(classes) => onRoute({ classes })} disabled={disabled} />
      <Choices title="Variance" values={VARIANCE_KINDS} chosen={route.kinds} onChosen={(kinds) => onRoute({ kinds })} disabled={disabled} />
      <Choices title="Risk tier" values={TIERS} chosen={route.tiers} onChosen={(tiers) => onRoute({ tiers })} disabled={disabled} />
      <div className={styles['route']}>
        <TextField label="Locations" value={route.locations} onValue={(locations) => onRoute({ locations })} hint="Codes, with commas; empty: every location" disabled={disabled} />
        <TextField label="Categories" value={route.categories} onValue={(categories) => onRoute({ categories })} hint="With commas; empty: every category" disabled={disabled} />
        <TextField label={`Worth at least, ${currency}`} align="end" value={route.fromValue} onValue={(fromValue) => onRoute({ fromValue })} problem={problems.get(`${route.key}.fromValue`)} hint="Empty: any value" disabled={disabled} />
      </div>
      <details className={styles['causes']} open={route.causes.length > 0}>
        <summary>{route.causes.length === 0 ? 'Any cause' : `Causes: ${route.causes.map((cause) => cause.replaceAll('_', ' ')).join(', ')}`}</summary>
        <Choices title="Cause" values={CAUSES} chosen={route.causes} onChosen={(causes) => onRoute({ causes })} disabled={disabled} />
      </details>
    </div>
  );
}
