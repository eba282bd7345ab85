/** Contrast of the design tokens, in light and in dark, after WCAG 2.2: 4.5 for text, 3 for what draws a control or a mark. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const css = fs.readFileSync(path.resolve(import.meta.dirname, '../../renderer/ui/tokens.css'), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map((match) => [match[1]!, { light: match[2]!, dark: match[3]! }]),
);

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [lighter, darker] = [luminance(first), luminance(second)].sort((left, right) => right - left) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

const GROUNDS = ['surface-frame', 'surface-page', 'surface-raised', 'surface-sunken', 'surface-hover', 'surface-selected'];
const CLASSES = ['timing', 'alignment', 'physical', 'unexplained', 'cleared'];

const TEXT_PAIRS: readonly (readonly [string, string])[] = [
  ...['text', 'text-soft', 'text-faint'].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...CLASSES.flatMap((each) => [...GROUNDS, `${each}-tint`].map((ground) => [`${each}-mark`, ground] as const)),
  ...['physical-tint', 'unexplained-tint', 'cleared-tint'].flatMap((ground) => [['text', ground], ['text-soft', ground]] as const),
  ['accent-text', 'accent'],
  ['accent-text', 'accent-hover'],
  ['text', 'surface-pressed'],
];

const MARK_PAIRS: readonly (readonly [string, string])[] = [
  ...['surface-page', 'surface-frame', 'surface-sunken'].flatMap((ground) => [['line-strong', ground], ['focus', ground], ['accent', ground]] as const),
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const tooLow = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs
      .map(([front, ground]) => ({ pair: `${front} on ${ground}`, ratio: contrast(tokens.get(front)![theme], tokens.get(ground)![theme]) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ pair, ratio }) => `${pair} ${ratio.toFixed(2)}`);

  test('every text can be read on every ground it stands on', () => {
    expect(tooLow(TEXT_PAIRS, 4.5)).toEqual([]);
  });

  test('frames of fields, the focus and the accent stand out from their ground', () => {
    expect(tooLow(MARK_PAIRS, 3)).toEqual([]);
  });
});
