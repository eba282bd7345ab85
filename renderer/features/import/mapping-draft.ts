/**
 * A mapping while a person makes it: what kind of file it is, which column fills which field, and what is still missing.
 */
import {
  type DateStyle,
  FIELDS_OF_KIND,
  type FileInspection,
  IMPORT_KINDS,
  type ImportKind,
  type Mapping,
  type NumberStyle,
  TARGET_FIELDS,
  type TargetField,
} from '@shared/domain/import';
import type { System } from '@shared/domain/states';

export interface MappingDraft {
  readonly name: string;
  readonly source: string;
  readonly kind: ImportKind;
  /** null: a column says it, or the file speaks for no system. */
  readonly system: System | null;
  /** By the column's position; columns that are not there are ignored. */
  readonly fields: Readonly<Record<number, TargetField>>;
  readonly numberStyle: NumberStyle;
  /** null: the dates can be read both ways, and a person has not said yet which is meant. */
  readonly dateStyle: DateStyle | null;
}

/** Fields that may be given for the whole file instead of by a column. */
const GIVEN_AT_IMPORT: ReadonlySet<TargetField> = new Set(['system', 'as_of', 'location']);

/** Kinds whose rows belong to one system. */
export const speaksForSystem = (kind: ImportKind): boolean => kind === 'snapshot' || kind === 'movements';

/** Every field of a kind, in the order in which a person is likely to look for them. */
export function fieldsOf(kind: ImportKind): readonly TargetField[] {
  const { required, oneOf, optional } = FIELDS_OF_KIND[kind];
  return [...required, ...oneOf, ...optional];
}

/** The kind whose required fields the suggestions fill best; a snapshot where nothing was suggested. */
function likelyKind(suggested: ReadonlySet<TargetField>): ImportKind {
  const share = (kind: ImportKind) => {
    const { required, oneOf } = FIELDS_OF_KIND[kind];
    const wanted = required.filter((field) => !GIVEN_AT_IMPORT.has(field));
    const met =
      wanted.filter((field) => suggested.has(field)).length + (oneOf.some((field) => suggested.has(field)) ? 1 : 0);
    return met / (wanted.length + (oneOf.length > 0 ? 1 : 0));
  };
  return IMPORT_KINDS.reduce((best, kind) => (share(kind) > share(best) ? kind : best), 'snapshot' as ImportKind);
}

/** A name to begin with: the file's, without its ending and without dates and numbers. */
const nameOf = (fileName: string): string =>
  fileName
    .replace(/\.[^.]+$/, '')
    .replace(/[\d]+/g, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim() || 'My file';

/** Letters, digits and underscores, as sources are written. */
export const sourceOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** What the file itself suggests. */
export function draftOf(inspection: FileInspection): MappingDraft {
  const suggestions = inspection.columns.map((column) => column.suggestedField).filter((field) => field !== null);
  const likely = inspection.likelySource;
  const kind = likely?.kind ?? likelyKind(new Set(suggestions));
  const allowed = new Set(fieldsOf(kind));
  const taken = new Set<TargetField>();
  const fields: Record<number, TargetField> = {};
  for (const { position, suggestedField } of inspection.columns) {
    if (suggestedField === null || !allowed.has(suggestedField) || taken.has(suggestedField)) continue;
    taken.add(suggestedField);
    fields[position] = suggestedField;
  }
  const name = nameOf(inspection.fileName);
  return {
    name,
    kind,
    fields,
    source: likely?.source ?? (sourceOf(name.split(' ')[0] ?? '') || 'file'),
    system: likely?.system ?? null,
    numberStyle: inspection.guessedNumberStyle,
    dateStyle: inspection.guessedDateStyle,
  };
}

/** Another kind keeps the fields it knows. */
export function withKind(draft: MappingDraft, kind: ImportKind): MappingDraft {
  const allowed = new Set(fieldsOf(kind));
  const fields = Object.fromEntries(Object.entries(draft.fields).filter(([, field]) => allowed.has(field)));
  return { ...draft, kind, fields, system: speaksForSystem(kind) ? draft.system : null };
}

/** A field is filled by one column: choosing it here takes it from wherever it was. */
export function withField(draft: MappingDraft, position: number, field: TargetField | ''): MappingDraft {
  const fields = Object.fromEntries(
    Object.entries(draft.fields).filter(([at, each]) => Number(at) !== position && each !== field),
  );
  return { ...draft, fields: field === '' ? fields : { ...fields, [position]: field } };
}

const holdsDates = (field: TargetField): boolean =>
  TARGET_FIELDS[field].shape === 'instant' || TARGET_FIELDS[field].shape === 'date';

/** What is still missing before the file can be rehearsed, in words; empty where nothing is. */
export function missingIn(draft: MappingDraft): readonly string[] {
  const filled = new Set(Object.values(draft.fields));
  const { required, oneOf } = FIELDS_OF_KIND[draft.kind];
  const missing: string[] = required
    .filter((field) => !filled.has(field) && !GIVEN_AT_IMPORT.has(field))
    .map((field) => `a column for ${TARGET_FIELDS[field].label}`);
  if (required.includes('location') && !filled.has('location') && draft.kind !== 'snapshot')
    missing.push(`a column for ${TARGET_FIELDS.location.label}`);
  if (speaksForSystem(draft.kind) && draft.system === null && !filled.has('system'))
    missing.push('the system it speaks for');
  if (oneOf.length > 0 && !oneOf.some((field) => filled.has(field))) missing.push('a column with a quantity');
  if (draft.dateStyle === null && [...filled].some(holdsDates)) missing.push('how dates are written');
  if (draft.name.trim() === '') missing.push('a name');
  if (sourceOf(draft.source) === '') missing.push('a source');
  return missing;
}

/** The mapping that the draft stands for. */
export function mappingOf(draft: MappingDraft, inspection: FileInspection): Mapping {
  const columns = inspection.columns.flatMap(({ position, header, occurrence }) => {
    const field = draft.fields[position];
    return field === undefined ? [] : [{ field, header, occurrence }];
  });
  const filled = new Set(Object.values(draft.fields));
  return {
    name: draft.name.trim(),
    source: sourceOf(draft.source),
    kind: draft.kind,
    system: filled.has('system') ? null : draft.system,
    columns,
    numberStyle: draft.numberStyle,
    // Without a column of dates the style is never used.
    dateStyle: draft.dateStyle ?? 'iso',
  };
}

/** How numbers are written, by example. */
export const NUMBER_STYLES: readonly { readonly key: string; readonly label: string; readonly style: NumberStyle }[] = [
  { label: '1234.56', style: { decimal: '.', thousands: 'none' } as const },
  { label: '1,234.56', style: { decimal: '.', thousands: ',' } as const },
  { label: '1234,56', style: { decimal: ',', thousands: 'none' } as const },
  { label: '1.234,56', style: { decimal: ',', thousands: '.' } as const },
  { label: '1 234,56', style: { decimal: ',', thousands: ' ' } as const },
  { label: "1'234.56", style: { decimal: '.', thousands: "'" } as const },
].map((each) => ({ ...each, key: `${each.style.decimal}${each.style.thousands}` }));

export const DATE_STYLE_WORDS: Readonly<Record<DateStyle, string>> = {
  iso: '2026-10-31T22:30:00-07:00, with offset',
  iso_local: '2026-10-31 22:30, in the workbook’s time zone',
  month_day_year: '10/31/2026, month first',
  day_month_year: '31/10/2026, day first',
};
