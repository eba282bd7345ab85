/** A profile as a page of text. */
import type { ImportProfile } from '@shared/domain/import-profile';
import { KIND_WORDS } from '@shared/domain/import-words';
import { pageOfProfile } from '@shared/domain/profile-page';
import { printLine, table } from '../print';

const listed = (title: string, sentences: readonly string[]) => (sentences.length === 0 ? [] : ['', title, ...sentences.map((each) => `  ${each}`)]);

export function printProfile(profile: ImportProfile): void {
  const page = pageOfProfile(profile);
  const lines = [
    `${profile.name}, ${KIND_WORDS[profile.kind].toLowerCase()} (${profile.id}, version ${profile.version})`,
    ...(profile.comment ? [profile.comment] : []),
    '',
    ...page.facts.map(({ name, value }) => `${name}: ${value}`),
    '',
    `Recognised: ${page.recognised}`,
    '',
    table(['fills', 'header, any of', 'how it is read'], page.columns.map(({ field, headers, how }) => [field, headers, how])),
    ...listed('What a row tells', page.records),
    ...listed('Rows that are no data', page.noData),
  ];
  for (const line of lines) printLine(line);
}
