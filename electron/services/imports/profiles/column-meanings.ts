/**
 * What the columns of a file that no profile knows probably mean: by the meanings of systems without a confirmed header,
 * by the words of the profiles, by the fields' own names. Proposals only; a person says what they are.
 */
import { ColumnMeanings, type LikelySource } from '@shared/domain/column-meanings';
import type { FileColumn } from '@shared/domain/import';
import { TARGET_FIELDS, type TargetField } from '@shared/domain/import-profile';
import bigcommerce from '../../../../resources/column-meanings/bigcommerce.json';
import katana from '../../../../resources/column-meanings/katana.json';
import mrpeasy from '../../../../resources/column-meanings/mrpeasy.json';
import stocky from '../../../../resources/column-meanings/stocky.json';
import { normaliseHeader } from '../../../files/profiles/recognise';
import type { SourceRow } from '../../../files/readers/table';
import { BUILT_IN_PROFILES } from './built-in-profiles';

const SAMPLES_PER_COLUMN = 5;

type Words = ReadonlyMap<string, TargetField | null>;

const MEANINGS = [bigcommerce, katana, mrpeasy, stocky].map((written) => ColumnMeanings.parse(written));

const wordsOf = ({ columns }: ColumnMeanings): Words =>
  new Map(columns.flatMap(({ field, headers }) => headers.map((text) => [normaliseHeader(text), field] as const)));

/** A column or two may be called alike anywhere: whose file it is, three tell. */
const TELLING_COLUMNS = 3;

/** The system whose columns these most likely are, by how many of them it knows; undefined where too few. */
function meaningsOf(header: readonly string[]): ColumnMeanings | undefined {
  const texts = new Set(header.map(normaliseHeader).filter((text) => text !== ''));
  const known = (meanings: ColumnMeanings) => [...wordsOf(meanings).keys()].filter((text) => texts.has(text)).length;
  const [best, next] = MEANINGS.map((meanings) => ({ meanings, known: known(meanings) })).sort((left, right) => right.known - left.known);
  return best && best.known >= TELLING_COLUMNS && best.known > (next?.known ?? 0) ? best.meanings : undefined;
}

/** Whose file it probably is, where no profile knows it. */
export function likelySource(header: readonly string[]): LikelySource | null {
  const found = meaningsOf(header);
  return found ? { source: found.source, name: found.name, kind: found.kind, system: found.system } : null;
}

/** What the known profiles and the fields' own names call a column; where profiles differ, what most of them mean. */
function headerVocabulary(): Words {
  const votes = new Map<string, Map<TargetField, number>>();
  for (const { columns } of BUILT_IN_PROFILES) {
    for (const { headers, field } of columns) {
      for (const text of headers.map(normaliseHeader).filter(Boolean)) {
        const fields = votes.get(text) ?? new Map<TargetField, number>();
        votes.set(text, fields.set(field, (fields.get(field) ?? 0) + 1));
      }
    }
  }
  const words = new Map<string, TargetField | null>();
  for (const [text, fields] of votes) words.set(text, [...fields].sort(([, left], [, right]) => right - left)[0]![0]);
  for (const [field, { label }] of Object.entries(TARGET_FIELDS) as [TargetField, { label: string }][]) {
    words.set(normaliseHeader(label), field);
    words.set(field, field);
  }
  return words;
}

/** The columns of a file with their first values and what each probably is. */
export function columnsOf(header: SourceRow, rows: readonly SourceRow[]): FileColumn[] {
  const meanings = meaningsOf(header.cells);
  const own = meanings ? wordsOf(meanings) : undefined;
  const vocabulary = headerVocabulary();
  const seen = new Map<string, number>();
  const width = Math.max(header.cells.length, ...rows.map((row) => row.cells.length));
  return Array.from({ length: width }, (_unused, index) => {
    const text = header.cells[index] ?? '';
    const name = normaliseHeader(text);
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    return {
      position: index + 1,
      header: text,
      occurrence,
      samples: rows.slice(0, SAMPLES_PER_COLUMN).map((row) => row.cells[index] ?? ''),
      suggestedField: (own?.has(name) ? own.get(name) : vocabulary.get(name)) ?? null,
    };
  });
}
