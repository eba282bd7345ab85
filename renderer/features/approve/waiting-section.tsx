/**
 * What stands in the way of a journal: reasons that were given for other figures, and adjustments that wait for a check. A tag whose line is
 * gone is only found here.
 */
import type { ChangedLine } from '@shared/domain/follow-up/shapes';
import { useCall, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, quantityText, Section, Table, UNKNOWN } from '../../ui';
import styles from './approve.module.css';

const SHOWN = 50;
/** How many lines a sentence names. */
const NAMED = 5;

const figures = (line: ChangedLine): string => {
  const text = (scaled: number | null | undefined) => (scaled == null ? UNKNOWN : quantityText(scaled));
  if (line.now === null) return 'no such line any more';
  const kinds = [['count', 'countScaled'], ['channel', 'channelScaled'], ['ledger', 'ledgerScaled'], ['adjustment', 'adjustmentScaled']] as const;
  return kinds
    .filter(([, key]) => line.then[key] !== line.now![key])
    .map(([word, key]) => `${word} ${text(line.then[key])} is ${text(line.now![key])}`)
    .join(', ');
};

export function WaitingSection() {
  const { period, canEdit, openScreen, recordChange, savingChange } = useWorkspace();
  const lists = useQuery('followUp:lists', { periodId: period.periodId, limit: SHOWN }, { areas: ['lines', 'tags', 'followUp', 'journals'], keepsPrevious: true });
  const confirm = useCall('followUp:confirm');
  const { changed, checks } = lists.value ?? {};
  if (!changed || !checks || changed.total + checks.total === 0) return null;
  const confirmAll = () => savingChange(async () => {
    const outcome = await confirm.run({ periodId: period.periodId, stockKeyIds: null });
    if (outcome.ok) recordChange(`Confirm ${countWords(outcome.value.tags.length, 'reason')}`, outcome.value.sequences);
    else notify({ tone: 'error', title: outcome.message });
  });
  const asks = changed.lines.some((line) => line.kind !== 'approved');
  return (
    <>
      {changed.total > 0 ? (
        <Section title={`Changed since they were tagged: ${countWords(changed.total, 'line')}`} testId="changed-lines">
          <Table<ChangedLine>
            caption="Reasons that were given for other figures"
            rows={changed.lines}
            rowKey={(line) => line.stockKeyId}
            onChoose={(line) => openScreen('explain', { view: 'changed', ...(line.now === null ? {} : { stockKeyId: line.stockKeyId }) })}
            columns={[
              { id: 'line', title: 'Line', cell: (line) => `${line.sku} ${line.location}` },
              { id: 'reason', title: 'Reason', cell: (line) => line.reasonCode ?? '' },
              { id: 'figures', title: 'Then and now', wraps: true, cell: (line) => `${figures(line)}${line.kind === 'cleared' ? ', cleared by a rule' : line.kind === 'approved' ? ', in an approved journal' : ''}` },
            ]}
          />
          {canEdit && asks ? (
            <p>
              <Button disabled={confirm.running} onClick={() => void confirmAll()}>{`Confirm all for the new figures`}</Button>
            </p>
          ) : null}
        </Section>
      ) : null}
      {checks.total > 0 ? (
        <Section title={`Adjustments that wait for a check: ${countWords(checks.total, 'line')}`} testId="waiting-checks">
          <p className={styles['quiet']}>{`${checks.lines.slice(0, NAMED).map((line) => `${line.sku} ${line.location}`).join(', ')}${checks.total > NAMED ? ` and ${countWords(checks.total - NAMED, 'more line')}` : ''}.`}</p>
          <p>
            <Button onClick={() => openScreen('explain', { view: 'checks' })}>Look them up</Button>
          </p>
        </Section>
      ) : null}
    </>
  );
}
