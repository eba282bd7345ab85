/**
 * Which cells of a file can be read in one way only, and as what: the plan by which plain rows are read.
 *
 * A plain row is written as nearly every row of an export is: digits, words and instants, no quotes, nothing to be trimmed.
 * The plan is data alone, so that another thread can read by it.
 */
import { FIELDS_OF_KIND, TARGET_FIELDS, type ProfileColumn, type TargetField } from '@shared/domain/import-profile';
import { minorDigits, UNIT_COST_PLACES } from '@shared/domain/money';
import { QUANTITY_PLACES } from '@shared/domain/quantity';
import { MOVEMENT_TYPES, SYSTEMS } from '@shared/domain/states';
import { isOneCellPerField } from '../../../files/profiles/header';
import { stylesOf } from '../../../files/profiles/row-fields';
import type { HeaderMatch } from '../../../files/profiles/recognise';

/**
 * What is told of a cell:
 * - `number`: its scaled figure, `instant`: epoch milliseconds; both NaN where it is empty;
 * - `name`: which of the column's different texts it is, counted from 1 as they come; 0 where it is empty;
 * - `choice`: which of the words it is, counted from 1;
 * - `text`: where it begins and ends.
 */
type StepKind = 'skip' | 'number' | 'instant' | 'name' | 'choice' | 'text' | 'currency';

/** What is done with the cells of one column. */
export interface PlainStep {
  readonly kind: StepKind;
  readonly field: TargetField;
  /** Which of the columns of its kind it is; names and choices are counted together. */
  readonly slot: number;
  readonly places: number;
  /** Where a number may have a fraction written with a point. */
  readonly hasPoint: boolean;
  readonly mayBeEmpty: boolean;
  /** The words of a choice, and the one word of a currency. */
  readonly words: readonly string[];
}

export interface PlainPlan {
  /** One character of ASCII. */
  readonly delimiter: string;
  /** By the cells of a row, in their order. */
  readonly steps: readonly PlainStep[];
  /** Fields by slot. */
  readonly numbers: readonly TargetField[];
  readonly instants: readonly TargetField[];
  readonly codes: readonly TargetField[];
  readonly texts: readonly TargetField[];
  /** Whether rows that are the same, word for word, are noticed. */
  readonly findsTwins: boolean;
}

const CHOICES: Partial<Record<TargetField, readonly string[]>> = { system: SYSTEMS, type: MOVEMENT_TYPES };
/** Few different ones stand in very many rows. */
const NAMES: ReadonlySet<TargetField> = new Set(['sku', 'location']);
const SKIPPED: PlainStep = { kind: 'skip', field: 'note', slot: 0, places: 0, hasPoint: false, mayBeEmpty: true, words: [] };

/** Where such a character sets cells apart, no number and no instant ends where it seems to. */
const IN_PLAIN_CELLS = /[\w.:+-]/;
const LOOKS_LIKE_NUMBER = /^-?[\d.]+$/;
const IS_ASCII = /^[\t -~]$/;

function placesOf(field: TargetField, currency: string): number {
  const { shape } = TARGET_FIELDS[field];
  if (shape === 'quantity') return QUANTITY_PLACES;
  if (shape === 'unit_cost') return UNIT_COST_PLACES;
  return shape === 'amount' ? minorDigits(currency) : 0;
}

function stepOf(column: ProfileColumn, match: HeaderMatch, currency: string): Omit<PlainStep, 'slot'> | undefined {
  const { field } = column;
  const { shape } = TARGET_FIELDS[field];
  // What has a unit is converted figure by figure: only a row read the usual way has none but its own.
  if (field === 'uom') return undefined;
  const mayBeEmpty = !FIELDS_OF_KIND[match.profile.kind].required.includes(field) && column.empty !== 'zero';
  const hasPoint = (column.numberStyle ?? stylesOf(match).number).decimal === '.';
  const step = (kind: StepKind, words: readonly string[] = []) => ({ kind, field, places: placesOf(field, currency), hasPoint, mayBeEmpty, words });
  if (shape === 'quantity' || shape === 'unit_cost' || shape === 'amount') return step('number');
  if (shape === 'instant') return step('instant');
  if (field === 'currency') return step('currency', [currency]);
  if (shape === 'choice') return CHOICES[field] && step('choice', CHOICES[field]);
  if (NAMES.has(field)) return step('name');
  return (shape === 'identifier' && field !== 'barcode') || shape === 'text' ? step('text') : undefined;
}

/**
 * The plan for the rows under a header; undefined where the profile asks for more than plain cells.
 *
 * @param delimiter between the cells of a row's text
 */
export function plainPlan(match: HeaderMatch, delimiter: string, currency: string): PlainPlan | undefined {
  const { profile, header, matched } = match;
  // Drawn tables and lines quoted whole have rows of their own kind.
  if (!IS_ASCII.test(delimiter) || delimiter === '|' || delimiter === '"' || IN_PLAIN_CELLS.test(delimiter)) return undefined;
  if (profile.kind !== 'snapshot' && profile.kind !== 'movements') return undefined;
  if (!isOneCellPerField(match)) return undefined;
  const fields = { numbers: [] as TargetField[], instants: [] as TargetField[], codes: [] as TargetField[], texts: [] as TargetField[] };
  const listOf: Partial<Record<StepKind, TargetField[]>> = { number: fields.numbers, instant: fields.instants, name: fields.codes, choice: fields.codes, text: fields.texts };
  const steps: PlainStep[] = header.map(() => SKIPPED);
  for (const { index, column } of matched) {
    const step = stepOf(column, match, currency);
    if (!step) return undefined;
    const list = listOf[step.kind];
    steps[index] = { ...step, slot: list?.length ?? 0 };
    list?.push(step.field);
  }
  // A row that repeats the header, or says that an item is not stocked, has a word where a number belongs.
  const isNumberColumn = (index: number) => steps[index]!.kind === 'number';
  const wordsOnly = profile.ignore.every((rule) => rule.rule === 'total_row' || (rule.rule === 'not_stocked' && !LOOKS_LIKE_NUMBER.test(rule.text)));
  const needsItem = steps.some(({ kind, field, mayBeEmpty }) => kind === 'name' && field === 'sku' && !mayBeEmpty);
  const headersAreWords = matched.some(({ index, header: text }) => isNumberColumn(index) && !LOOKS_LIKE_NUMBER.test(text.trim()));
  if (!wordsOnly || !needsItem || !headersAreWords) return undefined;
  return { delimiter, steps, ...fields, findsTwins: profile.kind === 'movements' };
}
