/**
 * A line told in a terminal: positions with their instants and rolls, the arithmetic of each variance, and what to do.
 * One screen for the usual line, columns aligned, no colour.
 */
import { listed, signed, SYSTEM_NAMES, TYPE_NAMES, wordsFor, type Words } from '@shared/domain/explanation/words';
import type { ComponentDetail, LineDetail, LineTruth, PositionDetail, VarianceDetail } from '@shared/domain/lines';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { DEFAULT_ROUTE_PREFIX } from '@shared/domain/rules';
import { formatQuantity } from '@shared/domain/quantity';
import type { LineInPeriod } from '@shared/domain/overview';
import { type System, SYSTEMS } from '@shared/domain/states';
import type { LineNotes } from '@shared/domain/notes';
import { followUpFacts } from './follow-up/text';
import { noteSections } from './notes/told';

const WIDTH = 100;
const LABEL_WIDTH = 30;
const FIGURE_WIDTH = 10;
const INSTANT_WIDTH = 16;
/** Where the column begins that runs through positions, rolls and variances. */
const LAST_FIGURE_AT = 2 + LABEL_WIDTH + FIGURE_WIDTH + 3 + INSTANT_WIDTH;
/** A timeline of more rows keeps what the arithmetic names. */
const TIMELINE_MAX = 24;

const figure = (text: string): string => text.padStart(FIGURE_WIDTH);
const withFigure = (label: string, text: string): string => `${label.padEnd(LAST_FIGURE_AT)}${figure(text)}`;
const quantity = (quantityScaled: number | null): string =>
  quantityScaled === null ? 'unknown' : formatQuantity(quantityScaled);

/** Breaks a sentence at words so that no line passes the width. */
function wrapped(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(' '.repeat(indent) + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, ' '.repeat(indent) + line];
}

function positionLabel({ source, state }: PositionDetail): string {
  return source === 'count' ? 'counted' : `${SYSTEM_NAMES[source]} ${state.replace('_', ' ')}`;
}

function positionLines(position: PositionDetail, words: Words): string[] {
  const said = position.asOfInstant === null ? '' : words.instant(position.asOfInstant);
  const head = withFigure(
    `  ${positionLabel(position).padEnd(LABEL_WIDTH)}${figure(quantity(position.quantityScaled))}   ${said}`,
    quantity(position.atCutOffScaled),
  );
  const rolls = position.rolls.map((roll) => {
    const what = `${TYPE_NAMES[roll.type]} ${roll.document}`;
    const when =
      position.source === 'count'
        ? `happened ${words.instant(roll.occurredInstant)}`
        : `posted ${words.instant(roll.postedInstant)}`;
    const how = position.source === 'count' ? `, by the ${SYSTEM_NAMES[roll.system]}` : '';
    return withFigure(`    ${what}, ${when}${how}`, signed(roll.effectScaled));
  });
  return [head, ...rolls];
}

function componentLines(component: ComponentDetail): string[] {
  const name = `${component.class}  ${component.cause}${component.suggested ? ' (suggested)' : ''}`;
  const documents = component.documents.length > 0 ? `   ${listed(component.documents)}` : '';
  const sources = [...new Set(component.evidence.map(({ file, row }) => `${file}:${row}`))];
  return [
    `${withFigure(`    ${name}`, signed(component.quantityScaled))}${documents}`,
    ...wrapped(component.sentence, 6),
    ...(sources.length > 0 ? wrapped(`Rows ${sources.join(', ')}`, 6) : []),
  ];
}

function varianceLines(variance: VarianceDetail, currency: string): string[] {
  const amount = variance.amountMinor === null ? '' : `   ${formatAmount(variance.amountMinor, currency)} ${currency}`;
  const from = `${variance.fromLabel} ${quantity(variance.fromScaled)}`;
  const to = `${variance.toLabel} ${quantity(variance.toScaled)}`;
  const head = `${withFigure(`  ${variance.kind}: ${from}, ${to}`, signed(variance.quantityScaled))}${amount}`;
  if (variance.quantityScaled === 0) return [head];
  const firm = variance.components.filter((component) => !component.suggested);
  const suggested = variance.components.filter((component) => component.suggested);
  return [
    head,
    ...firm.flatMap(componentLines),
    withFigure('    unexplained  residual', signed(variance.residualScaled)),
    ...wrapped(variance.residualSentence, 6),
    ...suggested.flatMap(componentLines),
  ];
}

interface TimelineRow {
  readonly happened: string;
  readonly what: string;
  readonly quantity: string;
  readonly posted: Partial<Record<System, string>>;
  readonly isNamed: boolean;
}

/** One row an event, with when each system posted it; figures and counts stand between them. */
function timelineRows(detail: LineDetail, words: Words): readonly TimelineRow[] {
  const short = (instant: number) => words.instant(instant).slice(5);
  const named = new Set([
    ...detail.variances.flatMap((variance) => variance.components.flatMap((component) => component.documents)),
    ...detail.positions.flatMap((position) => position.rolls.map((roll) => roll.document)),
  ]);
  const rows = new Map<string, TimelineRow>();
  for (const entry of detail.timeline) {
    const happened = short(entry.occurredInstant);
    if (entry.what === 'posting' && entry.type && entry.lane !== 'count') {
      const key = [entry.type, entry.document, entry.line, entry.elsewhere, entry.quantityScaled, happened].join('\n');
      const row = rows.get(key);
      const posted = [row?.posted[entry.lane], short(entry.postedInstant)].filter(Boolean).join(' ');
      rows.set(key, {
        happened,
        what: `${TYPE_NAMES[entry.type]} ${entry.document}${entry.elsewhere ? ` (${entry.elsewhere})` : ''}`,
        quantity: quantity(entry.quantityScaled),
        posted: { ...row?.posted, [entry.lane]: posted },
        isNamed: named.has(entry.document),
      });
    } else {
      const what = entry.lane === 'count' ? 'COUNT' : `${SYSTEM_NAMES[entry.lane]} figure`;
      rows.set(`${entry.lane}\n${entry.occurredInstant}`, {
        happened,
        what,
        quantity: quantity(entry.quantityScaled),
        posted: {},
        isNamed: true,
      });
    }
  }
  return [...rows.values()];
}

function timelineLines(detail: LineDetail, words: Words): string[] {
  const all = timelineRows(detail, words);
  if (all.length === 0) return [];
  const shown = all.length <= TIMELINE_MAX ? all : all.filter((row) => row.isNamed);
  const cells = (happened: string, what: string, units: string, erp: string, storefront: string, warehouse: string) =>
    `  ${happened.padEnd(13)}${what.padEnd(34)}${units.padStart(6)}   ${erp.padEnd(14)}${storefront.padEnd(14)}${warehouse}`;
  return [
    cells('Happened', '', 'units', 'ERP', 'storefront', 'warehouse').replace(/^ {2}Happened/, 'Timeline  '),
    ...shown.map((row) =>
      cells(
        row.happened,
        row.what,
        row.quantity,
        row.posted.erp ?? '',
        row.posted.storefront ?? '',
        row.posted.warehouse ?? '',
      ),
    ),
    ...(shown.length < all.length ? [`  and ${all.length - shown.length} more that the arithmetic does not name`] : []),
    '',
  ];
}

/** `on hand, reserved from ERP; committed from storefront`. */
function truthText(truth: LineTruth): string {
  const states = { onHand: 'on hand', committed: 'committed', reserved: 'reserved', damaged: 'damaged', quarantined: 'quarantined', unitCost: 'unit cost' } as const;
  const names = Object.keys(states) as (keyof LineTruth)[];
  return SYSTEMS.filter((system) => names.some((name) => truth[name] === system))
    .map((system) => `${names.filter((name) => truth[name] === system).map((name) => states[name]).join(', ')} from ${SYSTEM_NAMES[system]}`)
    .join('; ');
}

/** The periods before, the latest first: what the line differed by and what became of it. */
function periodLines(periods: readonly LineInPeriod[]): string[] {
  if (periods.length < 2) return [];
  return [
    '',
    'Past periods',
    ...periods.slice(0, -1).reverse().flatMap((each) => {
      const variances = each.variances.filter(({ quantityScaled }) => quantityScaled !== 0).map(({ kind, quantityScaled, residualScaled }) =>
        `${kind} ${signed(quantityScaled)}${residualScaled === 0 ? '' : `, residual ${signed(residualScaled)}`}`);
      const fate = [each.cause, each.clearedBy === null ? each.reasonCode : each.clearedBy, each.bookedScaled === null ? null : `booked ${signed(each.bookedScaled)}`].filter((word) => word !== null);
      return wrapped(`${each.periodCode}  ${variances.length === 0 ? 'no variance' : variances.join('; ')}${fate.length > 0 && variances.length > 0 ? ` (${fate.join(', ')})` : ''}`, 2);
    }),
  ];
}

/**
 * The whole line as text, with a line break at the end.
 *
 * @param periods the line in this and the periods before, oldest first
 * @param said its notes and attachments
 */
export function explainText(detail: LineDetail, periods: readonly LineInPeriod[] = [], said: LineNotes = { notes: [], attachments: [] }): string {
  const words = wordsFor(detail.timeZone);
  const cost =
    detail.unitCostScaled === null
      ? 'unit cost unknown'
      : `unit cost ${formatUnitCost(detail.unitCostScaled)} ${detail.currency}`;
  const name = detail.itemName ? `  ${detail.itemName}` : '';
  const owner = detail.tag?.owner ?? detail.suggestedOwner;
  const facts: readonly (readonly [string, string | null])[] = [
    ['status', detail.clearedBy ? `${detail.status} by ${detail.clearedBy}` : detail.status],
    ['owner', owner ? `${owner}${detail.tag?.owner ? '' : ' (suggested)'}${detail.routedBy ? `, by ${detail.routedBy.startsWith(DEFAULT_ROUTE_PREFIX) ? '' : 'route '}${detail.routedBy}` : ''}` : null],
    ['reason', detail.tag?.reasonCode ?? (detail.clearedBy ? null : 'not given')],
    ['note', detail.tag?.note || null],
    ['due', detail.dueInstant === null ? null : words.day(detail.dueInstant)],
    ['age', detail.ageDays > 0 ? `${detail.ageDays} ${detail.ageDays === 1 ? 'day' : 'days'} at the cut-off` : null],
    ...followUpFacts(detail, words),
    ['figures', detail.truth && truthText(detail.truth)],
    ['next', detail.nextStep || null],
  ];
  const lines = [
    `${detail.sku}${name}   ${detail.location}   tier ${detail.tier}   ${cost}`,
    `Period ${detail.periodCode}, cut-off ${words.instant(detail.cutOffInstant)} ${detail.timeZone}, ` +
      `window ${detail.windowHours} h, rules ${detail.ruleVersion}`,
    ...(detail.isStale ? ['Files, rules or the period before changed after this reconciliation: run it again.'] : []),
    '',
    withFigure(`${'Positions'.padEnd(LABEL_WIDTH + 2)}${figure('said')}   at`, 'cut-off'),
    ...detail.positions.flatMap((position) => positionLines(position, words)),
    withFigure('  available by the identity', quantity(detail.identity.quantityScaled)),
    ...wrapped(detail.identity.sentence, 4),
    '',
    ...timelineLines(detail, words),
    'Variances',
    ...(detail.variances.length === 0
      ? ['  None is known: there are no two figures to compare.']
      : detail.variances.flatMap((variance) => varianceLines(variance, detail.currency))),
    '',
    ...facts.flatMap(([label, value]) => {
      if (value === null) return [];
      const [first, ...rest] = wrapped(value, 9);
      return [`${label.padEnd(9)}${first!.trimStart()}`, ...rest];
    }),
    ...noteSections(said, words).flatMap((text) => (text === '' ? [''] : wrapped(text.trimStart(), text.length - text.trimStart().length))),
    ...periodLines(periods),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
