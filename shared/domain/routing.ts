/**
 * What a line needs of whom: its dominant class and cause, owner, priority, age and next step.
 *
 * Exceptions are routed, not records: a line that a rule cleared has no owner and no priority.
 */
import { DAY_MS } from './instant';
import { exactValue, roundToMinor } from './money';
import type { TracedComponent } from './explanation/rule';
import type { TracedVariance } from './explanation/explain';
import { nextStepOf, type StepPlace } from './explanation/next-step';
import { DEFAULT_ROUTE_PREFIX, type Route } from './rules';
import type { Owner, Tier } from './terms';
import { clearedBy, TIMING_WITHIN_WINDOW, type GrantedTolerance } from './tolerance';
import { CAUSES, type Cause, type VarianceClass, type VarianceKind } from './variance';

/** A line worth a tenth of the materiality has some weight of its own. */
const NOTABLE_PART = 10;

export interface LineFigures {
  readonly tier: Tier;
  readonly unitCostScaled: number | null;
  readonly currency: string;
  readonly cutOffInstant: number;
  readonly tolerance: GrantedTolerance | null;
  readonly materialityMinor: number;
  /** Any position of the line is below zero. */
  readonly isNegative: boolean;
  /** Units sold in the period; null where no file tells. */
  readonly soldScaled: number | null;
  readonly fastSellerUnitsScaled: number;
  readonly location: string;
  readonly category: string | null;
  /** In their order: the first that fits is taken. */
  readonly routes: readonly Route[];
  readonly due: { readonly days: number; readonly urgentDays: number };
  /** The end of the given local day after the cut-off. */
  readonly dueAfterDays: (days: number) => number;
  /** The figure each variance is a share of. */
  readonly books: Readonly<Record<VarianceKind, number | null>>;
  readonly place: StepPlace;
}

export interface LineOutcome {
  readonly class: VarianceClass | null;
  readonly cause: Cause | null;
  readonly clearedBy: string | null;
  readonly adjustmentScaled: number;
  readonly varianceScaled: number;
  /** Zero where no unit cost is known. */
  readonly varianceMinor: number;
  readonly suggestedOwner: Owner | null;
  /** The route's name, or which default sent it where no route fits; null where nobody is asked. */
  readonly routedBy: string | null;
  readonly priority: number;
  readonly dueInstant: number | null;
  readonly ageDays: number;
  readonly nextStep: string;
}

interface Dominant {
  readonly class: VarianceClass;
  readonly cause: Cause;
  readonly kind: VarianceKind;
  readonly components: readonly TracedComponent[];
}

const isTiming = (component: TracedComponent): boolean => component.class === 'timing' && !component.suggested;

export const timingScaled = (variance: TracedVariance): number =>
  variance.components.filter(isTiming).reduce((sum, component) => sum + component.quantityScaled, 0);

/**
 * The cause that holds most of a line. Of equals, what needs a person comes before timing, and firm before suggested;
 * a pattern stands for a residual, and a residual without pattern is unexplained.
 */
function dominantOf(variances: readonly TracedVariance[], withTiming: boolean): Dominant | null {
  const found: (Dominant & { readonly weightScaled: number; readonly rank: number })[] = [];
  for (const { kind, components, residualScaled } of variances) {
    const firm = components.filter((component) => !component.suggested && (withTiming || component.class !== 'timing'));
    for (const cause of CAUSES) {
      const same = firm.filter((component) => component.cause === cause);
      if (same.length === 0) continue;
      const weightScaled = Math.abs(same.reduce((sum, component) => sum + component.quantityScaled, 0));
      found.push({
        class: same[0]!.class,
        cause,
        kind,
        components: same,
        weightScaled,
        rank: same[0]!.class === 'timing' ? 2 : 0,
      });
    }
    if (residualScaled === 0) continue;
    const pattern = components.find((component) => component.suggested);
    found.push({
      class: pattern?.class ?? 'unexplained',
      cause: pattern?.cause ?? 'residual',
      kind,
      components: pattern ? [pattern] : [],
      weightScaled: Math.abs(residualScaled),
      rank: 1,
    });
  }
  // The sort is stable: of equals, the order count, channel, ledger and the order of causes stay.
  return found.sort((one, other) => other.weightScaled - one.weightScaled || one.rank - other.rank)[0] ?? null;
}

function largestOf(variances: readonly TracedVariance[]): number {
  return variances.reduce(
    (largest, { quantityScaled }) => (Math.abs(quantityScaled) > Math.abs(largest) ? quantityScaled : largest),
    0,
  );
}

/** Days from the oldest event behind the line to the cut-off: the same rows give the same age whenever it is asked. */
function ageDaysOf(variances: readonly TracedVariance[], isException: boolean, cutOffInstant: number): number {
  const since = variances.flatMap(({ components }) =>
    components
      .filter((component) =>
        isException ? !isTiming(component) && (!component.suggested || component.cause === 'recurring') : true,
      )
      .map((component) => component.sinceInstant)
      .filter((instant) => instant !== null),
  );
  return since.length === 0 ? 0 : Math.max(0, Math.floor((cutOffInstant - Math.min(...since)) / DAY_MS));
}

const CLASS_OWNER: Readonly<Record<VarianceClass, Owner>> = {
  timing: 'operations',
  alignment: 'operations',
  physical: 'warehouse',
  unexplained: 'finance',
};

/** Whether a route is for a line with this exception. A value that is unknown reaches no bound. */
function fits({ when }: Route, exception: Dominant, figures: LineFigures, absoluteMinor: number | null): boolean {
  const among = <T>(values: readonly T[] | undefined, value: T | null) =>
    values === undefined || (value !== null && values.includes(value));
  return (
    among(when.kinds, exception.kind) &&
    among(when.classes, exception.class) &&
    among(when.causes, exception.cause) &&
    among(when.tiers, figures.tier) &&
    among(when.categories, figures.category) &&
    among(when.locations, figures.location) &&
    (when.fromValueMinor === undefined || (absoluteMinor !== null && absoluteMinor >= when.fromValueMinor))
  );
}

interface Sending {
  readonly owner: Owner;
  readonly routedBy: string;
  readonly dueDays: number;
}

/** To whom an exception goes, by which route, and until when: the first route that fits, else materiality, else its class. */
function sendingOf(exception: Dominant, figures: LineFigures, varianceMinor: number): Sending {
  const isUrgent = figures.tier === 'A' || figures.isNegative;
  const dueDays = isUrgent ? figures.due.urgentDays : figures.due.days;
  const absoluteMinor = figures.unitCostScaled === null ? null : Math.abs(varianceMinor);
  const route = figures.routes.find((each) => fits(each, exception, figures, absoluteMinor));
  if (route) return { owner: route.owner, routedBy: route.name, dueDays: route.dueDays ?? dueDays };
  if (absoluteMinor !== null && absoluteMinor > figures.materialityMinor) {
    return { owner: 'finance', routedBy: `${DEFAULT_ROUTE_PREFIX}over materiality`, dueDays };
  }
  return { owner: CLASS_OWNER[exception.class], routedBy: `${DEFAULT_ROUTE_PREFIX}${exception.class}`, dueDays };
}

/**
 * 0 to 100, highest first: value against materiality, risk tier, negative stock, sales, no explanation. A constant base
 * keeps every exception above what a rule cleared.
 */
function priorityOf(figures: LineFigures, absoluteMinor: number, isUnexplained: boolean): number {
  const isFast = figures.soldScaled !== null && figures.soldScaled > 0 && figures.soldScaled >= figures.fastSellerUnitsScaled;
  let priority = 10;
  if (absoluteMinor >= figures.materialityMinor) priority += 30;
  else if (absoluteMinor * NOTABLE_PART >= figures.materialityMinor) priority += 15;
  if (figures.tier === 'A') priority += 20;
  if (figures.tier === 'B') priority += 10;
  if (figures.isNegative) priority += 30;
  // Who buys what is not there waits: negative stock of a fast seller comes before everything alike.
  if (isFast) priority += figures.isNegative ? 20 : 5;
  if (isUnexplained) priority += 10;
  return Math.min(priority, 100);
}

/** Decides all that follows from a line's explained variances. */
export function outcomeOf(variances: readonly TracedVariance[], figures: LineFigures): LineOutcome {
  const rule = clearedBy({
    variances: variances.map((variance) => ({
      kind: variance.kind,
      quantityScaled: variance.quantityScaled,
      exceptionalScaled: variance.quantityScaled - timingScaled(variance),
      bookScaled: figures.books[variance.kind] ?? 0,
    })),
    tolerance: figures.tolerance,
    unitCostScaled: figures.unitCostScaled,
    currency: figures.currency,
  });
  const dominant = dominantOf(variances, true);
  const exception = rule === null ? dominantOf(variances, false) : null;
  const count = variances.find((variance) => variance.kind === 'count');
  const varianceScaled = largestOf(variances);
  const varianceMinor =
    figures.unitCostScaled === null
      ? 0
      : roundToMinor(exactValue(varianceScaled, figures.unitCostScaled), figures.currency);
  const sending = exception && sendingOf(exception, figures, varianceMinor);
  const timing = variances.flatMap((variance) => variance.components.filter(isTiming));
  return {
    class: dominant?.class ?? null,
    cause: dominant?.cause ?? null,
    clearedBy: rule,
    adjustmentScaled: count ? count.quantityScaled - timingScaled(count) : 0,
    varianceScaled,
    varianceMinor,
    suggestedOwner: sending?.owner ?? null,
    routedBy: sending?.routedBy ?? null,
    priority: exception ? priorityOf(figures, Math.abs(varianceMinor), exception.class === 'unexplained') : 0,
    dueInstant: sending ? figures.dueAfterDays(sending.dueDays) : null,
    ageDays: ageDaysOf(variances, exception !== null, figures.cutOffInstant),
    nextStep: exception
      ? nextStepOf(exception.cause, exception.kind, exception.components, figures.place)
      : rule === TIMING_WITHIN_WINDOW
        ? nextStepOf(dominant?.cause ?? 'posted_later', dominant?.kind ?? 'count', timing, figures.place)
        : '',
  };
}
