/**
 * A line told in a terminal: positions with their instants and rolls, the arithmetic of each variance, and what to do.
 * One screen for the usual line, columns aligned, no colour.
 */
import { listed, signed, SYSTEM_NAMES, TYPE_NAMES, wordsFor, type Words } from '@shared/domain/explanation/words';
import type { ComponentDetail, LineDetail, PositionDetail, VarianceDetail } from '@shared/domain/lines';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';

const WIDTH = 100;
const LABEL_WIDTH = 30;
const FIGURE_WIDTH = 10;

const figure = (text: string): string => text.padStart(FIGURE_WIDTH);
const quantity = (quantityScaled: number | null): string => (quantityScaled === null ? 'unknown' : formatQuantity(quantityScaled));

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
  const head = `  ${positionLabel(position).padEnd(LABEL_WIDTH)}${figure(quantity(position.quantityScaled))}   ${said.padEnd(16)}${figure(quantity(position.atCutOffScaled))}`;
  const rolls = position.rolls.map((roll) => {
    const what = `${TYPE_NAMES[roll.type]} ${roll.document}`;
    const when = position.source === 'count' ? `happened ${words.instant(roll.occurredInstant)}` : `posted ${words.instant(roll.postedInstant)}`;
    const how = position.source === 'count' ? `, by the ${SYSTEM_NAMES[roll.system]}` : '';
    return `    ${`${what}, ${when}${how}`.padEnd(LABEL_WIDTH + FIGURE_WIDTH + 17)}${figure(signed(roll.effectScaled))}`;
  });
  return [head, ...rolls];
}

function componentLines(component: ComponentDetail): string[] {
  const name = `${component.class}  ${component.cause}${component.suggested ? ' (suggested)' : ''}`;
  const documents = component.documents.length > 0 ? `   ${listed(component.documents)}` : '';
  const sources = [...new Set(component.evidence.map(({ file, row }) => `${file}:${row}`))];
  return [
    `    ${name.padEnd(LABEL_WIDTH + 6)}${figure(signed(component.quantityScaled))}${documents}`,
    ...wrapped(component.sentence, 6),
    ...(sources.length > 0 ? wrapped(`Rows ${sources.join(', ')}`, 6) : []),
  ];
}

function varianceLines(variance: VarianceDetail, currency: string): string[] {
  const amount = variance.amountMinor === null ? '' : `   ${formatAmount(variance.amountMinor, currency)} ${currency}`;
  const from = `${variance.fromLabel} ${quantity(variance.fromScaled)}`;
  const to = `${variance.toLabel} ${quantity(variance.toScaled)}`;
  const head = `  ${`${variance.kind}: ${from}, ${to}`.padEnd(LABEL_WIDTH + 8)}${figure(signed(variance.quantityScaled))}${amount}`;
  if (variance.quantityScaled === 0) return [head];
  const firm = variance.components.filter((component) => !component.suggested);
  const suggested = variance.components.filter((component) => component.suggested);
  return [
    head,
    ...firm.flatMap(componentLines),
    `    ${'unexplained  residual'.padEnd(LABEL_WIDTH + 6)}${figure(signed(variance.residualScaled))}`,
    ...wrapped(variance.residualSentence, 6),
    ...suggested.flatMap(componentLines),
  ];
}

/** The whole line as text, with a line break at the end. */
export function explainText(detail: LineDetail): string {
  const words = wordsFor(detail.timeZone);
  const cost = detail.unitCostScaled === null ? 'unit cost unknown' : `unit cost ${formatUnitCost(detail.unitCostScaled)} ${detail.currency}`;
  const name = detail.itemName ? `  ${detail.itemName}` : '';
  const owner = detail.tag?.owner ?? detail.suggestedOwner;
  const facts: readonly (readonly [string, string | null])[] = [
    ['status', detail.clearedBy ? `${detail.status} by ${detail.clearedBy}` : detail.status],
    ['owner', owner ? `${owner}${detail.tag?.owner ? '' : ' (suggested)'}` : null],
    ['reason', detail.tag?.reasonCode ?? (detail.clearedBy ? null : 'not given')],
    ['note', detail.tag?.note || null],
    ['due', detail.dueInstant === null ? null : words.day(detail.dueInstant)],
    ['age', detail.ageDays > 0 ? `${detail.ageDays} ${detail.ageDays === 1 ? 'day' : 'days'} at the cut-off` : null],
    ['next', detail.nextStep || null],
  ];
  const lines = [
    `${detail.sku}${name}   ${detail.location}   tier ${detail.tier}   ${cost}`,
    `Period ${detail.periodCode}, cut-off ${words.instant(detail.cutOffInstant)} ${detail.timeZone}, window ${detail.windowHours} h, rules ${detail.ruleVersion}`,
    ...(detail.isStale ? ['Rows came in after this reconciliation: run it again.'] : []),
    '',
    `${'Positions'.padEnd(LABEL_WIDTH + 2)}${figure('said')}   ${'at'.padEnd(16)}${figure('cut-off')}`,
    ...detail.positions.flatMap((position) => positionLines(position, words)),
    `  ${'available by the identity'.padEnd(LABEL_WIDTH + FIGURE_WIDTH + 19)}${figure(quantity(detail.identity.quantityScaled))}`,
    ...wrapped(detail.identity.sentence, 4),
    '',
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
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}
