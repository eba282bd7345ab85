/**
 * Which sources the period has, from which files and as of when, and which it still wants.
 */
import type { ImportListing, ImportSummary } from '@shared/domain/import';
import { Badge, countText, shortInstantText, Table, type TableColumn } from '../../ui';
import { type WantedSource, WANTED_SOURCES } from './missing-words';
import styles from './reconcile-screen.module.css';

interface SourceRow {
  readonly source: WantedSource;
  /** undefined: the source is missing. */
  readonly listing: ImportListing | undefined;
}

export interface SourcesTableProps {
  readonly summary: ImportSummary;
  readonly timeZone: string;
  readonly cutOffInstant: number;
}

function rowsOf(summary: ImportSummary): readonly SourceRow[] {
  return WANTED_SOURCES.flatMap((source): readonly SourceRow[] => {
    const own = summary.imports.filter(source.fits);
    if (own.length > 0) return own.map((listing) => ({ source, listing }));
    // Files that hold several sources name no system of their own: only the summary knows.
    return [{ source, listing: undefined }];
  });
}

function asOfText(listing: ImportListing, timeZone: string): string {
  const { asOfFromInstant: from, asOfUntilInstant: until } = listing;
  if (from === null) return '';
  return until === null || until === from ? shortInstantText(from, timeZone) : `${shortInstantText(from, timeZone)} to ${shortInstantText(until, timeZone)}`;
}

export function SourcesTable({ summary, timeZone }: SourcesTableProps) {
  const missing = new Set(summary.missing);
  const columns: readonly TableColumn<SourceRow>[] = [
    { id: 'source', title: 'Source', cell: ({ source }) => source.name },
    {
      id: 'file', title: 'File', wraps: true,
      cell: ({ source, listing }) =>
        listing ? <span title={listing.sha256}>{listing.fileName}</span>
        : missing.has(source.id) ? <Badge tone="warning" plain>{`missing, needed for ${source.use}`}</Badge>
        : <span className={styles['soft']}>in a file of several sources</span>,
    },
    { id: 'asOf', title: 'As of', cell: ({ listing }) => (listing ? asOfText(listing, timeZone) : '') },
    { id: 'rows', title: 'Rows', align: 'end', cell: ({ listing }) => (listing ? countText(listing.rowsAccepted) : '') },
    { id: 'waiting', title: 'Waiting', align: 'end', cell: ({ listing }) => (!listing ? '' : listing.waiting > 0 ? countText(listing.waiting) : '–') },
  ];
  return <Table caption="Sources of the period" columns={columns} rows={rowsOf(summary)} rowKey={({ source, listing }) => `${source.id} ${listing?.importId ?? ''}`} />;
}
