/**
 * Proof of quantity: opening, in, out and closing of two systems side by side, with the difference in each column. It shows
 * in which column an error sits, and whether it was there before this month.
 *
 * What a system's own figures do not add up by is a column too: postings that it never made. Lines for which a figure is
 * missing stand apart, since no sum could hold them.
 */
import { weightOn, type PositionState } from '@shared/domain/explanation/positions';
import { plural } from '@shared/domain/plural';
import type { ReportSection } from '@shared/domain/report';
import { MOVEMENT_TYPES, SIGNED_TYPES, type System } from '@shared/domain/states';
import { effectSql } from '../../workbook/tables/movements';
import type { SqlValue } from '../../workbook/workbook';
import { postedInPeriod } from '../flows';
import { figure, makeSection, sum, text, type Column } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';

export type Measure = Extract<PositionState, 'on_hand' | 'available'>;
const MEASURE_WORDS: Readonly<Record<Measure, string>> = { on_hand: 'on hand', available: 'available' };
const SYSTEM_WORDS: Readonly<Record<System, string>> = { erp: 'ERP', storefront: 'Storefront', warehouse: 'Warehouse' };

/** Where a line keeps what a system says at the cut-off. */
const CLOSING: Readonly<Record<System, Readonly<Record<Measure, string>>>> = {
  erp: { on_hand: 'erp_at_cut_off_scaled', available: 'erp_available_at_cut_off_scaled' },
  storefront: { on_hand: 'storefront_on_hand_at_cut_off_scaled', available: 'storefront_at_cut_off_scaled' },
  warehouse: { on_hand: 'warehouse_on_hand_at_cut_off_scaled', available: 'warehouse_available_at_cut_off_scaled' },
};
/** What a system is asked for where the two have no measure in common. */
const OWN_MEASURE: Readonly<Record<System, Measure>> = { erp: 'on_hand', storefront: 'available', warehouse: 'on_hand' };

const FLOWS = ['in', 'out'] as const;
type Flow = (typeof FLOWS)[number];

type SideName = 'left' | 'right';
const SIDES = ['left', 'right'] as const;

interface Side {
  readonly name: SideName;
  readonly system: System;
  readonly measure: Measure;
  /** It posted something that brings in, or takes out, in the period's files: silence on a line then means that nothing did. */
  readonly posts: Readonly<Record<Flow, boolean>>;
}

/** The measure that most lines have from both; on hand of equals. */
function measuresOf(frame: Frame): Readonly<Record<SideName, Measure>> {
  const { left, right } = frame.request.systems;
  const both = (measure: Measure) => `coalesce(sum(l.${CLOSING[left][measure]} IS NOT NULL AND l.${CLOSING[right][measure]} IS NOT NULL), 0)`;
  const known = frame.workbook.get<Record<Measure, number>>(
    `SELECT ${both('on_hand')} AS on_hand, ${both('available')} AS available ${LINES_SQL} WHERE ${linesWhere(frame)}`, linesParameters(frame),
  )!;
  if (known.on_hand === 0 && known.available === 0) return { left: OWN_MEASURE[left], right: OWN_MEASURE[right] };
  const measure: Measure = known.on_hand >= known.available ? 'on_hand' : 'available';
  return { left: measure, right: measure };
}

function postsOn(frame: Frame, system: System, measure: Measure): Readonly<Record<Flow, boolean>> {
  const has = (flow: Flow) => {
    const sign = flow === 'in' ? 1 : -1;
    const types = MOVEMENT_TYPES.filter((type) => weightOn(measure, type) === sign || (SIGNED_TYPES.has(type) && weightOn(measure, type) !== 0));
    return (
      frame.workbook.get(
        `SELECT 1 FROM movements m JOIN imports i USING (import_id) WHERE i.period_id = @period AND m.system = @system AND m.type IN (SELECT value FROM json_each(@types))
           AND (m.type NOT IN (SELECT value FROM json_each(@signed)) OR m.quantity_scaled * @sign > 0) LIMIT 1`,
        { period: frame.scope.periodId, system, types: JSON.stringify(types), signed: JSON.stringify([...SIGNED_TYPES]), sign },
      ) !== undefined
    );
  };
  return { in: has('in'), out: has('out') };
}

/** Every line with both sides' four figures; `is_whole` where none of them that could be known is missing. */
function proofSql(frame: Frame, sides: readonly Side[], hasOpening: Readonly<Record<SideName, boolean>>): { readonly sql: string; readonly parameters: Readonly<Record<string, SqlValue>> } {
  const { workbook, scope } = frame;
  const parameters: Record<string, SqlValue> = { ...linesParameters(frame), previous: scope.previous?.periodId ?? null };
  const joins: string[] = [];
  const columns: string[] = [];
  const whole: string[] = [];
  for (const { name, system, measure, posts } of sides) {
    const flows = postedInPeriod(workbook, scope, system);
    Object.assign(parameters, flows.parameters);
    const effect = effectSql((type) => weightOn(measure, type));
    joins.push(
      `LEFT JOIN (SELECT m.stock_key_id, sum(max(${effect}, 0)) AS came, -sum(min(${effect}, 0)) AS went FROM ${flows.sql} GROUP BY m.stock_key_id) ${name}_flow
         ON ${name}_flow.stock_key_id = l.stock_key_id`,
    );
    const before = `p.${CLOSING[system][measure]}`;
    const opening = system === 'erp' && measure === 'on_hand' ? `coalesce(l.opening_scaled, ${before})` : before;
    columns.push(
      `${opening} AS ${name}_opening, ${posts.in ? `coalesce(${name}_flow.came, 0)` : 'NULL'} AS ${name}_in, ${posts.out ? `coalesce(${name}_flow.went, 0)` : 'NULL'} AS ${name}_out,
       l.${CLOSING[system][measure]} AS ${name}_closing`,
    );
    whole.push(`l.${CLOSING[system][measure]} IS NOT NULL`, ...(hasOpening[name] ? [`(${opening}) IS NOT NULL`] : []));
  }
  const differences = ['opening', 'in', 'out', 'closing'].map((column) => `left_${column} - right_${column} AS less_${column}`);
  const gaps = SIDES.map((name) => `${name}_closing - (${name}_opening + ${name}_in - ${name}_out) AS ${name}_gap`);
  return {
    parameters,
    sql: `(SELECT *, ${differences.join(', ')}, ${gaps.join(', ')} FROM (
      SELECT k.item_id, k.location_id, ${columns.join(', ')}, ${whole.join(' AND ')} AS is_whole
      ${LINES_SQL} LEFT JOIN lines p ON p.period_id = @previous AND p.stock_key_id = l.stock_key_id ${joins.join(' ')}
      WHERE ${linesWhere(frame)}))`,
  };
}

const FIGURES = [...SIDES.flatMap((name) => ['opening', 'in', 'out', 'closing', 'gap'].map((column) => `${name}_${column}`)), ...['opening', 'in', 'out', 'closing'].map((column) => `less_${column}`)];
type ProofRow = Readonly<Record<string, number | string | null>>;

const COLUMN_TITLES: Readonly<Record<string, string>> = { opening: 'Opening', in: 'In', out: 'Out', closing: 'Closing', gap: 'Not posted' };

function columnsOf(sides: readonly Side[]): readonly Column[] {
  const groupOf = (side: string) => {
    const found = sides.find(({ name }) => name === side);
    return found ? `${SYSTEM_WORDS[found.system]}, ${MEASURE_WORDS[found.measure]}` : `${SYSTEM_WORDS[sides[0]!.system]} less ${SYSTEM_WORDS[sides[1]!.system].toLowerCase().replace('erp', 'ERP')}`;
  };
  return FIGURES.map((id) => {
    const [side = '', column = ''] = id.split('_');
    return sum('quantity', id, COLUMN_TITLES[column] ?? column, { group: groupOf(side) });
  });
}

/** In which column a difference sits, from the figures of a row. */
export function whereWords(row: ProofRow): string {
  const figureOf = (id: string): number | null => (typeof row[id] === 'number' ? row[id] : null);
  const [opening, came, went, closing] = ['less_opening', 'less_in', 'less_out', 'less_closing'].map(figureOf) as [number | null, number | null, number | null, number | null];
  const [left, right] = [figureOf('left_gap'), figureOf('right_gap')];
  const movedMore = closing !== null && opening !== null && closing !== opening;
  const places = [
    ...(opening ? ['before this month'] : []),
    ...(came ? ['in'] : []),
    ...(went ? ['out'] : []),
    ...(left !== null && right !== null && left !== right ? ['not posted'] : []),
    ...(movedMore && (came === null || went === null) ? [`this month: ${came === null ? 'in' : 'out'} of one system is unknown`] : []),
  ];
  if (places.length > 0) return places.join(', ');
  return closing ? 'closing: what came before is unknown' : '';
}

function openingsKnown(frame: Frame, sides: readonly Side[]): Readonly<Record<SideName, boolean>> {
  const known = (side: Side): boolean => {
    const { system, measure } = side;
    const previous = frame.workbook.get(
      `SELECT 1 FROM lines WHERE period_id = ? AND ${CLOSING[system][measure]} IS NOT NULL LIMIT 1`, frame.scope.previous?.periodId ?? null,
    );
    const closing = system === 'erp' && measure === 'on_hand'
      ? frame.workbook.get('SELECT 1 FROM lines WHERE period_id = ? AND opening_scaled IS NOT NULL LIMIT 1', frame.scope.periodId)
      : undefined;
    return previous !== undefined || closing !== undefined;
  };
  return { left: known(sides[0]!), right: known(sides[1]!) };
}

function notesOf(frame: Frame, sides: readonly Side[], hasOpening: Readonly<Record<SideName, boolean>>, apart: number): string[] {
  const { previous } = frame.scope;
  const ofSide = (side: Side): string[] => {
    const system = side.system === 'erp' ? 'the ERP' : `the ${side.system}`;
    return [
      ...(hasOpening[side.name]
        ? []
        : [previous
            ? `The opening of ${system} is unknown: ${previous.code} keeps no figure of it ${MEASURE_WORDS[side.measure]} at its cut-off. Reconcile ${previous.code} where it is open, or import what ${system} said then.`
            : `The opening of ${system} is unknown: the workbook has no period before this one.`]),
      ...(side.posts.in && side.posts.out
        ? []
        : !side.posts.in && !side.posts.out
          ? [`What came in and went out of ${system} is unknown: no file of the period holds such postings of it.`]
          : [`What ${side.posts.in ? 'went out' : 'came in'} at ${system} is unknown: it posted other types only. What it did not post cannot be told apart from it.`]),
    ];
  };
  return [
    'In and out are what each system itself posted between the start and the cut-off, carried to what it counts. Not posted is its closing less what its own opening and postings come to. ' +
      'A difference in the opening was there before this month; one in the closing alone sits in what was not posted.',
    ...(sides[0]!.measure === sides[1]!.measure ? [] : ['The two systems give no measure in common: on hand of one stands against available of the other, and what is held lies between them.']),
    ...sides.flatMap(ofSide),
    ...(apart > 0 ? [`${plural(apart, 'line is', 'lines are')} in no sum because one of the systems gives no figure for ${apart === 1 ? 'it' : 'them'}: see the last section.`] : []),
  ];
}

export function proofOfQuantityReport(frame: Frame): ReportBody {
  const { workbook, currency } = frame;
  const measures = measuresOf(frame);
  const sides = SIDES.map((name): Side => {
    const system = frame.request.systems[name];
    return { name, system, measure: measures[name], posts: postsOn(frame, system, measures[name]) };
  });
  const hasOpening = openingsKnown(frame, sides);
  const { sql, parameters } = proofSql(frame, sides, hasOpening);
  const places = workbook.all<ProofRow & { readonly lines: number; readonly apart: number; readonly differ: number }>(
    `SELECT o.code AS location, g.* FROM (
       SELECT location_id, coalesce(sum(is_whole), 0) AS lines, coalesce(sum(NOT is_whole), 0) AS apart,
         coalesce(sum(is_whole AND (coalesce(less_opening, 0) <> 0 OR coalesce(less_in, 0) <> 0 OR coalesce(less_out, 0) <> 0 OR less_closing <> 0)), 0) AS differ,
         ${FIGURES.map((id) => `sum(CASE WHEN is_whole THEN ${id} END) AS ${id}`).join(', ')} FROM ${sql} GROUP BY location_id) g
     JOIN locations o ON o.location_id = g.location_id ORDER BY o.code`,
    parameters,
  );
  const [lines, apart] = (['lines', 'apart'] as const).map((id) => places.reduce((total, row) => total + row[id], 0)) as [number, number];
  const columns = columnsOf(sides);
  const total = (id: string) => places.reduce<number | null>((sumSoFar, row) => (typeof row[id] === 'number' ? (sumSoFar ?? 0) + row[id] : sumSoFar), null);
  const all = Object.fromEntries(FIGURES.map((id) => [id, total(id)]));
  const size = (id: string) => `coalesce(abs(${id}), 0)`;
  const rows = workbook.all<ProofRow>(
    `SELECT i.sku, i.name AS item, o.code AS location, ${FIGURES.map((id) => `q.${id}`).join(', ')} FROM ${sql} q
     JOIN items i ON i.item_id = q.item_id JOIN locations o ON o.location_id = q.location_id WHERE q.is_whole
     ORDER BY ${size('less_closing')} DESC, ${size('less_opening')} + ${size('less_in')} + ${size('less_out')} DESC, i.sku, o.code LIMIT @limit`,
    { ...parameters, limit: frame.linesMax },
  );
  const where = text('where', 'Where it differs', { wide: true });
  const sections: ReportSection[] = [
    makeSection(
      {
        id: 'by-location', title: 'By location',
        columns: [text('location', 'Location'), sum('count', 'lines', 'Lines'), sum('count', 'differ', 'That differ'), ...columns, where],
        lines: places.filter((row) => row.lines > 0).map((row) => ({ ...row, where: whereWords(row) })),
        total: (sums) => ({ where: whereWords(sums as ProofRow) }),
      },
      currency,
    ),
    makeSection(
      {
        id: 'lines', title: 'By item and location, the largest difference first',
        columns: [text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), ...columns, where],
        lines: rows.map((row) => ({ ...row, where: whereWords(row) })),
        all,
        linesInAll: lines,
        total: (sums) => ({ where: whereWords(sums as ProofRow) }),
      },
      currency,
    ),
  ];
  if (apart > 0) sections.push(apartSection(frame, sides, sql, parameters, apart));
  return { sections, notes: notesOf(frame, sides, hasOpening, apart) };
}

/** Lines for which a figure is missing, each with what is known of it. */
function apartSection(frame: Frame, sides: readonly Side[], sql: string, parameters: Readonly<Record<string, SqlValue>>, apart: number): ReportSection {
  const known = sides.flatMap(({ name, system }) => [
    figure('quantity', `${name}_opening`, 'Opening', { group: SYSTEM_WORDS[system] }),
    figure('quantity', `${name}_closing`, 'Closing', { group: SYSTEM_WORDS[system] }),
  ]);
  const rows = frame.workbook.all<ProofRow>(
    `SELECT i.sku, i.name AS item, o.code AS location, ${known.map(({ id }) => `q.${id}`).join(', ')} FROM ${sql} q
     JOIN items i ON i.item_id = q.item_id JOIN locations o ON o.location_id = q.location_id WHERE NOT q.is_whole
     ORDER BY abs(coalesce(q.left_closing, q.right_closing, q.left_opening, q.right_opening, 0)) DESC, i.sku, o.code LIMIT @limit`,
    { ...parameters, limit: frame.linesMax },
  );
  return makeSection(
    {
      id: 'apart', title: 'Lines with a figure missing',
      columns: [text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), ...known],
      lines: rows, linesInAll: apart, hasTotal: false,
    },
    frame.currency,
  );
}
