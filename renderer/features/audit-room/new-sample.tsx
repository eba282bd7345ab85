/** A new sample: method and figures, what they make of the population before anything is drawn, and the seed. */
import { type FormEvent, useState } from 'react';
import { CONFIDENCE_PERCENT_LEAST, CONFIDENCE_PERCENT_MOST } from '@shared/domain/audit/confidence-factor';
import type { Sizing } from '@shared/domain/audit/monetary-unit';
import { methodWords, populationWords } from '@shared/domain/audit/paper-words';
import type { Basis } from '@shared/domain/audit/sample';
import { METHOD_WORDS, SAMPLE_METHODS } from '@shared/domain/audit/selection';
import { useCall, useQuery } from '../../api';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, Notice, Pane, periodName, Section, SelectField, sentenceText, TextField } from '../../ui';
import { FIRST_DRAFT, type SampleDraft, termsOf } from './sample-draft';
import styles from './audit-room.module.css';

const METHODS = SAMPLE_METHODS.map((value) => ({ value, label: METHOD_WORDS[value].charAt(0).toUpperCase() + METHOD_WORDS[value].slice(1) }));
const BASES: readonly { readonly value: Basis; readonly label: string }[] = [
  { value: 'before', label: 'Before adjustments' }, { value: 'after', label: 'With adjustments' },
];
const SIZINGS: readonly { readonly value: Sizing; readonly label: string }[] = [
  { value: 'factor', label: 'Confidence factor' }, { value: 'expansion', label: 'Expansion factor' },
];

export interface NewSampleProps {
  readonly file: string;
  readonly onDrawn: (sampleId: number) => void;
}

export function NewSample({ file, onDrawn }: NewSampleProps) {
  const { period, currency } = useWorkspace();
  const announce = useAnnounce();
  const draw = useCall('samples:draw');
  const [draft, setDraft] = useState<SampleDraft>(FIRST_DRAFT);
  const set = (change: Partial<SampleDraft>) => {
    setDraft((before) => ({ ...before, ...change }));
    draw.reset();
  };
  const terms = termsOf(draft, currency);
  const plan = useQuery('samples:plan', terms ? { periodId: period.periodId, terms } : null, { areas: ['lines', 'tags', 'workbook'], keepsPrevious: true });
  const ready = terms !== undefined && plan.value !== undefined && !plan.loading && !plan.refusal && !draw.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await draw.run({ file, periodId: period.periodId, purpose: draft.purpose.trim(), terms, seed: draft.seed.trim() });
    if (!outcome.ok) return;
    announce(`Sample ${outcome.value.sampleId} is drawn.`);
    onDrawn(outcome.value.sampleId);
  };
  return (
    <Pane
      title={`New sample of ${periodName(period.code)}`}
      testId="new-sample"
      footer={<Button kind="primary" type="submit" form="new-sample" disabled={!ready}>Draw the sample</Button>}
    >
      {draw.refusal ? <div className={styles['note']}><Notice tone="error" title="Nothing was drawn" copyText={draw.refusal.message}>{draw.refusal.message}</Notice></div> : null}
      <form id="new-sample" aria-label="New sample" onSubmit={(event) => void submit(event)}>
        <Section title="What is drawn">
          <div className={styles['fields']}>
            <SelectField label="Method" value={draft.method} choices={METHODS} onValue={(method) => set({ method })} />
            <SelectField label="Books" value={draft.basis} choices={BASES} onValue={(basis) => set({ basis })} />
            <TextField label="Seed" hint="Empty: a new one is made" value={draft.seed} onValue={(seed) => set({ seed })} />
          </div>
          <div className={styles['wide']}>
            <TextField label="Purpose" hint="Stands at the head of the working paper" value={draft.purpose} onValue={(purpose) => set({ purpose })} />
          </div>
          <MethodFields draft={draft} currency={currency} onChange={set} />
        </Section>
        <Section title="What it makes" testId="sample-plan">
          {terms === undefined ? (
            <p className={styles['soft']}>Fill in the figures above.</p>
          ) : plan.refusal ? (
            <Notice tone="info" title="Nothing to draw">{plan.refusal.message}</Notice>
          ) : plan.value ? (
            <>
              <p>{sentenceText(populationWords(plan.value, terms.basis, currency))}</p>
              {terms.method === 'mus' && plan.value.intervalMinor === null ? null : <p>{methodWords(terms, plan.value, currency)}</p>}
            </>
          ) : null}
        </Section>
      </form>
    </Pane>
  );
}

interface MethodFieldsProps {
  readonly draft: SampleDraft;
  readonly currency: string;
  readonly onChange: (change: Partial<SampleDraft>) => void;
}

function MethodFields({ draft, currency, onChange }: MethodFieldsProps) {
  const figure = (label: string, name: 'confidence' | 'tolerable' | 'expected' | 'size' | 'sizeA' | 'sizeB' | 'sizeC' | 'step', hint?: string) => (
    <TextField label={label} align="end" inputMode="decimal" value={draft[name]} onValue={(value) => onChange({ [name]: value })} {...(hint ? { hint } : {})} />
  );
  switch (draft.method) {
    case 'mus':
      return (
        <>
          <div className={styles['fields']}>
            {figure(`Tolerable misstatement, ${currency}`, 'tolerable', 'The most the books may be wrong by')}
            {figure(`Expected misstatement, ${currency}`, 'expected', 'What is thought to be found; makes the sample larger')}
            {figure('Confidence in %', 'confidence', `${CONFIDENCE_PERCENT_LEAST} to ${CONFIDENCE_PERCENT_MOST}`)}
          </div>
          <div className={styles['fields']}>
            <SelectField label="Sized by" hint="The older short cut knows few confidences" value={draft.sizing} choices={SIZINGS} onValue={(sizing) => onChange({ sizing })} />
          </div>
        </>
      );
    case 'random': return <div className={styles['fields']}>{figure('Lines', 'size')}</div>;
    case 'stratified': return <div className={styles['fields']}>{figure('Lines of tier A', 'sizeA')}{figure('Lines of tier B', 'sizeB')}{figure('Lines of tier C', 'sizeC')}</div>;
    case 'nth': return <div className={styles['fields']}>{figure('Every how many lines', 'step')}</div>;
  }
}
