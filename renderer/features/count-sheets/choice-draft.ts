/**
 * What the form of new sheets holds while it is filled in, and the choice that it stands for.
 */
import { isChosenByVariance, LINES_PER_SHEET, LINES_PER_SHEET_MAX, type SheetChoice, type SheetPlan, type SheetScope } from '@shared/domain/count-sheet';
import { countText, countWords } from '../../ui';

export interface ChoiceDraft {
  readonly scope: SheetScope;
  /** Codes; none of them stands for all. */
  readonly locations: readonly string[];
  readonly category: string;
  readonly tier: '' | 'A' | 'B' | 'C';
  /** As typed, separated by commas. */
  readonly skus: string;
  readonly recount: boolean;
  readonly linesPerSheet: string;
}

export const FIRST_DRAFT: ChoiceDraft = {
  scope: 'in_use', locations: [], category: '', tier: '', skus: '', recount: false, linesPerSheet: String(LINES_PER_SHEET),
};

/** A recount by variance asks for the next count whatever else is chosen. */
export const isByVariance = (scope: SheetScope): boolean => isChosenByVariance(scope);

/** Lines on a sheet; undefined where the text is no number that can be. */
export function parseLinesPerSheet(text: string): number | undefined {
  const trimmed = text.trim();
  const lines = /^\d{1,4}$/.test(trimmed) ? Number(trimmed) : 0;
  return lines >= 1 && lines <= LINES_PER_SHEET_MAX ? lines : undefined;
}

/** The choice; undefined while it cannot be made. */
export function choiceOf(draft: ChoiceDraft, periodId: number): SheetChoice | undefined {
  const linesPerSheet = parseLinesPerSheet(draft.linesPerSheet);
  if (linesPerSheet === undefined) return undefined;
  return {
    periodId,
    scope: draft.scope,
    locations: [...draft.locations],
    category: draft.category === '' ? null : draft.category,
    tier: draft.tier === '' ? null : draft.tier,
    skus: draft.skus.split(/[,;\n]/).map((sku) => sku.trim()).filter((sku) => sku !== ''),
    recount: draft.recount || isByVariance(draft.scope),
    linesPerSheet,
  };
}

/** `12 count sheets, CS-2026-10-001 to CS-2026-10-012, with 345 lines`. */
export function planWords(plan: Pick<SheetPlan, 'sheets' | 'lines'>): string {
  const [first, last] = [plan.sheets[0]!, plan.sheets.at(-1)!];
  const numbers = first === last ? first.number : `${first.number} to ${last.number}`;
  return `${countWords(plan.sheets.length, 'count sheet')}, ${numbers}, with ${countWords(plan.lines, 'line')}`;
}

/** Which sheets each location gets: `Portland 9, Reno 3`. */
export function byLocation(plan: Pick<SheetPlan, 'sheets'>): string {
  const sheets = new Map<string, number>();
  for (const { location } of plan.sheets) sheets.set(location, (sheets.get(location) ?? 0) + 1);
  return [...sheets].map(([location, count]) => `${location} ${countText(count)}`).join(', ');
}
