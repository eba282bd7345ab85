/**
 * How much larger the text is than designed, for what is measured in pixels around it.
 */

let known: { readonly textSize: string | undefined; readonly scale: number } | undefined;

/** 1 as designed; the token is read again when the preference changes. Without a page to draw on, as in tests, 1. */
export function textScale(): number {
  if (typeof document === 'undefined') return 1;
  const { textSize } = document.documentElement.dataset;
  if (!known || known.textSize !== textSize) {
    known = { textSize, scale: Number(getComputedStyle(document.documentElement).getPropertyValue('--text-scale')) || 1 };
  }
  return known.scale;
}

/** Pixels that hold as much text as `pixels` do at the designed size. */
export const forText = (pixels: number): number => Math.round(pixels * textScale());
