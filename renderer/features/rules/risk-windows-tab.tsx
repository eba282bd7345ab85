/** How much of a tolerance is left in risk windows, and the windows themselves. Shares are part of the draft; windows hold at once. */
import { useState } from 'react';
import { capitalised } from '@shared/domain/explanation/words';
import type { RiskWindowView } from '@shared/domain/rule-effects';
import { RISK_KINDS, RISK_WORDS } from '@shared/domain/rules';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Button, instantText, Notice, periodName, PlusIcon, Section, Table, TextField } from '../../ui';
import { RiskWindowForm } from './risk-window-form';
import type { TabProps } from './tab-props';
import styles from './rules.module.css';

const NEW = 0;

/** A window mostly begins and ends with a day; only another hour has to be read. */
const edgeText = (instant: number, timeZone: string): string => instantText(instant, timeZone).replace(/, 00:00$/, '');

export function RiskWindowsTab({ draft, onDraft, problems, disabled }: TabProps) {
  const { timeZone } = useWorkspace();
  const windows = useQuery('rules:riskWindows', {}, { areas: ['rules', 'signOff', 'workbook'], keepsPrevious: true });
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const [result, setResult] = useState('');
  const window = windows.value?.find(({ riskWindowId }) => riskWindowId === chosen);
  const finish = (sentence: string) => {
    setResult(sentence);
    setChosen(undefined);
  };
  const choose = (riskWindowId: number) => {
    setChosen(riskWindowId);
    setResult('');
  };
  return (
    <>
      <Section title="What is left of a tolerance in a risk window">
        <div className={styles['fields']}>
          {RISK_KINDS.map((kind) => (
            <TextField
              key={kind}
              label={`${capitalised(RISK_WORDS[kind])}, %`}
              align="end"
              value={draft.shares[kind]}
              onValue={(share) => onDraft({ shares: { ...draft.shares, [kind]: share } })}
              problem={problems.get(`shares.${kind}`)}
              disabled={disabled}
            />
          ))}
        </div>
        <p className={styles['note']}>0 % leaves none: every difference goes to a person. Of several windows on a line the one that leaves least counts.</p>
      </Section>
      <Section
        title="Risk windows"
        aside={
          disabled ? null : (
            <Button kind="quiet" icon={PlusIcon} onClick={() => choose(NEW)}>
              Add a window
            </Button>
          )
        }
      >
        {windows.refusal ? <Notice tone="error" title={windows.refusal.message} copyText={windows.refusal.message} /> : null}
        {result ? <Notice tone="done" title={result} /> : null}
        <Table<RiskWindowView>
          caption="Risk windows"
          rows={windows.value ?? []}
          rowKey={({ riskWindowId }) => riskWindowId}
          {...(disabled ? {} : { onChoose: ({ riskWindowId }: RiskWindowView) => choose(riskWindowId) })}
          chosenKey={chosen}
          empty="No window: every tolerance is whole."
          testId="risk-windows"
          columns={[
            { id: 'kind', title: 'Kind', cell: ({ kind }) => capitalised(RISK_WORDS[kind]) },
            { id: 'what', title: 'Item', cell: ({ sku }) => sku ?? 'Every item' },
            { id: 'where', title: 'Location', cell: ({ location }) => location ?? 'Every location' },
            { id: 'from', title: 'From', cell: ({ fromInstant }) => edgeText(fromInstant, timeZone) },
            { id: 'until', title: 'Until', cell: ({ untilInstant }) => edgeText(untilInstant, timeZone) },
            { id: 'periods', title: 'Counts for', cell: ({ periods }) => periods.map(periodName).join(', ') || 'no period yet' },
            { id: 'note', title: 'Note', wraps: true, cell: ({ note }) => note },
          ]}
        />
      </Section>
      {!disabled && (chosen === NEW || window) ? <RiskWindowForm key={chosen} window={window} onDone={finish} onClose={() => setChosen(undefined)} /> : null}
    </>
  );
}
