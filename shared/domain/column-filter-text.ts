/**
 * Conditions as people write them, and back: `>10`, `-10..10`, `unknown`, `=x`, `!x`, `finance, warehouse`, `<2026-11`.
 *
 * Both ways are exact and in the user's own decimal style, so that what is shown of a saved condition reads as it was typed.
 */
import type { ColumnCondition, Comparison, FilterKind } from './column-filter';
import { formatDecimal, parseDecimal } from './decimal';
import { DAY_MS, formatInstant, instantOfLocal } from './instant';
import { minorDigits, UNIT_COST_PLACES } from './money';
import { QUANTITY_PLACES } from './quantity';
import { type NumberStyle, plainFigure } from './written-figure';

export interface ChoiceEntry {
  readonly key: string;
  readonly title: string;
}

export interface FilterSetting {
  readonly kind: FilterKind;
  readonly style: NumberStyle;
  readonly currency: string;
  readonly timeZone: string;
  /** What can be chosen; empty for other kinds. */
  readonly entries: readonly ChoiceEntry[];
  /** How a message names what is chosen: `owner`. */
  readonly noun: string;
}

/** `condition` is undefined where nothing is asked. */
export type ReadCondition = { readonly ok: true; readonly condition: ColumnCondition | undefined } | { readonly ok: false; readonly why: string };

const asked = (condition: ColumnCondition | undefined): ReadCondition => ({ ok: true, condition });
const mistake = (why: string): ReadCondition => ({ ok: false, why });

const COMPARED = /^(<=|>=|<>|!=|<|>|=|!|≤|≥|≠)\s*/;
const SIGNS: Readonly<Record<string, Comparison>> = {
  '<': '<', '>': '>', '<=': '<=', '>=': '>=', '=': '=', '<>': '<>', '!=': '<>', '!': '<>', '≤': '<=', '≥': '>=', '≠': '<>',
};
/** The two ends of a span: `-10..10`, also with the one sign that some keyboards make of two points. */
const SPAN = /\s*(?:\.\.|…)\s*/;

function comparisonIn(text: string): { readonly is: Comparison; readonly rest: string } {
  const sign = COMPARED.exec(text);
  return sign ? { is: SIGNS[sign[1]!]!, rest: text.slice(sign[0].length) } : { is: '=', rest: text };
}

const placesOf = (kind: FilterKind, currency: string): number =>
  kind === 'quantity' ? QUANTITY_PLACES : kind === 'money' ? minorDigits(currency) : kind === 'cost' ? UNIT_COST_PLACES : 0;

type ReadFigure = { readonly ok: true; readonly figure: number } | { readonly ok: false; readonly why: string };

function readFigure(text: string, setting: FilterSetting): ReadFigure {
  const no = (why: string): ReadFigure => ({ ok: false, why });
  const { style, kind } = setting;
  if (text.trim() === '') return no('A figure is missing.');
  const plain = plainFigure(text, style);
  if (plain === undefined) return no(`“${text.trim()}” is no figure. Write it as ${figureText(12345, 1, style)}${kind === 'number' ? '' : ', without a unit'}.`);
  const places = placesOf(kind, setting.currency);
  const figure = parseDecimal(plain, places);
  if (figure !== undefined) return { ok: true, figure };
  const fraction = (plain.split('.')[1] ?? '').replace(/0+$/, '');
  return no(fraction.length > places ? `${places === 0 ? 'These are whole numbers' : `These figures have at most ${places} decimal places`}; this has ${fraction.length}.` : 'The figure is too large.');
}

const figureText = (figure: number, places: number, { decimal }: NumberStyle): string => formatDecimal(figure, places).replace('.', decimal);

function readFigures(text: string, setting: FilterSetting): ReadCondition {
  const word = text.toLowerCase();
  if (word === 'unknown' || word === '=unknown') return asked({ kind: 'known', isKnown: false });
  if (word === 'known' || /^(!|<>|!=)\s*unknown$/.test(word)) return asked({ kind: 'known', isKnown: true });
  const ends = text.split(SPAN);
  if (ends.length === 2) {
    const [least, most] = [readFigure(ends[0]!, setting), readFigure(ends[1]!, setting)];
    if (!least.ok) return mistake(least.why);
    if (!most.ok) return mistake(most.why);
    if (least.figure > most.figure) return mistake(`Nothing lies between ${ends[0]} and ${ends[1]}. The smaller figure comes first.`);
    return asked({ kind: 'span', least: least.figure, most: most.figure });
  }
  const { is, rest } = comparisonIn(text);
  const read = readFigure(rest, setting);
  return read.ok ? asked({ kind: 'figure', is, figure: read.figure }) : mistake(read.why);
}

function readText(text: string): ReadCondition {
  const sign = /^(<>|!=|≠|!|=)/.exec(text)?.[1];
  const rest = text.slice(sign?.length ?? 0).trim();
  if (rest.length > 200) return mistake(`At most 200 signs; this has ${rest.length}.`);
  if (sign === undefined) return asked({ kind: 'text', is: 'holds', text: rest });
  if (sign === '=') return asked({ kind: 'text', is: 'equals', text: rest });
  if (sign === '!') return rest === '' ? mistake('What is left out is missing. Write !text, or != for every line that has one.') : asked({ kind: 'text', is: 'lacks', text: rest });
  return asked({ kind: 'text', is: 'differs', text: rest });
}

/** Entries that a word means: the one of that very name, else all that hold it. */
export function entriesFor(word: string, entries: readonly ChoiceEntry[]): readonly ChoiceEntry[] {
  const wanted = word.trim().toLowerCase();
  const exact = entries.filter(({ key, title }) => key.toLowerCase() === wanted || title.toLowerCase() === wanted);
  return exact.length > 0 ? exact : entries.filter(({ key, title }) => key.toLowerCase().includes(wanted) || title.toLowerCase().includes(wanted));
}

function readChoices(text: string, { entries, noun }: FilterSetting): ReadCondition {
  const sign = /^(<>|!=|≠|!|=)/.exec(text)?.[1];
  const keys = new Set<string | null>();
  for (const [, quoted, plain] of text.slice(sign?.length ?? 0).matchAll(/"([^"]*)"|([^,;"]+)/g)) {
    const word = (quoted ?? plain ?? '').trim();
    if (word === '') continue;
    if (quoted === undefined && word.toLowerCase() === 'empty') keys.add(null);
    else {
      const found = entriesFor(word, entries);
      if (found.length === 0) return mistake(`“${word}” is no ${noun}. Choose from the list, or write empty.`);
      for (const { key } of found) keys.add(key);
    }
  }
  if (keys.size === 0) return sign === undefined ? asked(undefined) : mistake(`A name is missing after ${sign}.`);
  return asked({ kind: 'choice', isOneOf: sign === undefined || sign === '=', keys: [...keys] });
}

interface Days {
  readonly startInstant: number;
  readonly endInstant: number;
}

/** A day, a month or a year as the instants it reaches over. */
function daysOf(text: string, timeZone: string): Days | undefined {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), match[2] === undefined ? undefined : Number(match[2]), match[3] === undefined ? undefined : Number(match[3])];
  const isReal = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  if (isReal.getUTCFullYear() !== year || isReal.getUTCMonth() !== (month ?? 1) - 1 || isReal.getUTCDate() !== (day ?? 1)) return undefined;
  const at = (years: number, months: number, days: number) => {
    // Past the end of a month or year the calendar goes on.
    const date = new Date(Date.UTC(years, months - 1, days));
    return instantOfLocal(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), timeZone);
  };
  return {
    startInstant: at(year, month ?? 1, day ?? 1),
    endInstant: month === undefined ? at(year + 1, 1, 1) : day === undefined ? at(year, month + 1, 1) : at(year, month, day + 1),
  };
}

function readDays(text: string, { timeZone }: FilterSetting): ReadCondition {
  const word = text.toLowerCase();
  if (word === 'empty' || word === '=empty') return asked({ kind: 'known', isKnown: false });
  if (/^(!|<>|!=)\s*empty$/.test(word)) return asked({ kind: 'known', isKnown: true });
  const no = (what: string) => mistake(what === '' ? 'A day is missing.' : `“${what}” is no day. Write 2026-10-03, a month as 2026-11, or empty.`);
  const ends = text.split(SPAN);
  if (ends.length === 2) {
    const [first, last] = ends.map((end) => daysOf(end, timeZone));
    if (!first || !last) return no((first ? ends[1]! : ends[0]!).trim());
    if (first.startInstant > last.startInstant) return mistake(`Nothing lies between ${ends[0]} and ${ends[1]}. The earlier day comes first.`);
    return asked({ kind: 'day', is: '=', startInstant: first.startInstant, endInstant: last.endInstant });
  }
  const { is, rest } = comparisonIn(text);
  const days = daysOf(rest, timeZone);
  return days ? asked({ kind: 'day', is, ...days }) : no(rest.trim());
}

/** Reads what a person wrote into a column's filter; nothing written asks nothing. */
export function readCondition(text: string, setting: FilterSetting): ReadCondition {
  const plain = text.trim();
  if (plain === '') return asked(undefined);
  switch (setting.kind) {
    case 'text':
      return readText(plain);
    case 'choice':
      return readChoices(plain, setting);
    case 'day':
      return readDays(plain, setting);
    case 'quantity':
    case 'money':
    case 'cost':
    case 'number':
      return readFigures(plain, setting);
  }
}

function daysText({ startInstant, endInstant }: Days, timeZone: string): string {
  // Half a day before the end lies in the last day, however long the clocks make it.
  const [first, last] = [formatInstant(startInstant, timeZone).slice(0, 10), formatInstant(endInstant - DAY_MS / 2, timeZone).slice(0, 10)];
  if (first === last) return first;
  for (const whole of [first.slice(0, 4), first.slice(0, 7)]) {
    const days = daysOf(whole, timeZone)!;
    if (days.startInstant === startInstant && days.endInstant === endInstant) return whole;
  }
  return `${first}..${last}`;
}

const TEXT_SIGNS = { holds: '', lacks: '!', equals: '=', differs: '!=' } as const;

/** A condition as a person would write it: reading it again gives the same condition. */
export function conditionText(condition: ColumnCondition, setting: FilterSetting): string {
  const figure = (value: number) => figureText(value, placesOf(setting.kind, setting.currency), setting.style);
  switch (condition.kind) {
    case 'text':
      return `${TEXT_SIGNS[condition.is]}${condition.text}`;
    case 'figure':
      return `${condition.is}${figure(condition.figure)}`;
    case 'span':
      return `${figure(condition.least)}..${figure(condition.most)}`;
    case 'known': {
      const unknown = setting.kind === 'day' ? 'empty' : 'unknown';
      return condition.isKnown ? `!${unknown}` : unknown;
    }
    case 'choice': {
      const named = condition.keys.map((key) => {
        if (key === null) return 'empty';
        const title = setting.entries.find((entry) => entry.key === key)?.title ?? key;
        const word = entriesFor(title, setting.entries).length > 1 ? key : title;
        // A comma parts two names, and some words mean something.
        return /[,;]|^[!=<]|^empty$/i.test(word) ? `"${word}"` : word;
      });
      return `${condition.isOneOf ? '' : '!'}${named.join(', ')}`;
    }
    case 'day':
      return `${condition.is === '=' ? '' : condition.is}${daysText(condition, setting.timeZone)}`;
  }
}
