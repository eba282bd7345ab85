/**
 * The import screen's words and the mapping that a person makes for an unknown file.
 */
import { bytesWords } from '@shared/domain/byte-size';
import { describe, expect, test } from 'vitest';
import type { FileColumn, FileInspection, Rehearsal, TargetField } from '@shared/domain/import';
import { ImportProfile, profileOfMapping } from '@shared/domain/import';
import {
  draftOf,
  mappingOf,
  missingIn,
  NUMBER_STYLES,
  sourceOf,
  withField,
  withKind,
} from '../../renderer/features/import/mapping-draft';
import { byImportOrder, fileNameOf, type QueuedFile } from '../../renderer/features/import/queued-file';
import {
  bringsWhatIsUnknown,
  layoutWords,
  phaseWords,
  writeAction,
  writeAllAction,
} from '../../renderer/features/import/words';

const columns = (...fields: readonly (TargetField | null)[]): FileColumn[] =>
  fields.map((suggestedField, index) => ({
    position: index + 1,
    header: `Column ${index + 1}`,
    occurrence: 1,
    samples: [],
    suggestedField,
  }));

const inspectionOf = (given: Partial<FileInspection>): FileInspection => ({
  fileName: 'Lager 2026-10.csv',
  sha256: '',
  byteLength: 0,
  encoding: 'utf-8',
  delimiter: ';',
  sheets: [],
  sheet: null,
  headerRow: 1,
  columns: [],
  profile: null,
  fits: [],
  bringsLocations: false,
  toldAtAsOf: [],
  likelySource: null,
  needs: { asOf: false, location: false, dateStyle: false, numberStyle: false },
  refusal: null,
  guessedNumberStyle: { decimal: ',', thousands: '.' },
  guessedDateStyle: 'iso',
  alreadyImported: null,
  ...given,
});

const queued = (key: number, given: Partial<QueuedFile>): QueuedFile => ({
  key,
  fileName: `file-${key}.csv`,
  filePath: undefined,
  bytes: undefined,
  phase: 'ready',
  given: {},
  inspection: undefined,
  rehearsal: undefined,
  isStale: false,
  refusal: undefined,
  importId: undefined,
  ...given,
});

const rehearsalOf = (given: Partial<Rehearsal>) =>
  ({
    rowsAccepted: 0,
    rowsQuarantined: 0,
    quarantinedByReason: [],
    newItems: [],
    newLocations: [],
    ...given,
  }) as unknown as Rehearsal;

describe('what a button says', () => {
  test('it states the rows to write, and those that go to the quarantine where there are any', () => {
    expect(writeAction({ rowsAccepted: 1132, rowsQuarantined: 4 })).toBe('Write 1,132 rows, 4 to quarantine');
    expect(writeAction({ rowsAccepted: 1, rowsQuarantined: 0 })).toBe('Write 1 row');
  });

  test('for all files it adds up those that are ready, and promises no more bad rows than were shown', () => {
    const files = [
      queued(1, { rehearsal: rehearsalOf({ rowsAccepted: 1000, rowsQuarantined: 0 }) }),
      queued(2, { rehearsal: rehearsalOf({ rowsAccepted: 200, rowsQuarantined: 7 }) }),
      queued(3, { phase: 'written', rehearsal: rehearsalOf({ rowsAccepted: 50, rowsQuarantined: 50 }) }),
    ];
    expect(writeAllAction(files)).toBe('Write 2 files: 1,200 rows, at most 7 bad');
  });
});

describe('where a file stands', () => {
  test('a file that does not say when or where asks for exactly that', () => {
    const asking = (asOf: boolean, location: boolean) =>
      phaseWords(queued(1, { phase: 'asking', inspection: inspectionOf({ needs: { asOf, location, dateStyle: false, numberStyle: false } }) }));
    expect([asking(true, false), asking(false, true), asking(true, true)]).toEqual([
      'As of when?',
      'At which location?',
      'When and where?',
    ]);
  });

  test('a file with unknown names points at the files before it that bring new ones', () => {
    const unknown = {
      quarantinedByReason: [{ reason: 'unknown_item' as const, subject: 'A', rows: 1, whatWouldMend: '' }],
    };
    const items = queued(1, { rehearsal: rehearsalOf({ newItems: ['A'] }) });
    const shop = queued(2, { rehearsal: rehearsalOf(unknown) });
    expect(bringsWhatIsUnknown(shop, [items, shop])).toEqual(['file-1.csv']);
    expect(bringsWhatIsUnknown(shop, [{ ...items, phase: 'written' }, shop])).toEqual([]);
    expect(bringsWhatIsUnknown(shop, [shop, items])).toEqual([]);
  });

  test('the layout names delimiter or sheet and the header row', () => {
    expect(layoutWords({ encoding: 'utf-8', delimiter: ';', sheet: null, headerRow: 3 })).toBe(
      'UTF-8, semicolon, header in row 3',
    );
    expect(layoutWords({ encoding: '', delimiter: null, sheet: 'Count', headerRow: 1 })).toBe(
      'sheet Count, header in row 1',
    );
  });

  test('sizes are read in steps of a thousand', () => {
    expect([999, 1000, 142_310, 2_500_000].map(bytesWords)).toEqual(['999 bytes', '1.0 kB', '142.3 kB', '2.5 MB']);
  });

  test('the last part of a path is the name, whichever way folders are written', () => {
    expect([fileNameOf('/a/b c.csv'), fileNameOf('C:\\a\\b.csv'), fileNameOf('b.csv')]).toEqual([
      'b c.csv',
      'b.csv',
      'b.csv',
    ]);
  });

  test('files of one kind keep the order in which they were added', () => {
    const profile = { id: 'p', version: 1, name: '', source: 's', kind: 'count' as const, system: null, why: '' };
    const files = [3, 1, 2].map((key) => queued(key, { inspection: inspectionOf({ profile }) }));
    expect(files.sort(byImportOrder).map((file) => file.key)).toEqual([1, 2, 3]);
  });
});

describe('a mapping', () => {
  test('it begins with the kind that the suggestions fill best', () => {
    expect(draftOf(inspectionOf({ columns: columns('sku', 'location', 'counted', 'counted_at') })).kind).toBe('count');
    expect(draftOf(inspectionOf({ columns: columns('sku', 'name', 'location', 'on_hand') })).kind).toBe('snapshot');
    expect(draftOf(inspectionOf({ columns: columns('account', 'debit', 'credit') })).kind).toBe('trial_balance');
  });

  test('a field suggested for two columns goes to the first of them', () => {
    expect(draftOf(inspectionOf({ columns: columns('sku', 'sku', 'location', 'on_hand') })).fields).toEqual({
      1: 'sku',
      3: 'location',
      4: 'on_hand',
    });
  });

  test('choosing a field takes it from the column that had it', () => {
    const draft = draftOf(inspectionOf({ columns: columns('sku', 'location', 'on_hand', null) }));
    expect(withField(draft, 4, 'sku').fields).toEqual({ 2: 'location', 3: 'on_hand', 4: 'sku' });
    expect(withField(draft, 1, '').fields).toEqual({ 2: 'location', 3: 'on_hand' });
  });

  test('another kind keeps the fields it knows and forgets the system it does not speak for', () => {
    const draft = {
      ...draftOf(inspectionOf({ columns: columns('sku', 'location', 'on_hand') })),
      system: 'erp' as const,
    };
    const counted = withKind(draft, 'count');
    expect(counted.fields).toEqual({ 1: 'sku', 2: 'location' });
    expect(counted.system).toBeNull();
  });

  test('it names what is missing, and as-of and location of a snapshot may be given at import', () => {
    const draft = draftOf(inspectionOf({ columns: columns('sku', 'on_hand') }));
    expect(missingIn(draft)).toEqual(['the system it speaks for']);
    expect(missingIn({ ...draft, system: 'erp' })).toEqual([]);
    expect(missingIn({ ...withField(draft, 2, ''), system: 'erp' })).toEqual(['a column with a quantity']);
  });

  test('dates that can be read both ways have to be decided where a column holds dates', () => {
    const count = draftOf(
      inspectionOf({ columns: columns('sku', 'location', 'counted', 'counted_at'), guessedDateStyle: null }),
    );
    expect(missingIn(count)).toEqual(['how dates are written']);
    expect(missingIn({ ...count, dateStyle: 'day_month_year' })).toEqual([]);
    expect(
      missingIn({
        ...draftOf(inspectionOf({ columns: columns('sku', 'on_hand'), guessedDateStyle: null })),
        system: 'erp',
      }),
    ).toEqual([]);
  });

  test('what is complete makes a profile that the contract takes', () => {
    const inspection = inspectionOf({ columns: columns('sku', 'location', 'on_hand', null) });
    const mapping = mappingOf({ ...draftOf(inspection), system: 'warehouse' }, inspection);
    const profile = ImportProfile.parse(profileOfMapping(mapping));
    expect(profile).toMatchObject({
      kind: 'snapshot',
      system: 'warehouse',
      source: 'lager',
      name: 'Lager',
      statesHeld: ['on_hand'],
    });
    expect(profile.columns.map((column) => column.headers[0])).toEqual(['Column 1', 'Column 2', 'Column 3']);
  });

  test('a source is written with letters, digits and underscores', () => {
    expect([sourceOf(' Côte d’Azur 3PL '), sourceOf('***')]).toEqual(['cote_d_azur_3pl', '']);
  });

  test('every number style has a key of its own', () => {
    expect(new Set(NUMBER_STYLES.map((style) => style.key)).size).toBe(NUMBER_STYLES.length);
  });
});
