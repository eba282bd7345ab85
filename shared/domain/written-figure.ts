/**
 * Figures as people write them, in their own style, as plain decimal text: `−1,234.5` and `(1,234.5)` are both `-1234.5`.
 */

/** How a user writes figures. */
export interface NumberStyle {
  readonly decimal: string;
  readonly group: string;
}
export const PLAIN_STYLE: NumberStyle = { decimal: '.', group: '' };

const UNSIGNED = /^(\d+\.?\d*|\.\d+)$/;
const SIGNED = /^([-+\u2212]?)\s*(.*)$/s;
const BRACKETED = /^\((.*)\)$/s;

/** Without a sign; undefined where it is no figure, or thousands stand apart in another way than by threes. */
function plainUnsigned(text: string, { decimal, group }: NumberStyle): string | undefined {
  const [whole = '', ...fractions] = text.split(decimal);
  if (fractions.length > 1) return undefined;
  const parts = group === '' ? [whole] : whole.split(/\s/.test(group) ? /\s/ : group);
  const isGrouped = parts.every((part, place) => /^\d+$/.test(part) && (place === 0 ? part.length <= 3 : part.length === 3));
  if (parts.length > 1 && !isGrouped) return undefined;
  const plain = [parts.join(''), ...fractions].join('.');
  return UNSIGNED.test(plain) ? plain : undefined;
}

/** A figure alone in brackets, which accounts and spreadsheets read as below zero; undefined where the text is anything else. */
export function bracketedFigure(text: string, style: NumberStyle): string | undefined {
  const inside = BRACKETED.exec(text.trim())?.[1];
  const plain = inside === undefined ? undefined : plainUnsigned(inside.trim(), style);
  return plain === undefined ? undefined : `-${plain}`;
}

/** A figure with a sign, in brackets or with neither; undefined where the text is anything else. */
export function plainFigure(text: string, style: NumberStyle): string | undefined {
  const [, sign = '', rest = ''] = SIGNED.exec(text.trim())!;
  const plain = plainUnsigned(rest, style);
  if (plain === undefined) return bracketedFigure(text, style);
  return `${sign === '' || sign === '+' ? '' : '-'}${plain}`;
}
