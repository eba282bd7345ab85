/**
 * The sources a period wants, in words and in the order in which they matter.
 */
import type { ImportListing, ImportSummary } from '@shared/domain/import';

export type MissingSource = ImportSummary['missing'][number];

export interface WantedSource {
  readonly id: MissingSource;
  readonly name: string;
  /** What it is needed for. */
  readonly use: string;
  readonly fits: (listing: ImportListing) => boolean;
}

export const WANTED_SOURCES: readonly WantedSource[] = [
  { id: 'erp_snapshot', name: 'ERP on hand', use: 'every variance', fits: ({ kind, system }) => kind === 'snapshot' && system === 'erp' },
  { id: 'storefront_snapshot', name: 'Storefront available', use: 'the channel variance', fits: ({ kind, system }) => kind === 'snapshot' && system === 'storefront' },
  { id: 'count', name: 'Count', use: 'the count variance', fits: ({ kind }) => kind === 'count' },
  { id: 'movements', name: 'Movements', use: 'rolling and explaining', fits: ({ kind }) => kind === 'movements' },
];

/** `ERP on hand and Count`. */
export function missingWords(missing: readonly MissingSource[]): string {
  const names = WANTED_SOURCES.filter((source) => missing.includes(source.id)).map((source) => source.name);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
