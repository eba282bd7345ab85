/** How wide a text is drawn, and the text cut to a width. */

import { forText } from '../ui';

/** The size of labels, `--size-label`, before it is scaled. */
const LABEL_PIXELS = 11;

let context: CanvasRenderingContext2D | null | undefined;

/** Figures of one width and the spacing of small type draw a little wider than the canvas measures. */
const DRAWN_WIDER = 1.06;

/** Pixels at the size of labels. Without a page to draw on, as in tests, a mean width is taken. */
export function textWidth(text: string): number {
  if (typeof document === 'undefined') return text.length * 6;
  if (context === undefined) {
    context = document.createElement('canvas').getContext('2d');
  }
  if (context) context.font = `500 ${forText(LABEL_PIXELS)}px 'Inter Variable', Inter, system-ui, sans-serif`;
  return context ? context.measureText(text).width * DRAWN_WIDER : text.length * 6;
}

/** The text, or as much of its beginning as fits with an ellipsis. */
export function fittedText(text: string, width: number, measure: (text: string) => number = textWidth): string {
  if (measure(text) <= width) return text;
  let shown = text.length;
  while (shown > 1 && measure(`${text.slice(0, shown)}…`) > width) shown -= 1;
  return `${text.slice(0, shown).trimEnd()}…`;
}
