/**
 * Quantities typed as arithmetic: `12*4+3`, `(5+1)/2`. Worked out with fractions of whole numbers, so that no digit is made up.
 */
import { bracketedFigure, type NumberStyle, PLAIN_STYLE } from '@shared/domain/written-figure';

export type Worked = { readonly ok: true; readonly scaled: number } | { readonly ok: false; readonly why: string };

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

class NotArithmetic extends Error {}

const NUMBERS = { '.': /^\d+(\.\d*)?|^\.\d+/, ',': /^\d+(,\d*)?|^,\d+/ } as const;
type DecimalSign = keyof typeof NUMBERS;

class Reader {
  #rest: string;
  readonly #sign: DecimalSign;

  constructor(text: string, sign: DecimalSign) {
    this.#rest = text;
    this.#sign = sign;
  }

  whole(): Fraction {
    const value = this.#sum();
    if (this.#next() !== '') throw new NotArithmetic(`“${this.#rest}” is no part of a sum. Use figures, + − * / and brackets.`);
    return value;
  }

  #next(): string {
    this.#rest = this.#rest.trimStart();
    return this.#rest.charAt(0);
  }

  #take(): string {
    const sign = this.#next();
    this.#rest = this.#rest.slice(1);
    return sign;
  }

  #sum(): Fraction {
    let value = this.#product();
    for (let sign = this.#next(); sign === '+' || sign === '-'; sign = this.#next()) {
      this.#take();
      const { over, under } = this.#product();
      value = { over: value.over * under + (sign === '+' ? over : -over) * value.under, under: value.under * under };
    }
    return value;
  }

  #product(): Fraction {
    let value = this.#signed();
    for (let sign = this.#next(); sign === '*' || sign === '/'; sign = this.#next()) {
      this.#take();
      const { over, under } = this.#signed();
      if (sign === '/' && over === 0n) throw new NotArithmetic('Nothing can be divided by 0.');
      value = sign === '*' ? { over: value.over * over, under: value.under * under } : { over: value.over * under, under: value.under * over };
    }
    return value;
  }

  #signed(): Fraction {
    const sign = this.#next();
    if (sign !== '-' && sign !== '+') return this.#operand();
    this.#take();
    const { over, under } = this.#signed();
    return { over: sign === '-' ? -over : over, under };
  }

  #operand(): Fraction {
    if (this.#next() === '(') {
      this.#take();
      const value = this.#sum();
      if (this.#take() !== ')') throw new NotArithmetic('A bracket is not closed.');
      return value;
    }
    const text = NUMBERS[this.#sign].exec(this.#rest)?.[0];
    if (text === undefined) throw new NotArithmetic(this.#rest === '' ? 'A figure is missing at the end.' : `A figure is missing before “${this.#rest}”.`);
    this.#rest = this.#rest.slice(text.length);
    const [digits = '', fraction = ''] = text.split(this.#sign);
    return { over: BigInt(digits + fraction || '0'), under: 10n ** BigInt(fraction.length) };
  }
}

/** Longer sums are no figure somebody types, and nested brackets must not exhaust the stack. */
const LENGTH_MOST = 200;

/**
 * Works a sum out.
 *
 * @param text figures in the user's `style`, spaces anywhere. A figure alone in brackets, `(1,200)`, is below zero, as accounts and spreadsheets
 *   write it; elsewhere signs between thousands are refused, because a comma may be either
 * @param places how many decimal places the result keeps; more are refused and never rounded
 * @returns the result in units of 10^-places
 */
export function workOut(text: string, places: number, style: NumberStyle = PLAIN_STYLE): Worked {
  if (text.length > LENGTH_MOST) return { ok: false, why: `A sum has at most ${LENGTH_MOST} signs.` };
  const belowZero = bracketedFigure(text, style);
  const sign = style.decimal === ',' ? ',' : '.';
  const reader = belowZero === undefined
    ? new Reader(text.replaceAll(style.decimal, sign).replaceAll('\u2212', '-').replaceAll('×', '*').replaceAll('÷', '/'), sign)
    : new Reader(belowZero, '.');
  try {
    const { over, under } = reader.whole();
    const scale = 10n ** BigInt(places);
    if ((over * scale) % under !== 0n) return { ok: false, why: `The result has more than ${places} decimal places. Nothing is rounded here.` };
    const scaled = Number((over * scale) / under);
    return Number.isSafeInteger(scaled) ? { ok: true, scaled: scaled === 0 ? 0 : scaled } : { ok: false, why: 'The result is too large to be kept exactly.' };
  } catch (error) {
    if (error instanceof NotArithmetic) return { ok: false, why: error.message };
    throw error;
  }
}
