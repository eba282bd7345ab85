/**
 * What the rules in force decide of an explained line: cleared, or sent to whom, by which route, until when.
 *
 * Asked by the reconciliation and again by the preview of changed rules, with the same answer for the same rules.
 */
import type { TracedVariance } from '@shared/domain/explanation/explain';
import type { StepPlace } from '@shared/domain/explanation/next-step';
import { outcomeOf, type LineOutcome } from '@shared/domain/routing';
import type { RiskKind } from '@shared/domain/rules';
import type { Tier } from '@shared/domain/terms';
import { grantedTolerance, type GrantedTolerance } from '@shared/domain/tolerance';
import { endOfDayAfter, type PeriodScope } from './scope';

/** The stored figures of a line that decisions are made by. */
export interface DecidedRow {
  readonly tier: Tier;
  readonly unit_cost_scaled: number | null;
  readonly erp_at_cut_off_scaled: number | null;
  readonly storefront_at_cut_off_scaled: number | null;
  readonly identity_scaled: number | null;
  readonly roll_forward_scaled: number | null;
  readonly sold_scaled: number | null;
}

export interface DecidedPlace {
  readonly itemId: number;
  readonly sku: string;
  readonly category: string | null;
  readonly locationId: number;
  readonly location: string;
}

/** Decides lines of one period by the rules of its scope. */
export class LineDecisions {
  readonly #dueAfter = new Map<number, number>();
  readonly #granted = new Map<string, GrantedTolerance | null>();

  constructor(
    private readonly scope: PeriodScope,
    private readonly nameOf: StepPlace['nameOf'],
  ) {}

  /** The last second of a local day after the cut-off. */
  dueAfterDays(days: number): number {
    const { scope } = this;
    let due = this.#dueAfter.get(days);
    if (due === undefined) {
      due = endOfDayAfter(scope.cutOffInstant, days, scope.words, scope.timeZone);
      this.#dueAfter.set(days, due);
    }
    return due;
  }

  #toleranceOf(tier: Tier, { itemId, locationId }: DecidedPlace): GrantedTolerance | null {
    const kinds = new Set<RiskKind>();
    for (const window of this.scope.riskWindows) {
      const isHere =
        (window.itemId === null || window.itemId === itemId) &&
        (window.locationId === null || window.locationId === locationId);
      if (isHere) kinds.add(window.kind);
    }
    const key = [tier, ...[...kinds].sort()].join(' ');
    let granted = this.#granted.get(key);
    if (granted === undefined) {
      granted = grantedTolerance(this.scope.rules, tier, [...kinds]);
      this.#granted.set(key, granted);
    }
    return granted;
  }

  outcomeOf(row: DecidedRow, place: DecidedPlace, variances: readonly TracedVariance[]): LineOutcome {
    const { scope } = this;
    return outcomeOf(variances, {
      tier: row.tier,
      unitCostScaled: row.unit_cost_scaled,
      currency: scope.currency,
      cutOffInstant: scope.cutOffInstant,
      tolerance: this.#toleranceOf(row.tier, place),
      materialityMinor: scope.materialityMinor,
      isNegative: (row.erp_at_cut_off_scaled ?? 0) < 0 || (row.storefront_at_cut_off_scaled ?? 0) < 0,
      soldScaled: row.sold_scaled,
      fastSellerUnitsScaled: scope.rules.fastSellerUnitsScaled,
      location: place.location,
      category: place.category,
      routes: scope.rules.routes,
      due: scope.rules.due,
      dueAfterDays: (days) => this.dueAfterDays(days),
      books: { count: row.erp_at_cut_off_scaled, channel: row.identity_scaled, ledger: row.roll_forward_scaled },
      place: { sku: place.sku, location: place.location, nameOf: this.nameOf },
    });
  }
}
