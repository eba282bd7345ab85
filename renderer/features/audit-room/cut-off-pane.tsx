/** The cut-off test: documents around the cut-off, judged; of a chosen one its times, its effect, its drafted entry and its source row. */
import { useMemo, useState } from 'react';
import { type CutOffItem, JUDGEMENT_WORDS, JUDGEMENTS, type Judgement } from '@shared/domain/audit/cut-off';
import { formatAmount, roundToMinor } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { DataGrid, type GridColumn } from '../../grid';
import { Button, countText, EmptyState, Facts, instantText, moneyText, Pane, Pending, quantityText, SheetIcon, signedQuantityText, type Tone } from '../../ui';
import styles from './audit-room.module.css';

const TONES: Readonly<Record<Judgement, Tone>> = { right_period: 'cleared', posted_early: 'warning', posted_late: 'warning', cannot_be_judged: 'neutral' };
const NO_ORDER: readonly never[] = [];
const keyOf = (item: CutOffItem): string => `${item.importId} ${item.rowNumber} ${item.type} ${item.stockKeyId}`;

const valueMinor = ({ correctionScaled, correctionExact }: CutOffItem, currency: string): number | null =>
  correctionScaled === 0 || correctionExact === null ? null : roundToMinor(BigInt(correctionExact), currency);

function columnsFor(currency: string, timeZone: string): readonly GridColumn<CutOffItem>[] {
  const at = (instant: number) => instantText(instant, timeZone);
  return [
    { id: 'system', kind: 'text', title: 'System', width: 82, value: ({ system }) => system },
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

export function CutOffPane() {
  const { period, currency, timeZone, openScreen } = useWorkspace();
  const test = useQuery('cutOff:test', { periodId: period.periodId }, { areas: ['imports', 'lines', 'quarantine', 'workbook'], keepsPrevious: true });
  const [focused, setFocused] = useState<CutOffItem | undefined>(undefined);
  const columns = useMemo(() => columnsFor(currency, timeZone), [currency, timeZone]);
  if (!test.value) return <Pending of={test} label="The cut-off test" />;
  const { items, count, cutOffInstant } = test.value;
  if (items.length === 0) {
    return <EmptyState icon={SheetIcon} title="No receipt, shipment, return or transfer around the cut-off">Import the movements of the systems for this period.</EmptyState>;
  }
  const tally = JUDGEMENTS.map((judgement) => `${countText(items.filter((item) => item.judgement === judgement).length)} ${JUDGEMENT_WORDS[judgement]}`).join(', ');
  return (
    <Pane title={`Cut-off test, ${instantText(cutOffInstant, timeZone)}`} testId="cut-off">
      <div className={styles['sample']}>
        <p className={styles['lead']}>{`The last and first ${countText(count)} of each system and kind by posting time: ${tally}.`}</p>
        <div className={styles['grid']}>
          <DataGrid<CutOffItem>
            label="Postings around the cut-off"
            columns={columns}
            source={({ offset, limit }) => Promise.resolve({ total: items.length, rows: items.slice(offset, offset + limit) })}
            sourceKey={`${period.periodId} ${items.length}`}
            rowId={keyOf}
            initialSort={NO_ORDER}
            rowNumbers={false}
            tabLeaves
            onFocusRow={setFocused}
          />
        </div>
        {focused ? (
          <div className={styles['judged']} data-testid="cut-off-judged">
            <Facts
              facts={[
                { name: 'Judged', value: `${JUDGEMENT_WORDS[focused.judgement]}: ${focused.why}` },
                ...(focused.draft === '' ? [] : [{ name: 'Drafted entry', value: focused.draft }]),
              ]}
            />
            <Button onClick={() => openScreen('explain', { stockKeyId: focused.stockKeyId, view: 'all', text: focused.sku })}>{`Explain ${focused.sku}`}</Button>
          </div>
        ) : null}
      </div>
    </Pane>
  );
}
