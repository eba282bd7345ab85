/**
 * One line whole: positions with their rolls, identity, roll-forward, variances with components and evidence, timeline,
 * count rows, tag and history.
 *
 * Components are those the last reconciliation wrote; everything else is read from the rows. `isStale` says when rows
 * came in after it.
 */
import { comparePostings } from '@shared/domain/explanation/events';
import { ownRolls, rollForwardScaled, type RolledPosting } from '@shared/domain/explanation/positions';
import { listed, signed, SYSTEM_NAMES, units } from '@shared/domain/explanation/words';
import type {
  ComponentDetail,
  CountRow,
  Evidence,
  LineDetail,
  LineHistoryEntry,
  LineTruth,
  PositionDetail,
  RollForwardColumn,
  RollStep,
  TagDetail,
  TimelineEntry,
  VarianceDetail,
} from '@shared/domain/lines';
import { exactValue, roundParts, roundToMinor } from '@shared/domain/money';
import { formatQuantity } from '@shared/domain/quantity';
import { SYSTEMS, type System } from '@shared/domain/states';
import { VARIANCE_KINDS, type EvidenceRef, type Posting, type VarianceKind } from '@shared/domain/variance';
import { componentsOfLine, type StoredComponent } from '../workbook/tables/components';
import { readLine, type LineRow } from '../workbook/tables/lines';
import { postingsAt } from '../workbook/tables/movements';
import { ruleSetById } from '../workbook/tables/rule-sets';
import type { ReadableWorkbook } from '../workbook/workbook';
import { followUpOf } from './follow-up/detail';
import { countRollsOf, LineNames, readLineFacts, type LineFacts } from './reconciliation/line-facts';
import { readScope, type PeriodScope } from './reconciliation/scope';
import { isStale } from './reconciliation/staleness';

export const VARIANCE_LABELS: Readonly<Record<VarianceKind, { readonly from: string; readonly to: string }>> = {
  count: { from: 'ERP on hand', to: 'counted' },
  channel: { from: 'available by identity', to: 'storefront available' },
  ledger: { from: 'roll-forward', to: 'ERP on hand' },
};

const STATE_WORDS = {
  on_hand: 'on hand',
  committed: 'committed',
  reserved: 'reserved',
  damaged: 'damaged',
  quarantined: 'quarantined',
  unavailable: 'unavailable',
} as const;

/** Reads line details of one period; file names and names of lines are looked up once. */
export class LineDetails {
  readonly #files = new Map<number, string>();
  readonly #ruleSets = new Map<number, LineDetail['ruleSet']>();
  readonly #names: LineNames;
  readonly #isStale: boolean;

  constructor(
    private readonly workbook: ReadableWorkbook,
    private readonly scope: PeriodScope,
  ) {
    this.#names = new LineNames(workbook);
    this.#isStale = isStale(workbook, scope.periodId);
    for (const row of workbook.all<{ import_id: number; file_name: string }>(
      'SELECT import_id, file_name FROM imports',
    )) {
      this.#files.set(row.import_id, row.file_name);
    }
  }

  #evidence({ importId, rowNumber }: EvidenceRef): Evidence {
    return { importId, file: this.#files.get(importId) ?? '', row: rowNumber };
  }

  #rollStep({ posting, effectScaled }: RolledPosting): RollStep {
    const { system, type, document, line, occurredInstant, postedInstant } = posting;
    return {
      system,
      type,
      document,
      line,
      occurredInstant,
      postedInstant,
      effectScaled,
      evidence: this.#evidence(posting),
    };
  }

  #position(facts: LineFacts, system: System): PositionDetail | null {
    const state = system === 'storefront' ? 'available' : 'on_hand';
    const position = facts.positions[system];
    if (!position) return null;
    const rolls = ownRolls(system, state, position, facts.bounds.cutOffInstant, facts.postings);
    return {
      source: system,
      state,
      quantityScaled: position.statesScaled[state],
      asOfInstant: position.asOfInstant,
      atCutOffScaled: facts.states[system]?.[state] ?? null,
      rolls: rolls.map((roll) => this.#rollStep(roll)),
      evidence: [this.#evidence(position)],
    };
  }

  #countPosition(facts: LineFacts): PositionDetail | null {
    if (facts.countRows.length === 0) return null;
    const { count } = facts;
    const rolls = count
      ? countRollsOf(this.workbook, this.scope, this.#names, [
          { name: facts.name, cutOffInstant: facts.bounds.cutOffInstant, countedInstant: count.countedInstant, postings: facts.postings },
        ])[0]!
      : [];
    return {
      source: 'count',
      state: 'counted',
      quantityScaled: count?.countedScaled ?? null,
      asOfInstant: count?.countedInstant ?? null,
      atCutOffScaled: count ? rolls.reduce((sum, roll) => sum + roll.effectScaled, count.countedScaled) : null,
      rolls: rolls.map((roll) => this.#rollStep(roll)),
      evidence: facts.countRows
        .filter((row) => (count ? row.isUsed : !row.isReplaced))
        .map((row) => this.#evidence(row)),
    };
  }

  #identity({ identity }: LineFacts): LineDetail['identity'] {
    const terms = identity.parts.map((part) => ({
      ...part,
      isAssumedNone: part.system === null && part.state !== 'on_hand',
    }));
    if (identity.quantityScaled === null) {
      return {
        quantityScaled: null,
        terms,
        sentence: 'No system states on hand, so what should be available is unknown.',
      };
    }
    const known = terms.filter((term) => term.quantityScaled !== null && term.system !== null);
    const sum = known
      .map(({ sign, quantityScaled, state, system }, index) => {
        const operator = index === 0 ? '' : sign > 0 ? '+ ' : '- ';
        const from = system ? ` (${SYSTEM_NAMES[system]})` : '';
        return `${operator}${formatQuantity(quantityScaled ?? 0)} ${STATE_WORDS[state]}${from}`;
      })
      .join(' ');
    const none = terms.filter((term) => term.isAssumedNone).map((term) => STATE_WORDS[term.state]);
    const assumed = none.length > 0 ? ` No system states ${listed(none)}, taken as none.` : '';
    return {
      quantityScaled: identity.quantityScaled,
      terms,
      sentence: `${sum} = ${formatQuantity(identity.quantityScaled)} available.${assumed}`,
    };
  }

  #rollForward(facts: LineFacts, row: LineRow): LineDetail['rollForward'] {
    const flows = rollForwardScaled(facts.postings, facts.bounds.startInstant, facts.bounds.cutOffInstant);
    const columns: Readonly<Record<RollForwardColumn, number | null>> = {
      opening: row.opening_scaled,
      ...flows,
      expected: row.roll_forward_scaled,
      reported: row.erp_at_cut_off_scaled,
      difference: row.ledger_variance_scaled,
    };
    return (Object.keys(columns) as RollForwardColumn[]).map((column) => ({ column, quantityScaled: columns[column] }));
  }

  #amount(quantityScaled: number, unitCostScaled: number | null): number | null {
    return unitCostScaled === null
      ? null
      : roundToMinor(exactValue(quantityScaled, unitCostScaled), this.scope.currency);
  }

  #component(component: StoredComponent, amountMinor: number | null): ComponentDetail {
    const twin = component.twinStockKeyId === null ? undefined : this.#names.of(component.twinStockKeyId);
    return {
      class: component.class,
      cause: component.cause,
      quantityScaled: component.quantityScaled,
      amountMinor,
      suggested: component.suggested,
      rule: component.rule,
      sentence: component.sentence,
      documents: [...component.documents],
      evidence: component.evidence.map((ref) => this.#evidence(ref)),
      twin: twin ? { stockKeyId: twin.stockKeyId, sku: twin.sku, location: twin.location } : null,
    };
  }

  #variances(row: LineRow, components: readonly StoredComponent[]): VarianceDetail[] {
    const from = { count: row.erp_at_cut_off_scaled, channel: row.identity_scaled, ledger: row.roll_forward_scaled };
    const to = {
      count: row.counted_at_cut_off_scaled,
      channel: row.storefront_at_cut_off_scaled,
      ledger: row.erp_at_cut_off_scaled,
    };
    return VARIANCE_KINDS.flatMap((kind) => {
      const quantityScaled = row[`${kind}_variance_scaled`];
      const residualScaled = row[`${kind}_residual_scaled`];
      if (quantityScaled === null || residualScaled === null) return [];
      const own = components.filter((component) => component.kind === kind);
      const suggestions = own.filter((component) => component.suggested).length;
      const { unit_cost_scaled: cost } = row;
      // Firm components and the residual are the parts of one amount; a suggestion is part of the residual.
      const firm = own.filter((component) => !component.suggested);
      const parts =
        cost === null
          ? undefined
          : roundParts([...firm.map((component) => component.quantityScaled), residualScaled].map((part) => exactValue(part, cost)), this.scope.currency);
      const amountOf = (component: StoredComponent) =>
        component.suggested ? this.#amount(component.quantityScaled, cost) : (parts?.[firm.indexOf(component)] ?? null);
      return [
        {
          kind,
          fromLabel: VARIANCE_LABELS[kind].from,
          fromScaled: from[kind] ?? 0,
          toLabel: VARIANCE_LABELS[kind].to,
          toScaled: to[kind] ?? 0,
          quantityScaled,
          amountMinor: this.#amount(quantityScaled, cost),
          components: own.map((component) => this.#component(component, amountOf(component))),
          residualScaled,
          residualMinor: parts?.at(-1) ?? null,
          residualSentence: residualSentence(quantityScaled, residualScaled, suggestions),
        },
      ];
    });
  }

  #timeline(
    facts: LineFacts,
    positions: readonly PositionDetail[],
    components: readonly StoredComponent[],
  ): TimelineEntry[] {
    const { startInstant, windowMs, cutOffInstant } = facts.bounds;
    const from = startInstant - windowMs;
    const own = facts.postings.filter((posting) => Math.max(posting.occurredInstant, posting.postedInstant) >= from);
    const known = new Set(facts.postings.map((posting) => `${posting.importId}:${posting.rowNumber}`));
    const others = new Map<string, readonly Posting[]>();
    for (const ref of components.flatMap((component) => component.evidence)) {
      const key = `${ref.importId}:${ref.rowNumber}`;
      if (known.has(key) || others.has(key)) continue;
      others.set(key, postingsAt(this.workbook, ref).filter((posting) => posting.stockKeyId !== facts.name.stockKeyId));
    }
    const elsewhere = (stockKeyId: number): string => {
      const name = stockKeyId === facts.name.stockKeyId ? undefined : this.#names.of(stockKeyId);
      return name ? `${name.sku} ${name.location}` : '';
    };
    const entries = [...own, ...[...others.values()].flat()].sort(comparePostings).map((posting): TimelineEntry => ({
      what: 'posting',
      lane: posting.system,
      type: posting.type,
      document: posting.document,
      line: posting.line,
      quantityScaled: posting.quantityScaled,
      occurredInstant: posting.occurredInstant,
      postedInstant: posting.postedInstant,
      isAfterCutOff: posting.postedInstant > cutOffInstant,
      elsewhere: elsewhere(posting.stockKeyId),
      reference: posting.reference,
      reason: posting.reason,
      evidence: this.#evidence(posting),
    }));
    const figures = positions.flatMap(({ source, quantityScaled, asOfInstant, evidence }): TimelineEntry[] =>
      asOfInstant === null || !evidence[0]
        ? []
        : [
            {
              what: source === 'count' ? 'count' : 'position',
              lane: source,
              type: null,
              document: '',
              line: '',
              quantityScaled,
              occurredInstant: asOfInstant,
              postedInstant: asOfInstant,
              isAfterCutOff: asOfInstant > cutOffInstant,
              elsewhere: '',
              reference: '',
              reason: '',
              evidence: evidence[0],
            },
          ],
    );
    return [...entries, ...figures].sort(
      (one, other) => one.occurredInstant - other.occurredInstant || one.postedInstant - other.postedInstant,
    );
  }

  #counts(facts: LineFacts): CountRow[] {
    return facts.countRows.map((row) => ({
      sheet: row.sheet,
      line: row.line,
      bin: row.bin,
      countNo: row.countNo,
      countedScaled: row.countedScaled,
      countedInstant: row.countedInstant,
      countedBy: row.countedBy,
      note: row.note,
      isUsed: row.isUsed,
      evidence: this.#evidence(row),
    }));
  }

  #tag(stockKeyId: number): TagDetail | null {
    return (
      this.workbook.get<TagDetail>(
        `SELECT reason_code AS reasonCode, owner, note, due_instant AS dueInstant, revision, approved_journal_id AS approvedJournalId
         FROM tags WHERE period_id = ? AND stock_key_id = ?`,
        this.scope.periodId,
        stockKeyId,
      ) ?? null
    );
  }

  #ruleSet(ruleSetId: number | null): LineDetail['ruleSet'] {
    if (ruleSetId === null) return null;
    let known = this.#ruleSets.get(ruleSetId);
    if (known === undefined) {
      const version = ruleSetById(this.workbook, ruleSetId, this.scope.code);
      known = version ? { ruleSetId, madeBy: version.madeBy, madeInstant: version.madeInstant, why: version.why } : null;
      this.#ruleSets.set(ruleSetId, known);
    }
    return known;
  }

  #truth(lineTruthId: number | null): LineTruth | null {
    if (lineTruthId === null) return null;
    return (
      this.workbook.get<LineTruth>(
        `SELECT on_hand AS onHand, committed, reserved, damaged, quarantined, unit_cost AS unitCost FROM line_truths
         WHERE period_id = ? AND line_truth_id = ?`,
        this.scope.periodId,
        lineTruthId,
      ) ?? null
    );
  }

  #history(stockKeyId: number): LineHistoryEntry[] {
    return this.workbook.all<LineHistoryEntry>(
      `SELECT sequence, at_instant AS atInstant, actor, action, detail FROM audit_events
       WHERE period_id = ? AND subject = ? ORDER BY sequence`,
      this.scope.periodId,
      `line:${stockKeyId}`,
    );
  }

  /** Undefined where the period has no such line. */
  of(stockKeyId: number): LineDetail | undefined {
    const { workbook, scope } = this;
    const row = readLine(workbook, scope.periodId, stockKeyId);
    if (!row) return undefined;
    const facts = readLineFacts(workbook, scope, this.#names, stockKeyId);
    const components = componentsOfLine(workbook, scope.periodId, stockKeyId);
    const positions = [...SYSTEMS.map((system) => this.#position(facts, system)), this.#countPosition(facts)].filter(
      (each) => each !== null,
    );
    const tag = this.#tag(stockKeyId);
    return {
      periodId: scope.periodId,
      periodCode: scope.code,
      timeZone: scope.timeZone,
      currency: scope.currency,
      startInstant: facts.bounds.startInstant,
      cutOffInstant: facts.bounds.cutOffInstant,
      windowHours: facts.bounds.windowHours,
      reconciledInstant: scope.reconciledInstant,
      ruleVersion: row.rule_version,
      ruleSet: this.#ruleSet(row.rule_set_id),
      truth: this.#truth(row.line_truth_id),
      isStale: this.#isStale,
      stockKeyId,
      sku: facts.name.sku,
      itemName: facts.name.itemName,
      uom: facts.name.uom,
      packSizeScaled: facts.name.packSizeScaled,
      location: facts.name.location,
      locationName: facts.name.locationName,
      tier: row.tier,
      unitCostScaled: row.unit_cost_scaled,
      status: row.status,
      class: row.class,
      cause: row.cause,
      clearedBy: row.cleared_by,
      suggestedOwner: row.suggested_owner,
      routedBy: row.routed_by,
      nextStep: row.shown_next_step,
      dueInstant: tag?.dueInstant ?? row.due_instant,
      ageDays: row.age_days,
      priority: row.priority,
      adjustmentScaled: row.adjustment_scaled,
      varianceScaled: row.variance_scaled,
      valueMinor: row.unit_cost_scaled === null ? null : row.variance_minor,
      positions,
      identity: this.#identity(facts),
      rollForward: this.#rollForward(facts, row),
      variances: this.#variances(row, components),
      timeline: this.#timeline(facts, positions, components),
      counts: this.#counts(facts),
      tag,
      followUp: followUpOf(workbook, scope, row, facts, components, (ref) => this.#evidence(ref)),
      history: this.#history(stockKeyId),
    };
  }
}

function residualSentence(quantityScaled: number, residualScaled: number, suggestions: number): string {
  if (quantityScaled === 0) return 'No variance.';
  if (residualScaled === 0) return 'Every unit is explained by documents.';
  const patterns =
    suggestions === 0
      ? 'No pattern fits either.'
      : suggestions === 1
        ? 'One pattern fits.'
        : `${suggestions} patterns fit.`;
  return `${signed(residualScaled)}: ${units(residualScaled)} that no document explains. ${patterns}`;
}

/** One line of a period; undefined where the period has no such line, or was never reconciled. */
export function lineDetail(workbook: ReadableWorkbook, periodId: number, stockKeyId: number): LineDetail | undefined {
  const scope = readScope(workbook, periodId);
  return scope && new LineDetails(workbook, scope).of(stockKeyId);
}
