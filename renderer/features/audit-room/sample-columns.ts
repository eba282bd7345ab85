/** The lines of a sample as a grid: what the books say, what the auditor counted, marks and notes. */
import type { Sample, SampleItem } from '@shared/domain/audit/sample';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import type { GridColumn } from '../../grid';
import { moneyText, quantityText, signedQuantityText } from '../../ui';

export const COUNTED = 'counted';
export const COST = 'cost';
export const TICKS = 'ticks';
export const NOTE = 'note';

const NOTE_LONGEST = 2_000;
const TICKS_LONGEST = 12;

export function sampleColumns({ currency, tickMarks, conclusion, concludedBy }: Sample): readonly GridColumn<SampleItem>[] {
  const whyFixed = () => (conclusion === null ? undefined : `Concluded by ${concludedBy}: it stays as it is.`);
  const quantity = (value: number | null) => (value === null ? '' : formatQuantity(value));
  const money = (id: string, title: string, value: (item: SampleItem) => number | null): GridColumn<SampleItem> => ({
    id, kind: 'money', title: `${title} ${currency}`, width: 92, value,
    text: (minor) => (minor === null ? '' : moneyText(minor, currency)), plainText: (minor) => (minor === null ? '' : formatAmount(minor, currency)),
  });
  return [
    { id: 'sku', kind: 'text', title: 'SKU', width: 116, fitsUpTo: 170, namesRow: true, pinned: true, value: ({ sku }) => sku },
    { id: 'location', kind: 'text', title: 'Location', width: 96, namesRow: true, value: ({ location }) => location },
    { id: 'book', kind: 'quantity', title: 'Book', width: 64, value: ({ bookScaled }) => bookScaled, text: quantityText, plainText: quantity },
    {
      id: COUNTED, kind: 'quantity', title: 'Test count', tooltip: 'A figure or a sum such as 12*4+3. Empty is not counted, 0 is none.', width: 92, strong: true,
      value: ({ countedScaled }) => countedScaled, text: (value) => (value === null ? 'not counted' : quantityText(value)), plainText: quantity,
      edit: { whyFixed, whyNot: (scaled) => (scaled < 0 ? 'A count is 0 or more.' : undefined) },
    },
    { id: 'difference', kind: 'quantity', title: 'Difference', width: 82, dashesZero: true, value: ({ differenceScaled }) => differenceScaled, text: (value) => (value === null ? '' : signedQuantityText(value)), plainText: quantity },
    {
      id: TICKS, kind: 'text', title: 'Ticks', tooltip: tickMarks.map(({ mark, meaning }) => `${mark} ${meaning}`).join('\n'), width: 60,
      value: ({ ticks }) => ticks, edit: { whyFixed, longest: TICKS_LONGEST },
    },
    {
      id: COST, kind: 'text', title: 'Audited cost', tooltip: 'What one unit should have cost, where the invoice says otherwise than the books; else empty', width: 96, align: 'end',
      value: ({ auditedCostScaled }) => (auditedCostScaled === null ? '' : formatUnitCost(auditedCostScaled)), edit: { whyFixed, longest: 30 },
    },
    { id: NOTE, kind: 'text', title: 'Note', width: 130, grows: true, value: ({ note }) => note, edit: { whyFixed, longest: NOTE_LONGEST } },
    money('bookMinor', 'Book', ({ bookMinor }) => bookMinor),
    money('audited', 'Audited', ({ auditedMinor }) => auditedMinor),
    { id: 'tier', kind: 'text', title: 'Tier', tooltip: 'With a star: in the sample whatever the start', width: 48, value: ({ tier, isCertain }) => (isCertain ? `${tier} *` : tier) },
    { id: 'item', kind: 'text', title: 'Item', width: 140, quiet: true, value: ({ itemName }) => itemName },
    { id: 'number', kind: 'text', title: 'Number', tooltip: 'Its place in the population', width: 64, align: 'end', value: ({ number }) => String(number) },
  ];
}
