/** Where the words of a legend stand. */
import { textWidth } from '../measure-text';
import type { ChartTone } from '../tone-names';

export interface LegendEntry {
  readonly tone: ChartTone;
  readonly label: string;
}

const ROW = 18;
export const SWATCH = 10;
const GAP = 14;

/** Where each entry stands, in rows as wide as the picture. */
export function legendPlaces(entries: readonly LegendEntry[], width: number, measure: (text: string) => number = textWidth): readonly { readonly x: number; readonly y: number }[] {
  let x = 0;
  let y = 0;
  return entries.map(({ label }) => {
    const wide = SWATCH + 5 + measure(label);
    if (x > 0 && x + wide > width) {
      x = 0;
      y += ROW;
    }
    const place = { x, y };
    x += wide + GAP;
    return place;
  });
}

export function legendHeight(entries: readonly LegendEntry[], width: number): number {
  return entries.length === 0 ? 0 : legendPlaces(entries, width).at(-1)!.y + ROW + 2;
}
