/** How the sample was drawn, how to draw it again, and the tick marks with their meaning. */
import { type FormEvent, useState } from 'react';
import { methodWords, populationWords, repeatWords } from '@shared/domain/audit/paper-words';
import type { Sample } from '@shared/domain/audit/sample';
import { useWorkspace } from '../../app/workspace';
import { Button, Facts, instantText, Section, Table, TextField } from '../../ui';
import type { MakeChanges } from './make-changes';
import styles from './audit-room.module.css';

export function PlanTab({ sample, onMake }: { readonly sample: Sample; readonly onMake: MakeChanges }) {
  const { timeZone } = useWorkspace();
  const [mark, setMark] = useState('');
  const [meaning, setMeaning] = useState('');
  const ready = mark.trim().length === 1 && meaning.trim() !== '';
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !(await onMake([{ kind: 'mark', mark: mark.trim(), meaning: meaning.trim() }]))) return;
    setMark('');
    setMeaning('');
  };
  return (
    <div className={styles['scrolled']}>
      <Section title="How it was drawn">
        <Facts
          facts={[
            { name: 'Population', value: populationWords(sample.plan, sample.terms.basis, sample.currency) },
            { name: 'Method', value: methodWords(sample.terms, sample.plan, sample.currency) },
            { name: 'To draw it again', value: <span className={styles['hash']}>{repeatWords(sample)}</span> },
            { name: 'Drawn', value: `${sample.drawnBy}, ${instantText(sample.drawnInstant, timeZone)}` },
            { name: 'Seal', value: <span className={styles['hash']}>{sample.sealRoot ?? 'The period was not sealed.'}</span> },
            { name: 'Audit trail', value: <span className={styles['hash']}>{`Event ${sample.chainSequence}, ${sample.chainHash}`}</span> },
          ]}
        />
      </Section>
      <Section title="Tick marks">
        <Table
          caption="Tick marks"
          rows={sample.tickMarks}
          rowKey={(each) => each.mark}
          columns={[{ id: 'mark', title: 'Mark', width: 64, cell: (each) => each.mark }, { id: 'meaning', title: 'Meaning', wraps: true, cell: (each) => each.meaning }]}
        />
        {sample.conclusion === null ? (
          <form aria-label="Own tick mark" className={styles['markForm']} onSubmit={(event) => void add(event)}>
            <TextField label="Own mark" hint="One character" maxLength={1} value={mark} onValue={setMark} />
            <TextField label="What it means" value={meaning} onValue={setMeaning} />
            <div className={styles['button']}><Button type="submit" disabled={!ready}>Add</Button></div>
          </form>
        ) : null}
      </Section>
    </div>
  );
}
