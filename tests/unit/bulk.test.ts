/**
 * A bulk change without a window: what the form asks for, how one line is decided, what the statement says.
 */
import { expect, test } from 'vitest';
import type { BulkStatement } from '@shared/domain/bulk';
import { type BulkLine, type BulkSetting, decideBulk, UNTAGGED } from '@shared/domain/bulk-decide';
import { bulkOutlook, bulkSummary } from '@shared/domain/bulk-words';
import { type BulkForm, bulkChangeOf, missingWords, NOTHING_ASKED, TAKE_AWAY } from '../../renderer/features/explain/bulk/bulk-form';

const ask = (form: Partial<BulkForm>) => bulkChangeOf({ ...NOTHING_ASKED, ...form }, 'America/Los_Angeles');

test('the form asks for what stands in its fields, and for nothing while something is missing', () => {
  expect(ask({})).toBeUndefined();
  expect(ask({ reason: 'TIMING', owner: TAKE_AWAY })).toEqual({ reason: 'TIMING', owner: null });
  expect(ask({ reason: TAKE_AWAY, note: ' seen ', noteHow: 'set' })).toEqual({ reason: null, note: { text: 'seen', how: 'set' } });
  expect(ask({ noteHow: 'away', note: 'left over' })).toEqual({ note: { text: '', how: 'set' } });
  expect(ask({ due: 'away' })).toEqual({ dueInstant: null });
  expect(ask({ due: 'set', dueDay: '2026-11-05' })).toEqual({ dueInstant: Date.parse('2026-11-05T23:59:59-08:00') });
  expect(ask({ due: 'set', owner: 'finance' })).toBeUndefined();
  expect(ask({ clear: true, reason: 'TIMING' })).toBeUndefined();
  expect(missingWords({ ...NOTHING_ASKED, clear: true }, undefined)).toBe('Write a note that says why nothing is booked.');
});

const LINE: BulkLine = {
  status: 'open', class: 'unexplained', clearedBy: null, suggestedOwner: 'warehouse', valueMinor: -5000, adjustmentScaled: -10_000, tag: UNTAGGED,
  isChangedSince: false, preparedIn: null, isUnchecked: false,
};
const SETTING: BulkSetting = {
  change: { clear: true, reason: 'TIMING', note: { text: 'why', how: 'append' } }, currency: 'USD', materialityMinor: 5000,
  reasons: new Map([['TIMING', { defaultOwner: 'operations', posts: false }], ['SHRINK', { defaultOwner: 'warehouse', posts: true }]]),
};

test('a line at materiality may be cleared by a person, one cent above it may not, and what is unknown may not', () => {
  expect(decideBulk(LINE, SETTING)).toEqual({ kind: 'changes', after: { reason: 'TIMING', owner: 'warehouse', note: 'why', dueInstant: null }, isGivenAnew: true });
  expect(decideBulk({ ...LINE, valueMinor: 5001 }, SETTING)).toEqual({ kind: 'refused', why: 'over_materiality', detail: '50.01 USD' });
  expect(decideBulk({ ...LINE, valueMinor: null }, SETTING)).toMatchObject({ why: 'value_unknown' });
  expect(decideBulk({ ...LINE, isUnchecked: true }, SETTING)).toMatchObject({ why: 'checks_missing' });
});

test('clearing without a reason takes the one that is there, where it books nothing', () => {
  const setting: BulkSetting = { ...SETTING, change: { clear: true, note: { text: 'why', how: 'append' } } };
  expect(decideBulk(LINE, setting)).toMatchObject({ why: 'reason_missing' });
  expect(decideBulk({ ...LINE, tag: { ...UNTAGGED, reason: 'SHRINK', owner: 'finance' } }, setting)).toMatchObject({ why: 'reason_posts', detail: 'SHRINK' });
  expect(decideBulk({ ...LINE, tag: { ...UNTAGGED, reason: 'TIMING' } }, setting)).toMatchObject({ kind: 'changes', after: { reason: 'TIMING', owner: 'warehouse' } });
});

test('the statement is told in whole sentences', () => {
  const none = { open: 0, tagged: 0, approved: 0, cleared: 0 };
  const statement: BulkStatement = {
    periodCode: '2026-10', currency: 'USD', lines: 1340, changes: 1312, already: 1, refused: 27, fields: [], refusals: [], value: [], valueMinor: 0,
    before: { ...none, open: 40 }, after: { ...none, open: 1 }, openInPeriodBefore: 40, openInPeriodAfter: 1, toConfirm: 2, fingerprint: '',
  };
  expect(bulkSummary(statement)).toBe('1,312 of 1,340 lines change; 1 holds it already, 27 are refused.');
  expect(bulkOutlook(statement)).toEqual([
    'Open lines of 2026-10: 40 now, 1 after it; of those chosen 1 of 40 stays open.', '2 lines have this reason for other figures and wait to be confirmed.',
  ]);
  expect(bulkSummary({ ...statement, lines: 1, changes: 1, already: 0, refused: 0 })).toBe('1 line changes.');
});
