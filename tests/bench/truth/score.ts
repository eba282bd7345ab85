/** The published lines against the answer key, component by component. */
import type { LinesJson, VarianceJson } from '@shared/domain/lines-json';
import type { AnswerKey, TrueResidual } from './answer-key';

export interface Tally {
  lines: number;
  units: number;
}
const nothing = (): Tally => ({ lines: 0, units: 0 });
const add = (tally: Tally, quantity: number): void => {
  tally.lines += 1;
  tally.units += Math.abs(quantity);
};

export interface CauseScore {
  readonly planted: Tally;
  readonly found: Tally;
  readonly missed: Tally;
  readonly wronglyClaimed: Tally;
}

/** Of what no document tells: whether it stays in the residual, and what was suggested. */
export interface PatternScore {
  readonly planted: Tally;
  /** The right suggestion, and no other. */
  readonly suggested: Tally;
  /** The right one among others. */
  readonly ambiguous: Tally;
  /** Only others. */
  readonly misled: Tally;
  readonly none: Tally;
}

export interface Score {
  readonly causes: ReadonlyMap<string, CauseScore>;
  readonly patterns: ReadonlyMap<string, PatternScore>;
  /** Lines and variances where the residual is not what nobody posted. */
  readonly faults: readonly string[];
  readonly linesWithSeveral: number;
  readonly linesWithAny: number;
}

interface Claimed {
  readonly place: string;
  readonly kind: string;
  readonly cause: string;
  readonly root: string;
  readonly quantity: number;
}

const keyOf = ({ place, kind, cause, root }: Omit<Claimed, 'quantity'>): string => [place, kind, cause, root].join('\n');

/** What the engine claims firmly, put together by what the documents belong to. */
function claimsOf(lines: LinesJson, key: AnswerKey): ReadonlyMap<string, Claimed> {
  const claims = new Map<string, Claimed>();
  for (const line of lines.lines) {
    for (const { kind, components } of line.variances) {
      for (const component of components.filter(({ suggested }) => !suggested)) {
        const roots = new Set(component.documents.map((document) => key.rootOf.get(document) ?? document));
        const root = component.cause === 'stale_sync' ? '' : [...roots].sort().join('+');
        const claim = { place: `${line.sku}|${line.location}`, kind, cause: component.cause, root, quantity: Number(component.quantity) };
        const held = claims.get(keyOf(claim));
        claims.set(keyOf(claim), { ...claim, quantity: claim.quantity + (held?.quantity ?? 0) });
      }
    }
  }
  return claims;
}

const residualsByVariance = (key: AnswerKey): ReadonlyMap<string, readonly TrueResidual[]> => {
  const residuals = new Map<string, TrueResidual[]>();
  for (const residual of key.residuals) {
    const at = `${residual.place}\n${residual.kind}`;
    residuals.set(at, [...(residuals.get(at) ?? []), residual]);
  }
  return residuals;
};

export function scoreOf(lines: LinesJson, key: AnswerKey): Score {
  const causes = new Map<string, CauseScore>();
  const patterns = new Map<string, PatternScore>();
  const faults: string[] = [];
  const causeScore = (cause: string): CauseScore => {
    const score = causes.get(cause) ?? { planted: nothing(), found: nothing(), missed: nothing(), wronglyClaimed: nothing() };
    causes.set(cause, score);
    return score;
  };
  const patternScore = (cause: string): PatternScore => {
    const score = patterns.get(cause) ?? { planted: nothing(), suggested: nothing(), ambiguous: nothing(), misled: nothing(), none: nothing() };
    patterns.set(cause, score);
    return score;
  };
  const claims = claimsOf(lines, key);
  const variances = new Map<string, VarianceJson>(lines.lines.flatMap((line) => line.variances.map((variance) => [`${line.sku}|${line.location}\n${variance.kind}`, variance] as const)));
  // Where the parts of a variance add up to nothing there is none, and nothing to explain.
  const isShown = (place: string, kind: string) => (variances.get(`${place}\n${kind}`)?.quantity ?? '0') !== '0';

  const truths = new Map(key.components.filter(({ place, kind }) => isShown(place, kind)).map((truth) => [keyOf(truth), truth]));
  for (const [at, truth] of truths) {
    const score = causeScore(truth.cause);
    add(score.planted, truth.quantity);
    const isFound = claims.get(at)?.quantity === truth.quantity;
    add(isFound ? score.found : score.missed, truth.quantity);
    if (!isFound) faults.push(`missed: ${at.replaceAll('\n', ' ')} ${truth.quantity}`);
  }
  for (const [at, claim] of claims) {
    if (truths.get(at)?.quantity === claim.quantity || claim.quantity === 0) continue;
    add(causeScore(claim.cause).wronglyClaimed, claim.quantity);
    faults.push(`wrong: ${at.replaceAll('\n', ' ')} ${claim.quantity}`);
  }

  const residuals = residualsByVariance(key);
  for (const [at, variance] of variances) {
    const planted = residuals.get(at) ?? [];
    const expected = planted.reduce((sum, { quantity }) => sum + quantity, 0);
    if (variance.quantity !== '0' && Number(variance.residual) !== expected) faults.push(`residual: ${at.replace('\n', ' ')} ${variance.residual} instead of ${expected}`);
    if (variance.quantity === '0' || planted.length === 0) continue;
    // Where several things that nobody posted meet, the dispute is what can still be named.
    const only = planted.length === 1 ? planted[0]! : planted.find(({ pattern, cause }) => pattern !== null && pattern !== cause);
    if (!only) {
      add(patternScore('several losses in one').planted, expected);
      continue;
    }
    const score = patternScore(only.cause);
    add(score.planted, only.quantity);
    const suggested = variance.components.filter((component) => component.suggested);
    const right = suggested.filter(({ cause, twin }) => cause === only.pattern && (!only.twin || (twin?.sku === only.twin.sku && twin.location === only.twin.location)));
    const which = suggested.length === 0 ? score.none : right.length === 0 ? score.misled : suggested.length > right.length ? score.ambiguous : score.suggested;
    add(which, only.quantity);
    if (which === score.misled || (which === score.none && only.pattern)) {
      faults.push(`pattern: ${at.replace('\n', ' ')} ${only.cause} ${only.quantity}: ${suggested.map(({ cause }) => cause).join(' ') || 'none'}`);
    }
  }

  const partsAt = new Map<string, number>();
  for (const { place, kind } of [...truths.values(), ...key.residuals.filter((each) => isShown(each.place, each.kind))])
    partsAt.set(`${place}\n${kind}`, (partsAt.get(`${place}\n${kind}`) ?? 0) + 1);
  return {
    causes,
    patterns,
    faults,
    linesWithAny: new Set([...partsAt.keys()].map((at) => at.split('\n')[0])).size,
    linesWithSeveral: new Set([...partsAt].filter(([, parts]) => parts > 1).map(([at]) => at.split('\n')[0])).size,
  };
}

/** Adds scores of several companies up. */
export function added(scores: readonly Score[]): Score {
  const sum = <T extends object>(maps: readonly ReadonlyMap<string, T>[]): Map<string, T> => {
    const total = new Map<string, T>();
    for (const map of maps) {
      for (const [cause, score] of map) {
        const held = (total.get(cause) ?? {}) as Record<string, Tally>;
        total.set(cause, Object.fromEntries(
          Object.entries(score as Record<string, Tally>).map(([name, tally]) => [
            name,
            { lines: tally.lines + (held[name]?.lines ?? 0), units: tally.units + (held[name]?.units ?? 0) },
          ]),
        ) as T);
      }
    }
    return total;
  };
  return {
    causes: sum(scores.map(({ causes }) => causes)),
    patterns: sum(scores.map(({ patterns }) => patterns)),
    faults: scores.flatMap(({ faults }) => faults),
    linesWithAny: scores.reduce((total, score) => total + score.linesWithAny, 0),
    linesWithSeveral: scores.reduce((total, score) => total + score.linesWithSeveral, 0),
  };
}

export interface Verdict {
  readonly plantedUnits: number;
  readonly foundUnits: number;
  readonly falseClaims: number;
  readonly falseUnits: number;
}

export function verdictOf({ causes }: Score): Verdict {
  const sum = (of: (score: CauseScore) => number) => [...causes.values()].reduce((total, score) => total + of(score), 0);
  return {
    plantedUnits: sum(({ planted }) => planted.units),
    foundUnits: sum(({ found }) => found.units),
    falseClaims: sum(({ wronglyClaimed }) => wronglyClaimed.lines),
    falseUnits: sum(({ wronglyClaimed }) => wronglyClaimed.units),
  };
}
