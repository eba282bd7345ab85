/** A risk window: a new one, or one that is changed or ended. Each with its reason. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { RiskWindowFields, RiskWindowView } from '@shared/domain/rule-effects';
import { RISK_KINDS, RISK_WORDS, type RiskKind } from '@shared/domain/rules';
import { useCall, useQuery } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, DayField, fieldOfInstant, instantOfField, Notice, Section, SelectField, TextField } from '../../ui';
import { ItemField } from './item-field';
import styles from './rules.module.css';

export interface RiskWindowFormProps {
  /** Undefined for a new one. */
  readonly window: RiskWindowView | undefined;
  readonly onDone: (sentence: string) => void;
  readonly onClose: () => void;
}

export function RiskWindowForm({ window, onDone, onClose }: RiskWindowFormProps) {
  const { period, timeZone } = useWorkspace();
  const announce = useAnnounce();
  const [kind, setKind] = useState<RiskKind>(window?.kind ?? 'promotion');
  const [sku, setSku] = useState(window?.sku ?? '');
  const [location, setLocation] = useState(window?.location ?? '');
  const [from, setFrom] = useState(fieldOfInstant(window?.fromInstant ?? period.startInstant, timeZone));
  const [until, setUntil] = useState(fieldOfInstant(window?.untilInstant ?? period.cutOffInstant, timeZone));
  const [note, setNote] = useState(window?.note ?? '');
  const [why, setWhy] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('select')?.focus(), []);
  const choices = useQuery('countSheets:choices', {}, { areas: ['imports', 'workbook'], keepsPrevious: true });
  const add = useCall('rules:addRiskWindow');
  const change = useCall('rules:changeRiskWindow');
  const end = useCall('rules:endRiskWindow');
  const [fromInstant, untilInstant] = [instantOfField(from, timeZone), instantOfField(until, timeZone)];
  const running = add.running || change.running || end.running;
  const refusal = add.refusal ?? change.refusal ?? end.refusal;
  const hasWhy = why.trim() !== '';
  const ready = hasWhy && fromInstant !== undefined && untilInstant !== undefined && !running;

  const finish = (sentence: string) => {
    announce(sentence);
    onDone(sentence);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const fields: RiskWindowFields = { kind, sku: sku.trim() || null, location: location || null, fromInstant, untilInstant, note: note.trim() };
    const outcome = window
      ? await change.run({ riskWindowId: window.riskWindowId, window: fields, why: why.trim() })
      : await add.run({ window: fields, why: why.trim() });
    if (outcome.ok) finish(`The ${RISK_WORDS[kind]} is ${window ? 'changed' : 'there'}. Reconcile the periods it touches again.`);
  };
  const endNow = async () => {
    if (!window || !hasWhy) return;
    const outcome = await end.run({ riskWindowId: window.riskWindowId, untilInstant: Math.max(window.fromInstant, Math.min(Date.now(), window.untilInstant - 1)), why: why.trim() });
    if (outcome.ok) finish(outcome.value.removed ? `The ${RISK_WORDS[window.kind]} had not begun and is taken away.` : `The ${RISK_WORDS[window.kind]} is over.`);
  };
  const dateField = (label: string, value: string, onValue: (value: string) => void) => (
    <DayField withTime label={label} value={value} onValue={onValue} disabled={running} />
  );
  return (
    <Section title={window ? 'Change the window' : 'New risk window'}>
      <form ref={form} aria-label="Risk window" onSubmit={(event) => void submit(event)}>
        <div className={styles['windowFields']}>
          <SelectField label="Kind" value={kind} onValue={setKind} choices={RISK_KINDS.map((value) => ({ value, label: RISK_WORDS[value] }))} disabled={running} />
          <ItemField label="Item" sku={sku} onSku={setSku} hint="Empty: every item" disabled={running} />
          <SelectField
            label="Location"
            value={location}
            onValue={setLocation}
            choices={[{ value: '', label: 'every location' }, ...(choices.value?.locations ?? []).map(({ code }) => ({ value: code, label: code }))]}
            disabled={running}
          />
          {dateField('From', from, setFrom)}
          {dateField('Until', until, setUntil)}
          <TextField label="Note" value={note} onValue={setNote} disabled={running} />
        </div>
        <div className={styles['save']}>
          <TextField label="Why" value={why} onValue={setWhy} disabled={running} />
          <div className={styles['buttonRow']}>
            <Button onClick={onClose}>Cancel</Button>
            {window ? (
              <Button disabled={!hasWhy || running} onClick={() => void endNow()}>
                End it now
              </Button>
            ) : null}
            <Button type="submit" disabled={!ready}>
              {window ? 'Change the window' : 'Add the window'}
            </Button>
          </div>
        </div>
      </form>
      {refusal ? (
        <Notice tone="error" title="The window stays as it was" copyText={refusal.message}>
          {refusal.message}
        </Notice>
      ) : null}
    </Section>
  );
}
