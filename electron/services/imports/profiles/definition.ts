/**
 * How an import's rows were read, as kept with it: enough to read one of them again.
 */
import { z } from 'zod';
import { ImportProfile } from '@shared/domain/import-profile';
import { matchHeader, type HeaderMatch } from '../../../files/profiles/recognise';
import { parseRecord } from '../../../files/readers/table';

const ImportDefinition = z.object({
  profile: ImportProfile,
  header: z.array(z.string()),
  /** null for a spreadsheet, whose rows are kept as comma-separated text. */
  delimiter: z.string().nullable(),
  locationCode: z.string().nullable(),
});
export type ImportDefinition = z.infer<typeof ImportDefinition>;

/** @throws where an import's definition was damaged behind the program's back */
export const parseDefinition = (text: string): ImportDefinition => ImportDefinition.parse(JSON.parse(text));

export const definitionText = (definition: ImportDefinition): string => JSON.stringify(definition);

/** The header match that the import was read by. */
export function matchOfDefinition({ profile, header }: ImportDefinition, headerRow: number): HeaderMatch {
  const match = matchHeader(profile, [{ rowNumber: headerRow, cells: header, raw: '' }]);
  if (!match) throw new Error(`the kept header no longer fits profile ${profile.id}`);
  return match;
}

/** The cells of a kept row. */
export const cellsOfRaw = (definition: ImportDefinition, raw: string): string[] => parseRecord(raw, definition.delimiter ?? ',');
