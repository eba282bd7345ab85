/**
 * What the audit trail is asked beside the text of the header's field: by whom, on which line, what, why and when.
 */
import { useEffect, useMemo, useState } from 'react';
import { KeptTrail } from '@shared/contract/kept';
import type { AuditFilter } from '@shared/domain/audit-filter';
import { startOfLocalDay } from '@shared/domain/instant';
import { useQuery } from '../../api';
import { keep, keptPart } from '../../app/kept';
import { useScreenFocus, useWorkspace } from '../../app/workspace';
import { Button, countText, DayField, SelectField, TextField } from '../../ui';
import styles from './audit.module.css';

const NOTHING: KeptTrail = { ofPeriod: false, person: '', line: '', action: '', reason: '', from: '', to: '', sequence: null };
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export interface AskedTrail {
  readonly asked: KeptTrail;
  readonly ask: (change: Partial<KeptTrail>) => void;
  readonly clear: () => void;
  /** The same object as long as it asks the same. */
  readonly filter: AuditFilter;
  readonly isFiltered: boolean;
}

/** What is asked; kept, so that whoever went from an event to its line finds it again. */
export function useAskedTrail(text: string): AskedTrail {
  const { period, timeZone } = useWorkspace();
  const [asked, setAsked] = useState<KeptTrail>(() => keptPart('trail', KeptTrail) ?? NOTHING);
  useEffect(() => keep('trail', asked), [asked]);
  useScreenFocus(({ trail }) => {
    if (trail) setAsked({ ...NOTHING, ...trail });
  });
  const { ofPeriod, person, line, action, reason, from, to } = asked;
  const filter = useMemo<AuditFilter>(
    () => ({
      text,
      periodId: ofPeriod ? period.periodId : null,
      person: person.trim(),
      line: line.trim(),
      action,
      reason: reason.trim(),
      fromInstant: DAY.test(from) ? startOfLocalDay(from, timeZone) : null,
      untilInstant: DAY.test(to) ? startOfLocalDay(to, timeZone, 1) : null,
    }),
    [text, ofPeriod, period.periodId, person, line, action, reason, from, to, timeZone],
  );
  return {
    asked,
    ask: (change) => setAsked((before) => ({ ...before, ...change })),
    clear: () => setAsked(NOTHING),
    filter,
    isFiltered: [person, line, action, reason, from, to].some((value) => value !== ''),
  };
}

/** The fields; the first of them is `data-first-filter`. */
export function TrailFilters({ trail: { asked, ask, clear, isFiltered } }: { readonly trail: AskedTrail }) {
  const choices = useQuery('audit:choices', {}, { keepsPrevious: true }).value;
  const counted = (each: { readonly name: string; readonly events: number }) => `${each.name.replace(/ <.*>$/, '')} (${countText(each.events)})`;
  // What is asked for may be one that the trail does not know, or no longer after another workbook was opened.
  const withAsked = (names: readonly { readonly name: string; readonly events: number }[] | undefined, value: string) => [
    ...(names ?? []).map((each) => ({ value: each.name, label: counted(each) })),
    ...(value === '' || names?.some(({ name }) => name === value) ? [] : [{ value, label: value }]),
  ];
  return (
    <div role="group" aria-label="Filters of the audit trail" className={styles['filters']} data-testid="audit-filters">
      <SelectField label="Person" value={asked.person} onValue={(person) => ask({ person })} choices={[{ value: '', label: 'Everyone' }, ...withAsked(choices?.people, asked.person)]} data-first-filter />
      <TextField label="Line" placeholder="SKU, location" value={asked.line} onValue={(line) => ask({ line })} />
      <SelectField label="Action" value={asked.action} onValue={(action) => ask({ action })} choices={[{ value: '', label: 'Every action' }, ...withAsked(choices?.actions, asked.action)]} />
      <TextField label="Reason" placeholder="Code or words" value={asked.reason} onValue={(reason) => ask({ reason })} />
      <DayField label="From" value={asked.from} onValue={(from) => ask({ from })} />
      <DayField label="To" value={asked.to} onValue={(to) => ask({ to })} />
      <Button disabled={!isFiltered} onClick={clear}>
        Clear
      </Button>
    </div>
  );
}
