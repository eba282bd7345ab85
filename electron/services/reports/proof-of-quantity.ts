/**
 * Proof of quantity: opening, in, out and closing of two systems side by side, with the difference in each column. It shows
 * in which column an error sits, and whether it was there before this month.
 *
 * What a system's own figures do not add up by is a column too: postings that it never made. Lines for which a figure is
 * missing stand apart, since no sum could hold them.
 */
import { weightOn } from '@shared/domain/explanation/positions';
import { plural } from '@shared/domain/plural';
import type { ReportSection } from '@shared/domain/report';
import { MOVEMENT_TYPES, SIGNED_TYPES, type System } from '@shared/domain/states';
import { figure, makeSection, sum, text, type Column } from './section';
import { LINES_SQL, linesParameters, linesWhere, type Frame, type ReportBody } from './frame';
import { CLOSING, FIGURES, type Flow, type Measure, type ProofLine, readProof, type Side, type SideName, SIDES } from './proof-lines';

const MEASURE_WORDS: Readonly<Record<Measure, string>> = { on_hand: 'on hand', available: 'available' };
const SYSTEM_WORDS: Readonly<Record<System, string>> = { erp: 'ERP', storefront: 'Storefront', warehouse: 'Warehouse' };

/** What a system is asked for where the two have no measure in common. */
const OWN_MEASURE: Readonly<Record<System, Measure>> = { erp: 'on_hand', storefront: 'available', warehouse: 'on_hand' };

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

/** Names of items and locations, and their places in the order of SKU and code. */
function readNames({ workbook }: Frame) {
  const items = workbook.all<{ item_id: number; sku: string; name: string }>('SELECT item_id, sku, name FROM items ORDER BY sku');
  const locations = workbook.all<{ location_id: number; code: string }>('SELECT location_id, code FROM locations ORDER BY code');
  const itemOf = new Map(items.map((item, rank) => [item.item_id, { ...item, rank }]));
  const locationOf = new Map(locations.map((location, rank) => [location.location_id, { ...location, rank }]));
  return {
    code: (locationId: number) => locationOf.get(locationId)!.code,
    named: ({ itemId, locationId, figures }: ProofLine): ProofRow => ({ sku: itemOf.get(itemId)!.sku, item: itemOf.get(itemId)!.name, location: locationOf.get(locationId)!.code, ...figures }),
    rankOf: ({ itemId, locationId }: ProofLine) => itemOf.get(itemId)!.rank * locations.length + locationOf.get(locationId)!.rank,
  };
}

export function proofOfQuantityReport(frame: Frame): ReportBody {
  const { currency } = frame;
  const measures = measuresOf(frame);
  const sides = SIDES.map((name): Side => {
    const system = frame.request.systems[name];
    return { name, system, measure: measures[name], posts: postsOn(frame, system, measures[name]) };
  });
  const hasOpening = openingsKnown(frame, sides);
  const names = readNames(frame);
  const proof = readProof(frame, sides, hasOpening, names.rankOf);
  const places = proof.places.map((place) => ({ ...place, location: names.code(place.locationId) })).sort((one, other) => (one.location < other.location ? -1 : 1));
  const [lines, apart] = (['lines', 'apart'] as const).map((id) => places.reduce((total, place) => total + place[id], 0)) as [number, number];
  const columns = columnsOf(sides);
  const total = (id: string) => places.reduce<number | null>((sumSoFar, { figures }) => (figures[id] == null ? sumSoFar : (sumSoFar ?? 0) + figures[id]), null);
  const where = text('where', 'Where it differs', { wide: true });
  const sections: ReportSection[] = [
    makeSection(
      {
        id: 'by-location', title: 'By location',
        columns: [text('location', 'Location'), sum('count', 'lines', 'Lines'), sum('count', 'differ', 'That differ'), ...columns, where],
        lines: places.filter((place) => place.lines > 0).map((place) => ({ location: place.location, lines: place.lines, differ: place.differ, ...place.figures, where: whereWords(place.figures) })),
        total: (sums) => ({ where: whereWords(sums as ProofRow) }),
      },
      currency,
    ),
    makeSection(
      {
        id: 'lines', title: 'By item and location, the largest difference first',
        columns: [text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), ...columns, where],
        lines: proof.lines.map((line) => ({ ...names.named(line), where: whereWords(line.figures) })),
        all: Object.fromEntries(FIGURES.map((id) => [id, total(id)])),
        linesInAll: lines,
        total: (sums) => ({ where: whereWords(sums as ProofRow) }),
      },
      currency,
    ),
  ];
  if (apart > 0) sections.push(apartSection(frame, sides, proof.apart.map(names.named), apart));
  return { sections, notes: notesOf(frame, sides, hasOpening, apart) };
}

/** Lines for which a figure is missing, each with what is known of it. */
function apartSection(frame: Frame, sides: readonly Side[], rows: readonly ProofRow[], apart: number): ReportSection {
  const known = sides.flatMap(({ name, system }) => [
    figure('quantity', `${name}_opening`, 'Opening', { group: SYSTEM_WORDS[system] }),
    figure('quantity', `${name}_closing`, 'Closing', { group: SYSTEM_WORDS[system] }),
  ]);
  return makeSection(
    {
      id: 'apart', title: 'Lines with a figure missing',
      columns: [text('sku', 'SKU'), text('item', 'Item', { wide: true }), text('location', 'Location'), ...known],
      lines: rows, linesInAll: apart, hasTotal: false,
    },
    frame.currency,
  );
}
