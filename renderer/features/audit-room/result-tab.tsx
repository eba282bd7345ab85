/** What the sample says, figure by figure, and the auditor's conclusion. */
import { type FormEvent, useState } from 'react';
import type { DirectionFigures, Sample } from '@shared/domain/audit/sample';
import { formatDecimal } from '@shared/domain/decimal';
import { useWorkspace } from '../../app/workspace';
import { Button, Facts, instantText, moneyText, Notice, Section, Table, TextField } from '../../ui';
import type { MakeChanges } from './make-changes';
import styles from './audit-room.module.css';

const ROWS: readonly { readonly title: string; readonly figure: keyof DirectionFigures }[] = [
  { title: 'Projected misstatement', figure: 'projectedMinor' },
  { title: 'Basic precision', figure: 'basicPrecisionMinor' },
  { title: 'Incremental allowance', figure: 'incrementalMinor' },
  { title: 'Upper misstatement limit', figure: 'upperLimitMinor' },
];

export function ResultTab({ sample, onMake }: { readonly sample: Sample; readonly onMake: MakeChanges }) {
  const { timeZone } = useWorkspace();
  const { evaluation, currency, terms } = sample;
  const { overstatement, understatement } = evaluation;
  const money = (minor: number) => moneyText(minor, currency);
  const skuOf = new Map(sample.items.map(({ number, sku, location }) => [number, `${sku}, ${location}`]));
  const tone = evaluation.decision === 'supported' ? 'done' : evaluation.decision === 'open' || evaluation.decision === 'judged' ? 'info' : 'warning';
  return (
    <div className={styles['scrolled']}>
      <Section title="Evaluation" testId="sample-evaluation">
        <div className={styles['note']}><Notice tone={tone} title={evaluation.words} /></div>
        {overstatement && understatement ? (
          <Table
            caption="Limits"
            rows={ROWS}
            rowKey={({ figure }) => figure}
            columns={[
              { id: 'title', title: `At ${terms.method === 'mus' ? terms.confidencePercent : 0} % confidence`, cell: ({ title }) => title },
              { id: 'over', title: `Overstatement ${currency}`, align: 'end', cell: ({ figure }) => money(overstatement[figure]) },
              { id: 'under', title: `Understatement ${currency}`, align: 'end', cell: ({ figure }) => money(understatement[figure]) },
            ]}
          />
        ) : null}
        {evaluation.rows.length > 0 ? (
          <Table
            caption="Misstatements, the largest taint first"
            rows={evaluation.rows}
            rowKey={({ number }) => number}
            columns={[
              { id: 'line', title: 'Line', cell: ({ number }) => skuOf.get(number) ?? String(number) },
              { id: 'taint', title: 'Taint %', align: 'end', cell: ({ taintMillionths }) => (taintMillionths === null ? 'at least the interval' : formatDecimal(taintMillionths, 4)) },
              { id: 'projected', title: `Projected ${currency}`, align: 'end', cell: ({ projectedMinor }) => money(projectedMinor) },
              { id: 'step', title: 'Factor grows by', align: 'end', cell: ({ stepHundredths }) => (stepHundredths === null ? '' : formatDecimal(stepHundredths, 2, 2)) },
            ]}
          />
        ) : null}
      </Section>
      <Section title="Conclusion">
        {sample.conclusion === null ? (
          <Conclude isOpen={evaluation.itemsOpen > 0} onMake={onMake} />
        ) : (
          <Facts facts={[{ name: sample.concludedBy ?? '', value: instantText(sample.concludedInstant ?? 0, timeZone) }, { name: 'Conclusion', value: sample.conclusion }]} />
        )}
      </Section>
    </div>
  );
}

function Conclude({ isOpen, onMake }: { readonly isOpen: boolean; readonly onMake: MakeChanges }) {
  const [text, setText] = useState('');
  const ready = !isOpen && text.trim() !== '';
  const conclude = (event: FormEvent) => {
    event.preventDefault();
    if (ready) void onMake([{ kind: 'conclude', conclusion: text.trim() }]);
  };
  return (
    <form aria-label="Conclusion" className={styles['conclude']} onSubmit={conclude}>
      <TextField label="Conclusion" hint={isOpen ? 'Once every line has a test count' : 'The sample then stays as it is'} value={text} onValue={setText} disabled={isOpen} />
      <div className={styles['button']}><Button kind="primary" type="submit" disabled={!ready}>Conclude</Button></div>
    </form>
  );
}
