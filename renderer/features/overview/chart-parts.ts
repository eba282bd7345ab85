/** What every chart of the overview shares: tallies as parts of bars and rows of tables, and the way to their lines. */
import { useEffect, useState } from 'react';
import type { LineFilter } from '@shared/domain/lines';
import { formatAmount } from '@shared/domain/money';
import { EXCEPTION_STATUSES, type ExceptionStatus, type ExceptionTally, exceptionsFilter, type Tally } from '@shared/domain/overview';
import { formatQuantity } from '@shared/domain/quantity';
import { saveDocument } from '../../app/save-document';
import { useWorkspace } from '../../app/workspace';
import { STATUS_WORDS } from '../../app/words';
import type { BarsPart, ChartCell, ChartColumn, ChartDocument, ChartRow, ChartTone } from '../../charts';
import { countText, moneyText, quantityText } from '../../ui';
import { addTallies, type Measure, sizeOf, tallyText } from './measures';

const STATUS_CHART_TONE: Readonly<Record<ExceptionStatus, ChartTone>> = { open: 'strong', tagged: 'figure', approved: 'cleared' };

/** How much of each there is room for: pixels of a picture, rows of a list. */
export interface Room {
  readonly map: number;
  readonly ages: number;
  readonly causes: number;
  readonly rows: number;
  readonly recurring: number;
}

const ROOM: Room = { map: 372, ages: 120, causes: 9, rows: 8, recurring: 7 };
/** A window so high and so wide shows the whole month at once. */
const LARGE_ROOM: Room = { map: 580, ages: 300, causes: 17, rows: 16, recurring: 12 };
const LARGE_WINDOW = '(min-height: 1250px) and (min-width: 1720px)';

function useRoom(): Room {
  const [isLarge, setIsLarge] = useState(() => matchMedia(LARGE_WINDOW).matches);
  useEffect(() => {
    const query = matchMedia(LARGE_WINDOW);
    const onChange = () => setIsLarge(query.matches);
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
  }, []);
  return isLarge ? LARGE_ROOM : ROOM;
}

export interface OverviewCharts {
  readonly room: Room;
  readonly measure: Measure;
  readonly currency: string;
  /** Shows exactly these lines in Explain. */
  readonly open: (label: string, filter: LineFilter, stockKeyId?: number) => void;
  readonly fileName: (chart: string) => string;
  readonly onSave: (document: ChartDocument) => void;
}

export function useOverviewCharts(measure: Measure): OverviewCharts {
  const { info, period, currency, openScreen } = useWorkspace();
  const room = useRoom();
  return {
    room,
    measure,
    currency,
    open: (label, filter, stockKeyId) => openScreen('explain', { lines: { label, filter }, ...(stockKeyId === undefined ? {} : { stockKeyId }) }),
    fileName: (chart) => `${info.company} ${period.code} ${chart}`,
    onSave: (document) => void saveDocument(document),
  };
}

export const allOf = (tally: ExceptionTally): Tally => addTallies(EXCEPTION_STATUSES.map((status) => tally[status]));

export const STATUS_LEGEND = EXCEPTION_STATUSES.map((status) => ({ tone: STATUS_CHART_TONE[status], label: STATUS_WORDS[status] }));

/** Exceptions as parts of a bar: open, tagged, approved. */
export const exceptionParts = (charts: OverviewCharts, name: string, tally: ExceptionTally, where: LineFilter | undefined): readonly BarsPart[] =>
  EXCEPTION_STATUSES.map((status) => ({
    key: status,
    tone: STATUS_CHART_TONE[status],
    value: sizeOf(tally[status], charts.measure),
    label: `${name}, ${STATUS_WORDS[status].toLowerCase()}: ${tallyText(tally[status], charts.currency)}`,
    onOpen: where && (() => charts.open(`${name}, ${STATUS_WORDS[status].toLowerCase()}`, exceptionsFilter(status, where))),
  }));

const cell = (text: string, plain: string): ChartCell => ({ text, plain });

export const tallyCells = ({ lines, unitsScaled, valueMinor }: Tally, currency: string): readonly ChartCell[] => [
  cell(countText(lines), String(lines)),
  cell(quantityText(unitsScaled), formatQuantity(unitsScaled)),
  cell(moneyText(valueMinor, currency), formatAmount(valueMinor, currency)),
];

export const tallyColumns = (currency: string): readonly ChartColumn[] => [
  { title: 'Lines', align: 'end' }, { title: 'Units', align: 'end' }, { title: currency, align: 'end' },
];

export const exceptionColumns = (first: string, currency: string): readonly ChartColumn[] => [
  { title: first },
  ...EXCEPTION_STATUSES.flatMap((status) => tallyColumns(currency).map(({ title, align }) => ({ title: `${STATUS_WORDS[status]}, ${title === currency ? currency : title.toLowerCase()}`, align: align ?? 'start' }))),
];

export const exceptionRow = (charts: OverviewCharts, name: string, tally: ExceptionTally, where: LineFilter | undefined): ChartRow => ({
  key: name,
  cells: [name, ...EXCEPTION_STATUSES.flatMap((status) => tallyCells(tally[status], charts.currency))],
  onOpen: where && (() => charts.open(name, exceptionsFilter(undefined, where))),
});
