/**
 * What a bulk change would do, worked out line by line before anything is written. Applying works it out again and goes on only
 * where it is the statement that the person saw.
 */
import {
  BULK_FIELDS, BULK_REFUSALS, type BulkChange, type BulkField, type BulkPlanFailure, type BulkRefusal, type BulkRequest, type BulkStatement, type ClassValue,
  periodOfTarget,
} from '@shared/domain/bulk';
import { type BulkDecision, type BulkSetting, decideBulk, statusAfter, type TagValues } from '@shared/domain/bulk-decide';
import { canonicalJson, type CanonicalValue } from '@shared/domain/canonical';
import { formatInstantUtc } from '@shared/domain/instant';
import { LINE_STATUSES, type LineStatus, type Owner } from '@shared/domain/lines';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import type { Period } from '@shared/contract/workbook';
import { sha256Hex } from '../../workbook/hash';
import { STATUS_SQL, TAGS_SQL } from '../../workbook/tables/lines';
import type { ReadableWorkbook } from '../../workbook/workbook';
import { materialityFor } from '../../workbook/tables/period-codes';
import type { ServiceContext } from '../context';
import { findPeriod, periodLocked, periodMissing } from '../periods';
import { type ChosenLine, readChosenLines } from './chosen-lines';
import { unbookedLimit } from './unbooked-limit';

/** Lines of a refusal that are named. */
const NAMED = 5;
/** Old values of a field that are listed. */
const VALUES_MOST = 8;
const STATES_PER_HASH = 500;

export interface PlannedChange {
  readonly line: ChosenLine;
  readonly after: TagValues;
  readonly isGivenAnew: boolean;
}

export interface BulkPlan {
  readonly period: Period;
  readonly statement: BulkStatement;
  readonly changes: readonly PlannedChange[];
}

/** A hash over texts that come one after the other. */
class RunningHash {
  #hash: string;
  #waiting: string[] = [];

  constructor(start: string) {
    this.#hash = sha256Hex(start);
  }

  add(text: string): void {
    this.#waiting.push(text);
    if (this.#waiting.length === STATES_PER_HASH) this.#fold();
  }

  #fold(): void {
    this.#hash = sha256Hex(`${this.#hash}\n${this.#waiting.join('\n')}`);
    this.#waiting = [];
  }

  end(): string {
    this.#fold();
    return this.#hash;
  }
}

class FieldTally {
  lines = 0;
  replaced = 0;
  readonly #values = new Map<string, number>();

  add(before: string, isKept: boolean): void {
    this.lines += 1;
    if (before === '' || isKept) return;
    this.replaced += 1;
    this.#values.set(before, (this.#values.get(before) ?? 0) + 1);
  }

  effect(field: BulkField): BulkStatement['fields'][number] {
    const values = [...this.#values].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1)).slice(0, VALUES_MOST);
    const listed = values.reduce((sum, [, lines]) => sum + lines, 0);
    return { field, lines: this.lines, replaced: this.replaced, values: values.map(([before, lines]) => ({ before, lines })), otherLines: this.replaced - listed };
  }
}

const fieldText = ({ reason, owner, note, dueInstant }: TagValues): Readonly<Record<BulkField, string>> => ({
  reason: reason ?? '', owner: owner ?? '', due: dueInstant === null ? '' : formatInstantUtc(dueInstant), note,
});

const noLines = (): Record<LineStatus, number> => Object.fromEntries(LINE_STATUSES.map((status) => [status, 0])) as Record<LineStatus, number>;

/** Adds up decisions, one line after the other. */
class StatementTally {
  readonly changes: PlannedChange[] = [];
  readonly before = noLines();
  readonly after = noLines();
  already = 0;
  toConfirm = 0;
  readonly #fields = new Map(BULK_FIELDS.map((field) => [field, new FieldTally()]));
  readonly #refusals = new Map<BulkRefusal, { lines: number; readonly first: BulkStatement['refusals'][number]['first'][number][] }>();
  readonly #values = new Map<string, { class: ClassValue['class']; lines: number; value: bigint; linesWithoutCost: number }>();

  constructor(readonly change: BulkChange) {}

  refuse({ stockKeyId, sku, location }: ChosenLine, why: BulkRefusal, detail: string): void {
    const kept = this.#refusals.get(why) ?? { lines: 0, first: [] };
    kept.lines += 1;
    if (kept.first.length < NAMED) kept.first.push({ stockKeyId, sku, location, detail });
    this.#refusals.set(why, kept);
  }

  add(line: ChosenLine, decision: BulkDecision): void {
    this.before[line.status] += 1;
    const stands = decision.kind === 'changes' ? statusAfter(line, decision.after, decision.isGivenAnew) : line.status;
    this.after[stands] += 1;
    const isGivenOnce = this.change.reason != null && line.tag.reason === this.change.reason && line.isChangedSince && line.status === 'open';
    if (isGivenOnce && stands === 'open') this.toConfirm += 1;
    if (decision.kind === 'refused') this.refuse(line, decision.why, decision.detail);
    else if (decision.kind === 'same') this.already += 1;
    else this.#addChange({ line, after: decision.after, isGivenAnew: decision.isGivenAnew });
  }

  #addChange(planned: PlannedChange): void {
    const { line, after } = planned;
    this.changes.push(planned);
    const [texts, textsAfter] = [fieldText(line.tag), fieldText(after)];
    for (const field of BULK_FIELDS) {
      // A note that is added to is kept.
      if (texts[field] !== textsAfter[field]) this.#fields.get(field)!.add(texts[field], field === 'note' && this.change.note?.how === 'append');
    }
    const value = this.#values.get(line.class ?? '') ?? { class: line.class, lines: 0, value: 0n, linesWithoutCost: 0 };
    value.lines += 1;
    if (line.valueMinor === null) value.linesWithoutCost += 1;
    else value.value += BigInt(Math.abs(line.valueMinor));
    this.#values.set(line.class ?? '', value);
  }

  statement(rest: Pick<BulkStatement, 'periodCode' | 'currency' | 'openInPeriodBefore' | 'fingerprint'>): BulkStatement {
    const exact = (value: bigint): number => {
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`a value of ${value} minor units does not fit`);
      return Number(value);
    };
    const values = [...this.#values.values()].sort((one, other) => (other.value > one.value ? 1 : other.value < one.value ? -1 : other.lines - one.lines));
    const refusals = BULK_REFUSALS.flatMap((why) => {
      const kept = this.#refusals.get(why);
      return kept ? [{ why, ...kept }] : [];
    });
    const sum = (lines: Record<LineStatus, number>) => LINE_STATUSES.reduce((total, status) => total + lines[status], 0);
    return {
      ...rest,
      lines: sum(this.before),
      changes: this.changes.length,
      already: this.already,
      refused: refusals.reduce((total, { lines }) => total + lines, 0),
      fields: BULK_FIELDS.map((field) => this.#fields.get(field)!.effect(field)).filter(({ lines }) => lines > 0),
      refusals,
      value: values.map(({ value, ...each }) => ({ ...each, valueMinor: exact(value) })),
      valueMinor: exact(values.reduce((total, { value }) => total + value, 0n)),
      before: this.before,
      after: this.after,
      openInPeriodAfter: rest.openInPeriodBefore - this.before.open + this.after.open,
      toConfirm: this.toConfirm,
    };
  }
}

const settingOf = (workbook: ReadableWorkbook, { code, currency }: Period, change: BulkChange): BulkSetting => {
  const materialityMinor = materialityFor(workbook, code);
  const codes = workbook.all<{ reason_code: string; default_owner: Owner; posting: string }>('SELECT reason_code, default_owner, posting FROM reason_codes');
  return {
    change, currency, materialityMinor,
    reasons: new Map(codes.map((code) => [code.reason_code, { defaultOwner: code.default_owner, posts: code.posting !== 'none' }])),
  };
};

/** Whether the change can be asked for at all. */
function checkedChange(setting: BulkSetting): Outcome<BulkSetting, BulkPlanFailure> {
  const { change, reasons } = setting;
  const asked = [change.reason, change.owner, change.dueInstant, change.note, change.clear || undefined].some((each) => each !== undefined);
  if (!asked) return refused('nothing_asked', 'Nothing is asked to change. Give a reason, an owner, a due date or a note.');
  if (change.reason != null && !reasons.has(change.reason)) {
    return refused('reason_unknown', `There is no reason code ${change.reason}. Choose one from the list of reason codes.`);
  }
  if (change.clear && (change.note === undefined || change.note.text === '')) {
    return refused('note_needed', 'Clearing lines needs a note that says why nothing is booked. Write one.');
  }
  if (change.clear && (change.reason === null || (change.reason !== undefined && reasons.get(change.reason)!.posts))) {
    return refused('reason_posts', `Clearing books nothing, and ${change.reason ?? 'no reason'} ${change.reason === null ? 'says nothing' : 'books an adjustment'}. Choose a reason that posts nothing, or do not clear.`);
  }
  return done(setting);
}

/** Above the limit of what may be left unbooked, no line with an adjustment is cleared. */
function limited(workbook: ReadableWorkbook, period: Period, decided: readonly (readonly [ChosenLine, BulkDecision])[]): readonly (readonly [ChosenLine, BulkDecision])[] {
  const isMeant = ([line, decision]: readonly [ChosenLine, BulkDecision]) => decision.kind === 'changes' && line.adjustmentScaled !== 0;
  const meant = decided.filter(isMeant).map(([line]) => line);
  const over = unbookedLimit(workbook, period, meant);
  if (over === undefined) return decided;
  return decided.map((each) => (isMeant(each) ? ([each[0], { kind: 'refused', why: 'over_limit', detail: over }] as const) : each));
}

/** Works out what a change would do; reads only. */
export function planBulkChange(context: ServiceContext, { target, change }: BulkRequest): Outcome<BulkPlan, BulkPlanFailure> {
  const { workbook, job } = context;
  const period = findPeriod(workbook, periodOfTarget(target));
  if (!period) return periodMissing(periodOfTarget(target));
  if (period.state === 'locked') return periodLocked(period);
  const setting = settingOf(workbook, period, change);
  const checked = checkedChange(setting);
  if (!checked.ok) return checked;
  const chosen = readChosenLines(workbook, target);
  if (chosen.total === 0) return refused('nothing_chosen', `No line of ${period.code} is chosen. Choose lines, or a filter that lets some through.`);
  const hash = new RunningHash(canonicalJson({ change, materiality: setting.materialityMinor, period: period.periodId } as CanonicalValue));
  const decided: (readonly [ChosenLine, BulkDecision])[] = [];
  for (const [line, state] of chosen.lines) {
    hash.add(state);
    decided.push([line, decideBulk(line, setting)]);
    if (decided.length % 2000 === 0) {
      job.checkCancelled();
      job.progress('Reading lines', decided.length, chosen.total);
    }
  }
  const tally = new StatementTally(change);
  for (const [line, decision] of change.clear ? limited(workbook, period, decided) : decided) tally.add(line, decision);
  const openInPeriodBefore = Number(workbook.sum(`SELECT count(*) FROM lines l ${TAGS_SQL} WHERE l.period_id = ? AND l.cleared_by IS NULL AND ${STATUS_SQL} = 'open'`, period.periodId));
  return done({
    period,
    changes: tally.changes,
    statement: tally.statement({ periodCode: period.code, currency: setting.currency, openInPeriodBefore, fingerprint: hash.end() }),
  });
}

/** The statement of what a change would do. */
export function bulkStatement(context: ServiceContext, request: BulkRequest): Outcome<BulkStatement, BulkPlanFailure> {
  const planned = planBulkChange(context, request);
  return planned.ok ? done(planned.value.statement) : planned;
}

