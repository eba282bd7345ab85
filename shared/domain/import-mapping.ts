/**
 * A mapping: what a person says of the columns of a file that no profile knows, and the profile that it stands for.
 */
import { z } from 'zod';
import { DATE_STYLES, IMPORT_KINDS, NumberStyle, TARGET_FIELD_NAMES } from './import-fields';
import type { ImportProfileText } from './import-profile';
import { QUANTITY_STATES, SYSTEMS } from './states';

/** What the mapping screen collects for a file that no profile knows. */
export const Mapping = z.strictObject({
  name: z.string().trim().min(1),
  source: z.string().regex(/^[a-z0-9_]+$/),
  kind: z.enum(IMPORT_KINDS),
  system: z.enum(SYSTEMS).nullable(),
  columns: z
    .array(z.strictObject({ field: z.enum(TARGET_FIELD_NAMES), header: z.string().min(1), occurrence: z.int().min(1).default(1) }))
    .min(1),
  numberStyle: NumberStyle,
  dateStyle: z.enum(DATE_STYLES),
});
export type Mapping = z.infer<typeof Mapping>;

/** A name as part of an identifier: letters beyond a to z by their code, so that two names do not become one. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/[^a-z0-9-]/gu, (letter) => `u${letter.codePointAt(0)!.toString(16)}`)
    .replace(/^-+|-+$/g, '');

/**
 * The profile that a person's mapping stands for. Only an ERP's snapshots and item files may create items and
 * locations, as with the profiles that come with the program.
 */
export function profileOfMapping(mapping: Mapping): ImportProfileText {
  const fields = mapping.columns.map((column) => column.field);
  const held = QUANTITY_STATES.filter((state) => fields.includes(state));
  const creates = mapping.kind === 'items' || (mapping.kind === 'snapshot' && mapping.system === 'erp');
  const creation = creates ? 'always' : mapping.kind === 'snapshot' && mapping.system === null ? 'erp_rows' : 'never';
  return {
    id: `mapped-${slugOf(mapping.name) || 'file'}`,
    version: 1,
    name: mapping.name,
    source: mapping.source,
    kind: mapping.kind,
    system: mapping.system,
    recognise: { requiredFields: fields, minimumColumns: fields.length },
    columns: mapping.columns.map(({ field, header, occurrence }) => ({ field, headers: [header], occurrence })),
    statesHeld: held,
    statesUnknown: mapping.kind === 'snapshot' ? QUANTITY_STATES.filter((state) => !held.includes(state)) : [],
    effect: mapping.kind === 'movements' ? 'adds' : 'sets',
    numberStyle: mapping.numberStyle,
    dateStyle: mapping.dateStyle,
    createsItems: creation,
    createsLocations: mapping.kind === 'items' ? 'never' : creation,
  };
}
