/**
 * The cut-off test: documents around the cut-off, judged; of a chosen one its times, its effect, its drafted entry and
 * its source row; and a test that was kept, with the auditor's own judgements and notes.
 */
import { type ReactNode, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { type CutOffItem, JUDGEMENT_WORDS, JUDGEMENTS, type Judgement, type KeptCutOff, type KeptCutOffItem } from '@shared/domain/audit/cut-off';
import { capitalised } from '@shared/domain/explanation/words';
import { formatAmount, roundToMinor } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { useCall, useQuery } from '../../api';
import { SYSTEM_WORDS } from '../../app/words';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { DataGrid, type GridColumn } from '../../grid';
import {
  Button, countText, countWords, EmptyState, Facts, instantText, moneyText, Notice, Pane, Pending, quantityText, SelectField, SheetIcon, signedQuantityText, TextField, type Tone,
} from '../../ui';
import styles from './audit-room.module.css';

const TONES: Readonly<Record<Judgement, Tone>> = { right_period: 'cleared', posted_early: 'warning', posted_late: 'warning', cannot_be_judged: 'neutral' };
const NO_ORDER: readonly never[] = [];
const keyOf = (item: CutOffItem): string => `${item.importId} ${item.rowNumber} ${item.type} ${item.stockKeyId}`;

const valueMinor = ({ correctionScaled, correctionExact }: CutOffItem, currency: string): number | null =>
  correctionScaled === 0 || correctionExact === null ? null : roundToMinor(BigInt(correctionExact), currency);

function columnsFor(currency: string, timeZone: string): readonly GridColumn<CutOffItem>[] {
  const at = (instant: number) => instantText(instant, timeZone);
  return [
    { id: 'system', kind: 'text', title: 'System', width: 94, value: ({ system }) => SYSTEM_WORDS[system] },
    { id: 'kind', kind: 'text', title: 'Kind', width: 72, value: ({ kind }) => kind },
    { id: 'side', kind: 'text', title: 'Posted', width: 60, quiet: true, value: ({ side }) => side },
    { id: 'document', kind: 'text', title: 'Document', width: 100, fitsUpTo: 170, namesRow: true, value: ({ document }) => document },
    { id: 'sku', kind: 'text', title: 'SKU', width: 110, fitsUpTo: 170, namesRow: true, value: ({ sku }) => sku },
    { id: 'location', kind: 'text', title: 'Location', width: 90, grows: true, value: ({ location }) => location },
    { id: 'judgement', kind: 'badge', title: 'Judged', width: 128, value: ({ judgement }) => ({ tone: TONES[judgement], text: JUDGEMENT_WORDS[judgement] }) },
    {
      id: 'units', kind: 'quantity', title: 'Effect', tooltip: 'What on hand at the cut-off has to be changed by', width: 72, dashesZero: true,
      value: ({ correctionScaled }) => correctionScaled, text: (value) => (value === null ? '' : value === 0 ? quantityText(0) : signedQuantityText(value)), plainText: (value) => (value === null ? '' : formatQuantity(value)),
    },
    {
      id: 'value', kind: 'money', title: `Value ${currency}`, width: 96, value: (item) => valueMinor(item, currency),
      text: (value) => (value === null ? '' : moneyText(value, currency)), plainText: (value) => (value === null ? '' : formatAmount(value, currency)),
    },
    { id: 'occurred', kind: 'date', title: 'Occurred', width: 152, value: ({ occurredInstant }) => occurredInstant, text: at },
    { id: 'posted', kind: 'date', title: 'Posted at', width: 152, value: ({ postedInstant }) => postedInstant, text: at },
  ];
}

const tallyOf = (judgements: readonly Judgement[]): string =>
  JUDGEMENTS.map((judgement) => `${countText(judgements.filter((each) => each === judgement).length)} ${JUDGEMENT_WORDS[judgement]}`).join(', ');

const COUNT_MOST = 500;

/** The test as it comes out now. Nothing of it stays unless it is kept in the auditor's file. */
export function CutOffPane({ file, onKept }: { readonly file: string; readonly onKept: (cutOffTestId: number) => void }) {
  const { period, currency, timeZone } = useWorkspace();
  const announce = useAnnounce();
  const [countTyped, setCountTyped] = useState('10');
  const count = /^[1-9]\d{0,2}$/.test(countTyped) && Number(countTyped) <= COUNT_MOST ? Number(countTyped) : undefined;
  const asked = useDeferredValue(count ?? 10);
  const test = useQuery('cutOff:test', { periodId: period.periodId, count: asked }, { areas: ['imports', 'lines', 'quarantine', 'workbook'], keepsPrevious: true });
  const keeping = useCall('cutOff:keep');
  const [focused, setFocused] = useState<CutOffItem | undefined>(undefined);
  const columns = useMemo(() => columnsFor(currency, timeZone), [currency, timeZone]);
  if (!test.value) return <Pending of={test} label="The cut-off test" />;
  const { items, cutOffInstant } = test.value;
  if (items.length === 0) {
    return <EmptyState icon={SheetIcon} title="No receipt, shipment, return or transfer around the cut-off">Import the movements of the systems for this period.</EmptyState>;
  }
  const keep = async () => {
    const outcome = await keeping.run({ file, periodId: period.periodId, count: asked });
    if (!outcome.ok) return;
    announce(`Cut-off test ${outcome.value.cutOffTestId} is kept in ${file}.`);
    onKept(outcome.value.cutOffTestId);
  };
  return (
    <Pane
      title={`Cut-off test, ${instantText(cutOffInstant, timeZone)}`}
      testId="cut-off"
      footer={<Button kind="primary" disabled={keeping.running || count === undefined} onClick={() => void keep()}>Keep in the auditor’s file</Button>}
    >
      <div className={styles['sample']}>
        {keeping.refusal ? <Notice tone="error" title={keeping.refusal.message} copyText={keeping.refusal.message} /> : null}
        <div className={styles['bar']}>
          <TextField label="On either side" inputMode="numeric" value={countTyped} onValue={setCountTyped} problem={count === undefined ? `A whole number from 1 to ${COUNT_MOST}.` : undefined} />
          <p className={styles['lead']}>{`The last and first ${countText(test.value.count)} of each system and kind by posting time: ${tallyOf(items.map(({ judgement }) => judgement))}.`}</p>
        </div>
        <Postings items={items} columns={columns} sourceKey={`${period.periodId} ${items.length}`} onFocus={setFocused} />
        {focused ? <Judged item={focused} periodId={period.periodId} /> : null}
      </div>
    </Pane>
  );
}

interface PostingsProps<Item extends CutOffItem> {
  readonly items: readonly Item[];
  readonly columns: readonly GridColumn<Item>[];
  readonly sourceKey: string;
  readonly onFocus: (item: Item | undefined) => void;
}

function Postings<Item extends CutOffItem>({ items, columns, sourceKey, onFocus }: PostingsProps<Item>) {
  return (
    <div className={styles['grid']}>
      <DataGrid<Item>
        label="Postings around the cut-off"
        columns={columns}
        source={({ offset, limit }) => Promise.resolve({ total: items.length, rows: items.slice(offset, offset + limit) })}
        sourceKey={sourceKey}
        rowId={keyOf}
        initialSort={NO_ORDER}
        rowNumbers={false}
        tabLeaves
        onFocusRow={onFocus}
      />
    </div>
  );
}

/** Why a posting was judged so, its drafted entry, and the way to its line. */
function Judged({ item, periodId, children }: { readonly item: CutOffItem; readonly periodId: number | undefined; readonly children?: ReactNode }) {
  const { openScreen, selectPeriod } = useWorkspace();
  const explain = (id: number) => {
    selectPeriod(id);
    openScreen('explain', { stockKeyId: item.stockKeyId, view: 'all', text: item.sku });
  };
  return (
    <div className={styles['judged']} data-testid="cut-off-judged">
      <Facts
        facts={[
          { name: 'Judged', value: `${JUDGEMENT_WORDS[item.judgement]}: ${item.why}` },
          ...(item.draft === '' ? [] : [{ name: 'Drafted entry', value: item.draft }]),
        ]}
      />
      {children}
      {periodId === undefined ? null : <Button onClick={() => explain(periodId)}>{`Explain ${item.sku}`}</Button>}
    </div>
  );
}

export interface KeptCutOffPaneProps {
  readonly file: string;
  readonly cutOffTestId: number;
  readonly onChanged: () => void;
}

/** A kept test: as it was run, with the auditor's judgement and note on each posting. */
export function KeptCutOffPane({ file, cutOffTestId, onChanged }: KeptCutOffPaneProps) {
  const { info, currency, timeZone } = useWorkspace();
  const read = useQuery('cutOff:read', { file, cutOffTestId }, { areas: [] });
  const [test, setTest] = useState<KeptCutOff | undefined>(undefined);
  const [number, setNumber] = useState<number | undefined>(undefined);
  useEffect(() => setTest(read.value), [read.value]);
  const columns = useMemo(() => keptColumns(currency, timeZone), [currency, timeZone]);
  if (!test) return <Pending of={read} label="The kept test" />;
  const focused = test.items.find((each) => each.number === number);
  const judged = tallyOf(test.items.map(({ judgement, ownJudgement }) => ownJudgement ?? judgement));
  return (
    <Pane title={`Cut-off test ${cutOffTestId}, ${instantText(test.cutOffInstant, timeZone)}`} testId="cut-off-kept">
      <div className={styles['sample']}>
        <p className={styles['lead']}>{`Run by ${test.runBy}, ${instantText(test.runInstant, timeZone)}: up to ${countText(test.count)} on either side of each system and kind. With your judgements ${judged}; ${countWords(test.judged, 'posting')} written on.`}</p>
        <Postings items={test.items} columns={columns} sourceKey={`${cutOffTestId} ${test.items.map(({ ownJudgement, note }) => `${ownJudgement ?? ''}${note.length}`).join()}`} onFocus={(item) => item && setNumber(item.number)} />
        {focused ? (
          <Judged item={focused} periodId={info.periods.find(({ code }) => code === test.periodCode)?.periodId}>
            <JudgeForm
              key={focused.number}
              file={file}
              cutOffTestId={cutOffTestId}
              item={focused}
              onSaved={(saved) => {
                setTest(saved);
                onChanged();
              }}
            />
          </Judged>
        ) : null}
      </div>
    </Pane>
  );
}

const keptColumns = (currency: string, timeZone: string): readonly GridColumn<KeptCutOffItem>[] => {
  const columns = columnsFor(currency, timeZone) as readonly GridColumn<KeptCutOffItem>[];
  const after = columns.findIndex(({ id }) => id === 'judgement') + 1;
  return [
    ...columns.slice(0, after),
    { id: 'own', kind: 'text', title: 'Your judgement', width: 128, value: ({ ownJudgement }) => (ownJudgement === null ? '' : JUDGEMENT_WORDS[ownJudgement]) },
    { id: 'note', kind: 'text', title: 'Note', width: 140, value: ({ note }) => note },
    ...columns.slice(after),
  ];
};

const AS_TESTED = '';

interface JudgeFormProps {
  readonly file: string;
  readonly cutOffTestId: number;
  readonly item: KeptCutOffItem;
  readonly onSaved: (test: KeptCutOff) => void;
}

function JudgeForm({ file, cutOffTestId, item, onSaved }: JudgeFormProps) {
  const announce = useAnnounce();
  const judge = useCall('cutOff:judge');
  const [own, setOwn] = useState<Judgement | typeof AS_TESTED>(item.ownJudgement ?? AS_TESTED);
  const [note, setNote] = useState(item.note);
  const save = async () => {
    const outcome = await judge.run({ file, cutOffTestId, number: item.number, ownJudgement: own === AS_TESTED ? null : own, note });
    if (!outcome.ok) return;
    announce(`Posting ${item.number} is written.`);
    onSaved(outcome.value);
  };
  return (
    <form
      className={styles['bar']}
      aria-label={`Your judgement of ${item.document}`}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SelectField<Judgement | typeof AS_TESTED>
        label="Your judgement"
        value={own}
        onValue={setOwn}
        choices={[{ value: AS_TESTED, label: 'As by the test' }, ...JUDGEMENTS.map((value) => ({ value, label: capitalised(JUDGEMENT_WORDS[value]) }))]}
      />
      <TextField label="Note" value={note} onValue={setNote} maxLength={2_000} problem={judge.refusal?.message} />
      <Button type="submit" disabled={judge.running || (own === (item.ownJudgement ?? AS_TESTED) && note === item.note)}>Write it down</Button>
    </form>
  );
}
