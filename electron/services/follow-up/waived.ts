/**
 * What tolerance let pass: written by each reconciliation, added up by sign, rule, owner and location, and held against the limit.
 * Over the limit a controller has to accept it, who prepared no journal of the period; an acceptance holds up to its own figure.
 */
import type { WaivedLedger, WaivedRow } from '@shared/domain/follow-up/shapes';
import { formatAmount, roundToMinor } from '@shared/domain/money';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { CLASS_OWNER } from '@shared/domain/routing';
import type { VarianceClass, VarianceKind } from '@shared/domain/variance';
import { appendAudit } from '../../workbook/audit';
import { ruleSetFor } from '../../workbook/tables/rule-sets';
import { inTransaction, type ReadableWorkbook, type SqliteWorkbook } from '../../workbook/workbook';
import { actorText, type ServiceContext } from '../context';
import { addPerson, type SigningFailure, unlockPerson } from '../people';
import { findPeriod, periodLocked, periodMissing } from '../periods';
import type { ReconciliationScope } from '../reconciliation/scope';

const KINDS: readonly VarianceKind[] = ['count', 'channel', 'ledger'];

const componentsOf = (kind: VarianceKind, condition: string) =>
  `FROM components c WHERE c.period_id = l.period_id AND c.stock_key_id = l.stock_key_id AND c.kind = '${kind}' AND ${condition}`;

/** Of a line `l`: the class that holds most of what is not timing; a pattern stands for a residual. */
const classSql = (kind: VarianceKind) => `(
  SELECT class FROM (
    SELECT c.class, abs(sum(c.quantity_scaled)) AS weight, 0 AS place ${componentsOf(kind, "c.suggested = 0 AND c.class <> 'timing'")} GROUP BY c.class
    UNION ALL SELECT coalesce((SELECT c.class ${componentsOf(kind, 'c.suggested = 1')} ORDER BY c.position LIMIT 1), 'unexplained'), abs(l.${kind}_residual_scaled), 1)
  ORDER BY weight DESC, place, class LIMIT 1)`;

/** Keeps what each tolerance let pass, in units. */
export function writeWaived(workbook: SqliteWorkbook, { periodId }: ReconciliationScope): void {
  workbook.run('DELETE FROM waived_differences WHERE period_id = ?', periodId);
  const passed = `FROM lines l WHERE l.period_id = @period AND l.cleared_by LIKE 'tolerance%'`;
  const parts = KINDS.map(
    (kind) => `SELECT l.stock_key_id, '${kind}' AS kind, l.${kind}_variance_scaled
         - coalesce((SELECT sum(c.quantity_scaled) ${componentsOf(kind, "c.suggested = 0 AND c.class = 'timing'")}), 0) AS quantity_scaled, ${classSql(kind)} AS class
       ${passed} AND l.${kind}_variance_scaled <> 0`,
  );
  workbook.run(
    `INSERT INTO waived_differences (period_id, stock_key_id, kind, quantity_scaled, class)
     SELECT @period, stock_key_id, kind, quantity_scaled, class FROM (${parts.join(' UNION ALL ')}) WHERE quantity_scaled <> 0`,
    { period: periodId },
  );
}

interface SumRow {
  readonly sign: 'plus' | 'minus';
  readonly kind: VarianceKind;
  readonly rule: string;
  readonly class: Exclude<VarianceClass, 'timing'>;
  readonly location: string;
  readonly differences: number;
  readonly units_scaled: number;
  /** The exact value in two parts, each far from overflow: whole currency units per quantity step, and millionths. */
  readonly whole: string;
  readonly millionths: string;
}

const exactOf = (row: SumRow): bigint => BigInt(row.whole) * 1_000_000n + BigInt(row.millionths);

const readSums = (workbook: ReadableWorkbook, periodId: number): SumRow[] =>
  workbook.all<SumRow>(
    `SELECT iif(w.quantity_scaled > 0, 'plus', 'minus') AS sign, w.kind, l.cleared_by AS rule, w.class, o.code AS location, count(*) AS differences,
       sum(abs(w.quantity_scaled)) AS units_scaled,
       CAST(coalesce(sum(abs(w.quantity_scaled) * (l.unit_cost_scaled / 1000000)), 0) AS TEXT) AS whole,
       CAST(coalesce(sum(abs(w.quantity_scaled) * (l.unit_cost_scaled % 1000000)), 0) AS TEXT) AS millionths
     FROM waived_differences w JOIN lines l USING (period_id, stock_key_id) JOIN stock_keys k USING (stock_key_id) JOIN locations o USING (location_id)
     WHERE w.period_id = ? GROUP BY 1, 2, 3, 4, 5 ORDER BY o.code, l.cleared_by, w.class, w.kind, 1 DESC`,
    periodId,
  );

interface AcceptanceRow {
  readonly accepted_minor: number;
  readonly note: string;
  readonly accepted_instant: number;
  readonly name: string;
}

/** The ledger of a period. Groups round their own sum; the totals round the exact sum of all once. */
export function waivedLedger(workbook: ReadableWorkbook, periodId: number): WaivedLedger | undefined {
  const period = findPeriod(workbook, periodId);
  if (!period) return undefined;
  const { currency } = period;
  const sums = readSums(workbook, periodId);
  const side = (sign: SumRow['sign']) => {
    const of = sums.filter((row) => row.sign === sign);
    return {
      differences: of.reduce((sum, row) => sum + row.differences, 0),
      unitsScaled: of.reduce((sum, row) => sum + row.units_scaled, 0),
      exact: of.reduce((sum, row) => sum + exactOf(row), 0n),
    };
  };
  const [plus, minus] = [side('plus'), side('minus')];
  const absoluteMinor = roundToMinor(plus.exact + minus.exact, currency);
  const { waivedLimitMinor: limitMinor } = ruleSetFor(workbook, period.code).rules;
  const isOverLimit = limitMinor !== null && absoluteMinor > limitMinor;
  const last = workbook.get<AcceptanceRow>(
    `SELECT a.accepted_minor, a.note, a.accepted_instant, p.name FROM waived_acceptances a JOIN people p USING (person_id)
     WHERE a.period_id = ? ORDER BY a.waived_acceptance_id DESC LIMIT 1`,
    periodId,
  );
  const holds = last !== undefined && absoluteMinor <= last.accepted_minor;
  return {
    currency,
    rows: sums.map((row): WaivedRow => ({
      sign: row.sign, rule: row.rule, owner: CLASS_OWNER[row.class], class: row.class, location: row.location, kind: row.kind,
      differences: row.differences, unitsScaled: row.units_scaled, valueMinor: roundToMinor(exactOf(row), currency),
    })),
    plus: { differences: plus.differences, unitsScaled: plus.unitsScaled, valueMinor: roundToMinor(plus.exact, currency) },
    minus: { differences: minus.differences, unitsScaled: minus.unitsScaled, valueMinor: roundToMinor(minus.exact, currency) },
    netUnitsScaled: plus.unitsScaled - minus.unitsScaled,
    netMinor: roundToMinor(plus.exact - minus.exact, currency),
    absoluteMinor,
    limitMinor,
    isOverLimit,
    acceptance: last ? { acceptedMinor: last.accepted_minor, note: last.note, acceptedInstant: last.accepted_instant, acceptedBy: last.name, holds } : null,
    needsAcceptance: isOverLimit && !holds,
  };
}

/** What stands in the way of an approval; undefined where nothing does. */
export function waivedObstacle(workbook: ReadableWorkbook, periodId: number): string | undefined {
  const ledger = waivedLedger(workbook, periodId);
  if (!ledger?.needsAcceptance) return undefined;
  const amount = (minor: number) => formatAmount(minor, ledger.currency);
  const grown = ledger.acceptance ? ` ${ledger.acceptance.acceptedBy} accepted ${amount(ledger.acceptance.acceptedMinor)}, and it has grown beyond that.` : '';
  return (
    `Tolerance let pass ${amount(ledger.absoluteMinor)} ${ledger.currency} in this period, over the limit of ${amount(ledger.limitMinor!)}.${grown} ` +
    'A controller who prepared no journal of it accepts that with a note, or the tolerances are tightened.'
  );
}

export interface AcceptRequest {
  readonly periodId: number;
  readonly fingerprint: string;
  readonly passPhrase: string;
  readonly note: string;
  /** The figure that the person saw. */
  readonly absoluteMinor: number;
}

export type AcceptFailure = 'period_missing' | 'period_locked' | 'not_over_limit' | 'figure_changed' | 'accepter_is_preparer' | 'role_refused' | SigningFailure;

/** A controller accepts what was let pass. The pass phrase proves who it is. */
export function acceptWaived(context: ServiceContext, identitiesFolder: string, request: AcceptRequest): Outcome<WaivedLedger, AcceptFailure> {
  const { workbook } = context;
  const period = findPeriod(workbook, request.periodId);
  if (!period) return periodMissing(request.periodId);
  if (period.state === 'locked') return periodLocked(period);
  const ledger = waivedLedger(workbook, request.periodId)!;
  const amount = (minor: number) => `${formatAmount(minor, ledger.currency)} ${ledger.currency}`;
  if (!ledger.needsAcceptance) {
    const limit = ledger.limitMinor === null ? 'the rules set no limit' : `the limit is ${amount(ledger.limitMinor)}`;
    return refused('not_over_limit', `Tolerance let pass ${amount(ledger.absoluteMinor)} in ${period.code}; ${limit}. Nothing has to be accepted.`);
  }
  if (ledger.absoluteMinor !== request.absoluteMinor) {
    return refused('figure_changed', `What was let pass is ${amount(ledger.absoluteMinor)} now, not ${amount(request.absoluteMinor)}. Look at it again.`);
  }
  const prepared = workbook.get<{ number: string; name: string }>(
    `SELECT j.number, p.name FROM journals j JOIN people p ON p.person_id = j.preparer_id WHERE j.period_id = ? AND p.person_id = (SELECT person_id FROM person_certificates WHERE fingerprint = ?) LIMIT 1`,
    request.periodId,
    request.fingerprint,
  );
  if (prepared) {
    return refused('accepter_is_preparer', `${prepared.name} prepared journal ${prepared.number} of ${period.code} and cannot accept what tolerance let pass. Another controller does.`);
  }
  const unlocked = unlockPerson(context, identitiesFolder, request.fingerprint, request.passPhrase);
  if (!unlocked.ok) return unlocked;
  const { identity } = unlocked.value;
  if (identity.role !== 'controller') return refused('role_refused', `${identity.name} is ${identity.role}. What tolerance let pass over the limit is accepted by a controller.`);
  return inTransaction(workbook, () => {
    const person = addPerson(context, identity);
    const acceptedInstant = context.now();
    workbook.run(
      'INSERT INTO waived_acceptances (period_id, accepted_minor, limit_minor, note, accepted_instant, person_id) VALUES (?, ?, ?, ?, ?, ?)',
      request.periodId, ledger.absoluteMinor, ledger.limitMinor, request.note, acceptedInstant, person.person_id,
    );
    appendAudit(workbook, {
      atInstant: acceptedInstant,
      actor: actorText(context.actor),
      action: 'waived.accept',
      periodId: request.periodId,
      subject: `period:${period.code}`,
      detail: {
        accepted: amount(ledger.absoluteMinor), limit: amount(ledger.limitMinor!), note: request.note,
        acceptedBefore: ledger.acceptance ? amount(ledger.acceptance.acceptedMinor) : null, controller: `${identity.name} <${identity.email}>`,
      },
    });
    return done(waivedLedger(workbook, request.periodId)!);
  });
}
