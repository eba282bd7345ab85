/**
 * The filter row over the lines: what each column can be asked, and what is written there as conditions and back.
 */
import type { ReasonCode } from '@shared/contract/tags';
import { type ColumnFilter, FILTERED_COLUMN_NAMES, FILTERED_COLUMNS, type FilteredColumn } from '@shared/domain/column-filter';
import { type ChoiceEntry, conditionText, entriesFor, type FilterSetting, type ReadCondition, readCondition } from '@shared/domain/column-filter-text';
import { LINE_STATUSES, OWNERS, TIERS } from '@shared/domain/lines';
import { CAUSES, VARIANCE_CLASSES } from '@shared/domain/variance';
import type { NumberStyle } from '@shared/domain/written-figure';
import { CAUSE_WORDS, CLASS_WORDS, OWNER_WORDS, STATUS_WORDS } from '../../app/words';
import type { FilterChoice, FilterRule } from '../../grid';
import { decimalSign, groupSign } from '../../ui';

export interface FilterWorld {
  readonly currency: string;
  readonly timeZone: string;
  readonly reasonCodes: readonly ReasonCode[];
  readonly locations: readonly string[];
  readonly style: NumberStyle;
}

/** What is written in the filter row, by column; an empty text asks nothing. */
export type FilterTexts = Readonly<Partial<Record<FilteredColumn, string>>>;
export const NO_TEXTS: FilterTexts = {};

export const userStyle = (): NumberStyle => ({ decimal: decimalSign(), group: groupSign() });

export const isFiltered = (column: string): column is FilteredColumn => column in FILTERED_COLUMNS;

const named = <Key extends string>(keys: readonly Key[], words: Readonly<Record<Key, string>>): readonly ChoiceEntry[] => keys.map((key) => ({ key, title: words[key] }));

function entriesOf(column: FilteredColumn, { reasonCodes, locations }: FilterWorld): readonly ChoiceEntry[] {
  switch (column) {
    case 'location':
      return locations.map((key) => ({ key, title: key }));
    case 'class':
      return named(VARIANCE_CLASSES, CLASS_WORDS);
    case 'cause':
      return named(CAUSES, CAUSE_WORDS);
    case 'owner':
      return named(OWNERS, OWNER_WORDS);
    case 'status':
      return named(LINE_STATUSES, STATUS_WORDS);
    case 'tier':
      return TIERS.map((key) => ({ key, title: key }));
    case 'reasonCode':
      return reasonCodes.map(({ code, name }) => ({ key: code, title: `${code} ${name}` }));
    default:
      return [];
  }
}

/** Columns in which a line may have nothing. */
const MAY_BE_EMPTY: ReadonlySet<FilteredColumn> = new Set(['reasonCode', 'owner', 'class', 'cause']);

const settingOf = (column: FilteredColumn, world: FilterWorld): FilterSetting => ({
  kind: FILTERED_COLUMNS[column], style: world.style, currency: world.currency, timeZone: world.timeZone,
  entries: entriesOf(column, world), noun: column === 'reasonCode' ? 'reason' : column,
});

export const readFilter = (column: FilteredColumn, text: string, world: FilterWorld): ReadCondition => readCondition(text, settingOf(column, world));

/** The conditions of all texts; one that is mistaken asks nothing. */
export function conditionsOf(texts: FilterTexts, world: FilterWorld): ColumnFilter {
  const conditions: ColumnFilter = {};
  for (const column of FILTERED_COLUMN_NAMES) {
    const read = readFilter(column, texts[column] ?? '', world);
    if (read.ok && read.condition) conditions[column] = read.condition;
  }
  return conditions;
}

/** What a person would write for these conditions: a saved view shows what it asks, and it can be changed. */
export const textsOf = (filter: ColumnFilter | undefined, world: FilterWorld): FilterTexts =>
  Object.fromEntries(
    FILTERED_COLUMN_NAMES.flatMap((column) => {
      const condition = filter?.[column];
      return condition ? [[column, conditionText(condition, settingOf(column, world))] as const] : [];
    }),
  );

/** The word under the hand, and what is chosen besides: a part of a name is looked for and not chosen. */
function chosenIn(text: string, entries: readonly ChoiceEntry[]): { readonly sign: string; readonly keys: readonly (string | null)[]; readonly search: string } {
  const sign = /^\s*(<>|!=|!|=)/.exec(text)?.[1] ?? '';
  const words = [...text.trim().slice(sign.length).matchAll(/"([^"]*)"|([^,;"]+)/g)].map(([, quoted, plain]) => (quoted ?? plain ?? '').trim()).filter(Boolean);
  const isExact = (word: string) => entriesFor(word, entries).some(({ key, title }) => [key, title].some((name) => name.toLowerCase() === word.toLowerCase()));
  const last = words.at(-1);
  const search = last === undefined || /[,;]\s*$/.test(text) || last.toLowerCase() === 'empty' || isExact(last) ? '' : last;
  const chosen = search === '' ? words : words.slice(0, -1);
  const keys = chosen.flatMap((word): (string | null)[] => (word.toLowerCase() === 'empty' ? [null] : entriesFor(word, entries).map(({ key }) => key)));
  return { sign, keys: [...new Set(keys)], search };
}

/** More than these nobody reads through; more letters make fewer. */
const SHOWN_MOST = 200;
const EMPTY_KEY = '';

/** The filter row's field of a column. */
export function filterRule(column: FilteredColumn, world: FilterWorld): FilterRule {
  const setting = settingOf(column, world);
  const { kind, entries } = setting;
  const whyNot = (text: string) => {
    const read = readCondition(text, setting);
    return read.ok ? undefined : read.why;
  };
  const hint = kind === 'text' ? 'part, =exact' : kind === 'choice' ? 'any' : kind === 'day' ? '<2026-11' : '>0';
  if (kind !== 'choice') return { hint, whyNot };
  return {
    hint,
    // While a name is only begun, what fits is in the list beneath; a word that fits nothing is a mistake.
    whyNot,
    choices: {
      fitting: (text) => {
        const { keys, search } = chosenIn(text, entries);
        const fits = search === '' ? entries : entriesFor(search, entries);
        const all: readonly FilterChoice[] = [
          ...fits.slice(0, SHOWN_MOST).map(({ key, title }) => ({ key, title, isChosen: keys.includes(key) })),
          ...(MAY_BE_EMPTY.has(column) && search === '' ? [{ key: EMPTY_KEY, title: 'Empty', isChosen: keys.includes(null) }] : []),
        ];
        return all;
      },
      toggled: (text, key) => {
        const { sign, keys } = chosenIn(text, entries);
        const own = key === EMPTY_KEY ? null : key;
        const after = keys.includes(own) ? keys.filter((each) => each !== own) : [...keys, own];
        return after.length === 0 ? '' : conditionText({ kind: 'choice', isOneOf: sign === '' || sign === '=', keys: after }, setting);
      },
    },
  };
}
