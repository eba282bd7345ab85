/** The published JSON of lines (`shared/domain/lines-json.ts`), made from line details. */
import { wordsFor, type Words } from '@shared/domain/explanation/words';
import type { Evidence, LineDetail, LineFilter, PositionDetail } from '@shared/domain/lines';
import type { LineJson, LinesJson } from '@shared/domain/lines-json';
import { formatAmount, formatUnitCost } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { readLineKeys } from '../workbook/tables/lines';
import type { ReadableWorkbook } from '../workbook/workbook';
import { followUpJson } from './follow-up/json';
import { LineDetails } from './line-detail';
import { lineOverPeriods } from './line-periods';
import { notesAndAttachments } from './notes/notes';
import { attachmentJson, noteJson } from './notes/told';
import { readScope } from './reconciliation/scope';

export interface LinesJsonOptions {
  readonly filter?: LineFilter;
  /** Only this SKU, exactly. */
  readonly sku?: string;
  /** Only this location, by its code. */
  readonly location?: string;
  /** With the timeline of each line and its past periods. */
  readonly withTimeline?: boolean;
}

const quantityOf = (quantityScaled: number | null): string | null =>
  quantityScaled === null ? null : formatQuantity(quantityScaled);
const evidenceOf = ({ file, row }: Evidence) => ({ file, row });

function positionOf(position: PositionDetail, words: Words) {
  return {
    atCutOff: quantityOf(position.atCutOffScaled),
    rolls: position.rolls.map((roll) => ({
      system: roll.system,
      type: roll.type,
      document: roll.document,
      quantity: formatQuantity(roll.effectScaled),
      occurredAt: words.isoInstant(roll.occurredInstant),
      postedAt: words.isoInstant(roll.postedInstant),
      evidence: evidenceOf(roll.evidence),
    })),
    evidence: position.evidence.map(evidenceOf),
  };
}

function positionsOf(detail: LineDetail, words: Words): LineJson['positions'] {
  const positions: LineJson['positions'] = {};
  const at = (instant: number | null) => (instant === null ? null : words.isoInstant(instant));
  for (const position of detail.positions) {
    const quantity = quantityOf(position.quantityScaled);
    const rolled = positionOf(position, words);
    if (position.source === 'count')
      positions.count = { counted: quantity, countedAt: at(position.asOfInstant), ...rolled };
    else if (position.source === 'storefront')
      positions.storefront = { available: quantity, asOf: at(position.asOfInstant), ...rolled };
    else positions[position.source] = { onHand: quantity, asOf: at(position.asOfInstant), ...rolled };
  }
  return positions;
}

/** One line as the published JSON has it. */
export function lineJsonOf(detail: LineDetail, words: Words, withTimeline = false): LineJson {
  const amountOf = (amountMinor: number | null) =>
    amountMinor === null ? null : formatAmount(amountMinor, detail.currency);
  return {
    sku: detail.sku,
    location: detail.location,
    name: detail.itemName,
    tier: detail.tier,
    unitCost: detail.unitCostScaled === null ? null : formatUnitCost(detail.unitCostScaled),
    cutOff: words.isoInstant(detail.cutOffInstant),
    windowHours: detail.windowHours,
    positions: positionsOf(detail, words),
    identity: {
      available: quantityOf(detail.identity.quantityScaled),
      terms: detail.identity.terms.map((term) => ({
        state: term.state,
        quantity: quantityOf(term.quantityScaled),
        system: term.system,
        assumedNone: term.isAssumedNone,
      })),
    },
    variances: detail.variances.map((variance) => ({
      kind: variance.kind,
      quantity: formatQuantity(variance.quantityScaled),
      amount: amountOf(variance.amountMinor),
      currency: detail.currency,
      components: variance.components.map((component) => ({
        class: component.class,
        cause: component.cause,
        quantity: formatQuantity(component.quantityScaled),
        amount: amountOf(component.amountMinor),
        suggested: component.suggested,
        rule: component.rule,
        sentence: component.sentence,
        documents: component.documents,
        evidence: component.evidence.map(evidenceOf),
        twin: component.twin && { sku: component.twin.sku, location: component.twin.location },
      })),
      residual: formatQuantity(variance.residualScaled),
      residualSentence: variance.residualSentence,
    })),
    class: detail.class,
    cause: detail.cause,
    status: detail.status,
    clearedBy: detail.clearedBy,
    reason: detail.tag?.reasonCode ?? null,
    owner: detail.tag?.owner ?? detail.suggestedOwner,
    routedBy: detail.routedBy,
    note: detail.tag?.note ?? '',
    due: detail.dueInstant === null ? null : words.day(detail.dueInstant),
    ageDays: detail.ageDays,
    priority: detail.priority,
    nextStep: detail.nextStep,
    followUp: followUpJson(detail, words),
    truth: detail.truth,
    ...(withTimeline
      ? {
          timeline: detail.timeline.map((entry) => ({
            what: entry.what,
            lane: entry.lane,
            type: entry.type,
            document: entry.document,
            quantity: quantityOf(entry.quantityScaled),
            occurredAt: words.isoInstant(entry.occurredInstant),
            postedAt: words.isoInstant(entry.postedInstant),
            afterCutOff: entry.isAfterCutOff,
            elsewhere: entry.elsewhere,
            evidence: evidenceOf(entry.evidence),
          })),
        }
      : {}),
  };
}

/** What people said of the line and put beside it. */
function saidOf(workbook: ReadableWorkbook, detail: LineDetail, words: Words): Pick<LineJson, 'notes' | 'attachments'> {
  const { notes, attachments } = notesAndAttachments(workbook, detail);
  return { notes: notes.map((note) => noteJson(note, words)), attachments: attachments.map((each) => attachmentJson(each, words)) };
}

/** The line in this and the periods before as the published JSON has it. */
const periodsOf = (workbook: ReadableWorkbook, detail: LineDetail): NonNullable<LineJson['periods']> =>
  lineOverPeriods(workbook, detail.periodCode, detail.stockKeyId).map((each) => ({
    period: each.periodCode,
    locked: each.isLocked,
    variances: each.variances.map(({ kind, quantityScaled, residualScaled }) => ({
      kind, quantity: formatQuantity(quantityScaled), residual: formatQuantity(residualScaled),
    })),
    class: each.class,
    cause: each.cause,
    status: each.status,
    clearedBy: each.clearedBy,
    reason: each.reasonCode,
    owner: each.owner,
    booked: quantityOf(each.bookedScaled),
    recurs: each.recurs.length > 0 || each.sameCause,
  }));

/** The line details of a period in the order of SKU and location, read one at a time. */
export function* lineDetailsOf(
  workbook: ReadableWorkbook,
  periodId: number,
  options: LinesJsonOptions = {},
): Generator<LineDetail> {
  const scope = readScope(workbook, periodId);
  if (!scope) return;
  const details = new LineDetails(workbook, scope);
  const { filter = {}, sku, location } = options;
  for (const stockKeyId of readLineKeys(workbook, periodId, {
    ...filter,
    ...(sku === undefined ? {} : { sku }),
    ...(location === undefined ? {} : { location }),
  })) {
    const detail = details.of(stockKeyId);
    if (detail) yield detail;
  }
}

/**
 * The lines of a period as published, in the order of SKU and location.
 *
 * @throws where the workbook has no such period
 */
export function linesJson(workbook: ReadableWorkbook, periodId: number, options: LinesJsonOptions = {}): LinesJson {
  const scope = readScope(workbook, periodId);
  if (!scope) throw new Error(`no period ${periodId}`);
  const words = wordsFor(scope.timeZone);
  const version = workbook.get<{ rule_version: string }>(
    'SELECT rule_version FROM lines WHERE period_id = ? LIMIT 1',
    periodId,
  );
  const lines: LineJson[] = [];
  for (const detail of lineDetailsOf(workbook, periodId, options))
    lines.push({
      ...lineJsonOf(detail, words, options.withTimeline),
      ...(options.withTimeline ? { ...saidOf(workbook, detail, words), periods: periodsOf(workbook, detail) } : {}),
    });
  return {
    period: scope.code,
    ruleVersion: version?.rule_version ?? null,
    currency: scope.currency,
    timeZone: scope.timeZone,
    cutOff: words.isoInstant(scope.cutOffInstant),
    windowHours: scope.windowHours,
    lines,
  };
}

/** What `explain --json` prints: the lines of one SKU, each with its timeline. */
export const explainJson = (workbook: ReadableWorkbook, periodId: number, sku: string, location?: string): LinesJson =>
  linesJson(workbook, periodId, { sku, ...(location === undefined ? {} : { location }), withTimeline: true });
