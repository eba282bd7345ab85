/**
 * What the file does not say and a person does: when its figures were taken, at which location, how it writes dates.
 */
import { type FormEvent, useId, useState } from 'react';
import type { FileInspection } from '@shared/domain/import';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import {
  Button,
  ComboboxField,
  DayField,
  fieldOfInstant,
  instantOfField,
  instantText,
  offsetText,
  SelectField,
  TextField,
} from '../../ui';
import type { FileGiven, QueuedFile } from './queued-file';
import { undatedSentence } from './words';
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
    inspection.toldAtAsOf.length > 0 ||
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
  const id = useId();
  const [asOf, setAsOf] = useState(given.asOfInstant === undefined ? '' : fieldOfInstant(given.asOfInstant, timeZone));
  const [location, setLocation] = useState(given.locationCode ?? '');
  const [dateStyle, setDateStyle] = useState<(typeof DATE_ORDERS)[number]['value']>(orderOf(given.dateStyle));
  const [decimal, setDecimal] = useState<(typeof DECIMAL_SIGNS)[number]['value']>(given.numberStyle?.decimal ?? '');
  const mayGiveAsOf = inspection.toldAtAsOf.length > 0 && !inspection.needs.asOf;
  const asksAsOf =
    inspection.needs.asOf || mayGiveAsOf || given.asOfInstant !== undefined || refusal?.failure.startsWith('as_of') === true;
  const asksLocation =
    inspection.needs.location || given.locationCode !== undefined || refusal?.failure.startsWith('location') === true;
  const asksDateStyle = inspection.needs.dateStyle || given.dateStyle !== undefined;
  const asksNumberStyle = inspection.needs.numberStyle || given.numberStyle !== undefined;
  const locations = useQuery('quarantine:targets', asksLocation ? { kind: 'location', text: '' } : null, {
    areas: ['imports'],
  });
  const known = (code: string) => locations.value?.some((each) => each.code === code) === true;
  const asOfInstant = instantOfField(asOf, timeZone);
  // What was never asked for is a question, not a mistake: only an answer that was refused is shown as a problem.
  const ready =
    (!asksAsOf || asOfInstant !== undefined || (mayGiveAsOf && asOf === '')) &&
    (!asksLocation || location.trim() !== '') &&
    (!asksDateStyle || dateStyle !== '') &&
    (!asksNumberStyle || decimal !== '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    onGive({
      ...(asksAsOf ? { asOfInstant } : {}),
      ...(asksLocation ? { locationCode: location.trim() } : {}),
      ...(asksDateStyle && dateStyle !== '' ? { dateStyle } : {}),
      ...(asksNumberStyle && decimal !== '' ? { numberStyle: { decimal, thousands: decimal === '.' ? ',' : '.' } } : {}),
    });
  };
  return (
    <form className={styles['given']} aria-label="What the file does not say" onSubmit={submit}>
      {asksAsOf ? (
        <DayField
          withTime
          label={`As of${mayGiveAsOf ? ', optional' : ''}, in ${timeZone}`}
          value={asOf}
          onValue={setAsOf}
          problem={
            given.asOfInstant !== undefined && refusal?.failure.startsWith('as_of') ? refusal.message : undefined
          }
          hint={
            asOfInstant === undefined ? (
              <>
                {mayGiveAsOf ? `${undatedSentence(inspection.toldAtAsOf)} ` : null}
                <button
                  type="button"
                  className={styles['link']}
                  onClick={() => setAsOf(fieldOfInstant(period.cutOffInstant, timeZone))}
                >
                  Use the cut-off, {instantText(period.cutOffInstant, timeZone)}
                </button>
              </>
            ) : (
              `${instantText(asOfInstant, timeZone)}, ${offsetText(asOfInstant, timeZone)}`
            )
          }
        />
      ) : null}
      {asksLocation && inspection.bringsLocations ? (
        <TextField
          label="Location of rows that name none"
          value={location}
          onValue={setLocation}
          placeholder="Code of a location"
          list={`${id}-locations`}
          problem={
            given.locationCode !== undefined && refusal?.failure.startsWith('location') ? refusal.message : undefined
          }
          hint={
            <>
              {location.trim() === ''
                ? 'One of the workbook, or a new one that the file brings.'
                : known(location.trim())
                  ? 'A location of the workbook.'
                  : `${location.trim()} is new to the workbook: the file brings it.`}
              <datalist id={`${id}-locations`}>
                {(locations.value ?? []).map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name === code ? '' : name}
                  </option>
                ))}
              </datalist>
            </>
          }
        />
      ) : asksLocation ? (
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
