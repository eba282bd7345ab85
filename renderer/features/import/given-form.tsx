/**
 * What the file does not say and a person does: when its figures were taken, at which location, which sheet.
 */
import { type FormEvent, useState } from 'react';
import type { FileInspection } from '@shared/domain/import';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import {
  Button,
  ComboboxField,
  fieldOfInstant,
  instantOfField,
  instantText,
  offsetText,
  SelectField,
  TextField,
} from '../../ui';
import type { FileGiven, QueuedFile } from './queued-file';
import styles from './import.module.css';

export interface GivenFormProps {
  readonly file: QueuedFile;
  readonly inspection: FileInspection;
  readonly onGive: (given: FileGiven) => void;
  readonly action: string;
}

/** Whether a person has, or had, something to say about the file. */
export const hasQuestions = ({ given, inspection, refusal }: QueuedFile): boolean =>
  inspection !== undefined &&
  (inspection.needs.asOf ||
    inspection.needs.location ||
    inspection.needs.dateStyle ||
    inspection.needs.numberStyle ||
    inspection.sheets.length > 1 ||
    given.asOfInstant !== undefined ||
    given.locationCode !== undefined ||
    refusal?.failure.startsWith('as_of') === true ||
    refusal?.failure.startsWith('location') === true);

const DATE_ORDERS = [
  { value: '', label: 'Choose', disabled: true },
  { value: 'day_month_year', label: '31/10/2026, day first' },
  { value: 'month_day_year', label: '10/31/2026, month first' },
] as const;

const DECIMAL_SIGNS = [
  { value: '', label: 'Choose', disabled: true },
  { value: '.', label: '1,234.56, decimal point' },
  { value: ',', label: '1.234,56, decimal comma' },
] as const;

/** The order that was given; nothing where none was, or one that this form does not offer. */
const orderOf = (style: FileGiven['dateStyle']): (typeof DATE_ORDERS)[number]['value'] =>
  style === 'day_month_year' || style === 'month_day_year' ? style : '';

export function GivenForm({ file, inspection, onGive, action }: GivenFormProps) {
  const { period, timeZone } = useWorkspace();
  const { given, refusal } = file;
  const [asOf, setAsOf] = useState(given.asOfInstant === undefined ? '' : fieldOfInstant(given.asOfInstant, timeZone));
  const [location, setLocation] = useState(given.locationCode ?? '');
  const [sheet, setSheet] = useState(given.sheet ?? inspection.sheet ?? '');
  const [dateStyle, setDateStyle] = useState<(typeof DATE_ORDERS)[number]['value']>(orderOf(given.dateStyle));
  const [decimal, setDecimal] = useState<(typeof DECIMAL_SIGNS)[number]['value']>(given.numberStyle?.decimal ?? '');
  const asksAsOf =
    inspection.needs.asOf || given.asOfInstant !== undefined || refusal?.failure.startsWith('as_of') === true;
  const asksLocation =
    inspection.needs.location || given.locationCode !== undefined || refusal?.failure.startsWith('location') === true;
  const asksDateStyle = inspection.needs.dateStyle || given.dateStyle !== undefined;
  const asksNumberStyle = inspection.needs.numberStyle || given.numberStyle !== undefined;
  const locations = useQuery('quarantine:targets', asksLocation ? { kind: 'location', text: '' } : null, {
    areas: ['imports'],
  });
  const asOfInstant = instantOfField(asOf, timeZone);
  // What was never asked for is a question, not a mistake: only an answer that was refused is shown as a problem.
  const ready =
    (!asksAsOf || asOfInstant !== undefined) &&
    (!asksLocation || location !== '') &&
    (!asksDateStyle || dateStyle !== '') &&
    (!asksNumberStyle || decimal !== '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    onGive({
      ...(asksAsOf && asOfInstant !== undefined ? { asOfInstant } : {}),
      ...(asksLocation ? { locationCode: location } : {}),
      ...(asksDateStyle && dateStyle !== '' ? { dateStyle } : {}),
      ...(asksNumberStyle && decimal !== '' ? { numberStyle: { decimal, thousands: decimal === '.' ? ',' : '.' } } : {}),
      ...(inspection.sheets.length > 1 ? { sheet } : {}),
    });
  };
  return (
    <form className={styles['given']} aria-label="What the file does not say" onSubmit={submit}>
      {inspection.sheets.length > 1 ? (
        <SelectField
          label="Sheet"
          value={sheet}
          onValue={setSheet}
          choices={inspection.sheets.map((name) => ({ value: name, label: name }))}
        />
      ) : null}
      {asksAsOf ? (
        <TextField
          label={`As of, in ${timeZone}`}
          type="datetime-local"
          step={60}
          value={asOf}
          onValue={setAsOf}
          problem={
            given.asOfInstant !== undefined && refusal?.failure.startsWith('as_of') ? refusal.message : undefined
          }
          hint={
            asOfInstant === undefined ? (
              <button
                type="button"
                className={styles['link']}
                onClick={() => setAsOf(fieldOfInstant(period.cutOffInstant, timeZone))}
              >
                Use the cut-off, {instantText(period.cutOffInstant, timeZone)}
              </button>
            ) : (
              `${instantText(asOfInstant, timeZone)}, ${offsetText(asOfInstant, timeZone)}`
            )
          }
        />
      ) : null}
      {asksLocation ? (
        <ComboboxField
          label="Location of every row"
          value={location}
          onChoose={setLocation}
          placeholder="Choose a location"
          entries={(locations.value ?? []).map((target) => ({
            key: target.code,
            title: target.code,
            detail: target.name === target.code ? '' : target.name,
          }))}
          problem={
            given.locationCode !== undefined && refusal?.failure.startsWith('location') ? refusal.message : undefined
          }
        />
      ) : null}
      {asksDateStyle ? (
        <SelectField
          label="Dates"
          value={dateStyle}
          onValue={setDateStyle}
          choices={DATE_ORDERS}
          hint="No date of the file tells day from month."
        />
      ) : null}
      {asksNumberStyle ? (
        <SelectField
          label="Numbers"
          value={decimal}
          onValue={setDecimal}
          choices={DECIMAL_SIGNS}
          hint="No number of the file tells its decimal sign."
        />
      ) : null}
      <div className={styles['givenButton']}>
        <Button type="submit" kind={action === 'Rehearse' ? 'primary' : 'plain'} disabled={!ready}>
          {action}
        </Button>
      </div>
    </form>
  );
}
