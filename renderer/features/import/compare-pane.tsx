/**
 * A later export held against the locked period: what the source system changed after the close, in units and money.
 */
import { type FormEvent, useEffect, useState } from 'react';
import type { InputOf } from '../../api';
import type { Comparison, ComparisonTotal } from '@shared/domain/import-life';
import { measureWords, SYSTEM_WORDS } from '@shared/domain/import-words';
import { shellCall, useCall } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, countText, countWords, DayField, ExportIcon, fieldOfInstant, instantOfField, instantText, Notice, NumberText, Pane, periodName, ProgressBar, Section, Table, TextField, UNKNOWN } from '../../ui';
import { countsWords, DifferenceLines, figureOf, signed } from './difference-table';
import { type NewFile, withoutUndefined } from './queued-file';
import styles from './import.module.css';

type Request = InputOf<'imports:compare'>;

/** Refusals that a person mends by saying when, or where. */
const MENDED: Readonly<Record<string, 'asOf' | 'location'>> = {
  as_of_needed: 'asOf', as_of_outside_period: 'asOf', location_needed: 'location', location_unknown: 'location',
};

export function ComparePane({ file, onClose }: { readonly file: NewFile; readonly onClose: () => void }) {
  const { period, timeZone, info } = useWorkspace();
  const announce = useAnnounce();
  const compare = useCall('imports:compare');
  const [comparison, setComparison] = useState<Comparison | undefined>(undefined);
  const [asOf, setAsOf] = useState(fieldOfInstant(period.cutOffInstant - 60_000, timeZone));
  const [location, setLocation] = useState('');
  const [given, setGiven] = useState<Pick<Request, 'asOfInstant' | 'locationCode'>>({});
  const request = (more: Partial<Request>): Request =>
    withoutUndefined({ fileName: file.fileName, filePath: file.filePath, bytes: file.bytes, periodId: period.periodId, ...given, ...more });
  const run = async (more: Partial<Request>) => {
    const outcome = await compare.run(request(more));
    if (!outcome.ok) return;
    setComparison(outcome.value);
    announce(`${file.fileName} compared: ${countsWords(outcome.value.counts)}.`);
  };
  // Once for the file it was opened with: further runs are asked for.
  useEffect(() => void run({}), []);
  const asks = compare.refusal ? MENDED[compare.refusal.failure] : undefined;
  const asOfInstant = instantOfField(asOf, timeZone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const more = withoutUndefined({ ...given, ...(asks === 'asOf' ? { asOfInstant } : { locationCode: location.trim() }) });
    setGiven(more);
    void run(more);
  };
  const save = async () => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} ${period.code} changes since the close.csv`, kind: 'csv' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await compare.run(request({ savePath: chosen.value.path }));
    if (outcome.ok) announce(`Every line that differs is saved to ${chosen.value.path}.`);
    else notify({ tone: 'error', title: 'The comparison was not saved', text: outcome.message });
  };
  return (
    <Pane
      title={`${file.fileName} against ${periodName(period.code)}`}
      testId="comparison"
      onClose={onClose}
      closeLabel="Back to the imports"
      footer={
        <>
          <span className={styles['footText']}>Nothing of the locked period is changed; that it was compared is told in the audit trail.</span>
          <Button icon={ExportIcon} disabled={!comparison || compare.running} onClick={() => void save()}>
            Save as CSV
          </Button>
        </>
      }
    >
      {compare.running ? (
        <ProgressBar title="Comparing" stage={compare.progress?.stage ?? ''} done={compare.progress?.done ?? 0} total={compare.progress?.total ?? null} startedInstant={compare.startedInstant} onCancel={compare.cancel} />
      ) : null}
      {compare.refusal && !compare.running ? (
        <Notice tone={asks ? 'warning' : 'error'} title={asks ? 'The file does not say it' : 'Nothing was compared'} copyText={compare.refusal.message}>
          {compare.refusal.message}
        </Notice>
      ) : null}
      {asks ? (
        <form className={styles['given']} aria-label="What the file does not say" onSubmit={submit}>
          {asks === 'asOf' ? (
            <DayField withTime label={`As of, in ${timeZone}`} value={asOf} onValue={setAsOf} />
          ) : (
            <TextField label="Location of every row" value={location} onValue={setLocation} />
          )}
          <div className={styles['givenButton']}>
            <Button type="submit" kind="primary" disabled={compare.running || (asks === 'asOf' ? asOfInstant === undefined : location.trim() === '')}>
              Compare
            </Button>
          </div>
        </form>
      ) : null}
      {comparison ? <ComparisonResult comparison={comparison} /> : null}
    </Pane>
  );
}

function ComparisonResult({ comparison }: { readonly comparison: Comparison }) {
  const { timeZone, currency } = useWorkspace();
  const span = (instants: readonly number[]) => [...new Set(instants)].map((instant) => instantText(instant, timeZone)).join(' to ') || 'no instants';
  const total = comparison.counts.added + comparison.counts.removed + comparison.counts.changed;
  const value = (text: string | null) => (text === null ? '–' : signed(text));
  return (
    <>
      <p data-selectable>
        {`Against ${comparison.against.map(({ importId, fileName }) => `import ${importId}, ${fileName}`).join('; ')}. At the close ${span(comparison.spans.before)}; now ${span(comparison.spans.after)}. `}
        {`${countWords(comparison.rowsRead, 'row')} read${comparison.rowsQuarantined > 0 ? `, ${countText(comparison.rowsQuarantined)} could not be used: ${comparison.quarantined.map(({ name, rows }) => `${name} ${countText(rows)}`).join(', ')}` : ''}${comparison.rowsAsMended > 0 ? `; ${countText(comparison.rowsAsMended)} of them are taken as they were mended at the close` : ''}.`}
      </p>
      {total > 0 ? (
        <Section title={comparison.lines.length < total ? `The largest ${countText(comparison.lines.length)} of ${countText(total)} changes; the saved file holds all` : `Line by line, ${countText(total)}`}>
          <DifferenceLines
            label="Comparison, line by line"
            count={comparison.lines.length}
            lineAt={(index) => comparison.lines[index]}
            last={{ title: `Worth, ${currency}`, cell: (line) => (line.value === null ? (line.unitCost === null ? UNKNOWN : '–') : signed(line.value)) }}
          />
        </Section>
      ) : null}
      <Section title={`Sums: ${countsWords(comparison.counts)}`}>
        <Table<ComparisonTotal>
          caption="Totals of the comparison"
          rows={comparison.totals}
          rowKey={(each) => `${each.system} ${each.measure}`}
          columns={[
            { id: 'system', title: 'System', cell: (each) => (each.system === null ? '–' : SYSTEM_WORDS[each.system]) },
            { id: 'measure', title: 'Figure', cell: (each) => measureWords(each.measure) },
            { id: 'before', title: 'At the close', align: 'end', cell: (each) => figureOf(each.before) },
            { id: 'after', title: 'Now', align: 'end', cell: (each) => figureOf(each.after) },
            { id: 'delta', title: 'Change', align: 'end', cell: (each) => <NumberText text={signed(each.delta)} /> },
            { id: 'value', title: `Worth, ${currency}`, align: 'end', cell: (each) => <NumberText text={value(each.value)} /> },
            { id: 'unknown', title: 'Lines without cost', align: 'end', cell: (each) => (each.value === null ? '–' : countText(each.withoutCost)) },
          ]}
        />
      </Section>
    </>
  );
}
