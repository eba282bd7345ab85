/**
 * What the screens of quarantine, approval, lock, audit and people decide before they draw.
 */
import { describe, expect, test } from 'vitest';
import { differenceOfDecimalTexts, sumDecimalTexts } from '@shared/domain/decimal-text';
import { sumByReason } from '../../renderer/features/approve/by-reason';
import { reasonTotals } from '../../renderer/features/approve/reason-totals';
import { problemOf, standing } from '../../renderer/features/approve/standing';
import { pagesOf } from '../../renderer/features/audit/audit-pages';
import { readEventDetail } from '../../renderer/features/audit/event-detail';
import { verificationText } from '../../renderer/features/lock/verification-text';
import { cellNames, groupToShow, keyOfGroup, replaySentence } from '../../renderer/features/map/groups';
import {
  looksLikeEmail,
  passPhraseHint,
  repeatProblem,
  shortFingerprint,
} from '../../renderer/features/people/pass-phrase';
import { currencyOfLocale, timeZoneEntries } from '../../renderer/features/start/start-choices';
import { fieldOfInstant, instantOfField } from '../../renderer/ui/local-time';
import { differenceColumn, roundingOfDebits } from '../../renderer/ui/rounding';
import { rowsInSight } from '../../renderer/ui/rows-in-sight';

describe('decimal text', () => {
  test('sums and differences keep every digit', () => {
    expect(sumDecimalTexts(['0.1', '0.2', '-0.0005'])).toBe('0.2995');
    expect(differenceOfDecimalTexts('9007199254740993.5', '0.25')).toBe('9007199254740993.25');
    expect(differenceOfDecimalTexts('3', '10')).toBe('-7');
    expect(sumDecimalTexts([])).toBe('0');
  });

  test('what is no decimal is a fault, not a figure', () => {
    expect(() => sumDecimalTexts(['1,5'])).toThrow('no decimal: 1,5');
  });
});

describe('a time typed on the workbook’s wall clock', () => {
  test('it is an instant in the workbook’s time zone and reads back the same', () => {
    const instant = instantOfField('2026-10-31T22:30', 'America/Los_Angeles');
    expect(instant).toBe(Date.parse('2026-10-31T22:30:00-07:00'));
    expect(fieldOfInstant(instant!, 'America/Los_Angeles')).toBe('2026-10-31T22:30');
  });

  test('a half filled field is no instant', () => {
    expect(instantOfField('', 'UTC')).toBeUndefined();
    expect(instantOfField('2026-10-31', 'UTC')).toBeUndefined();
  });
});

describe('rows in sight', () => {
  test('only rows near the box are drawn, whatever their number', () => {
    const { first, end } = rowsInSight(28_000, 560, 28, 20_000);
    expect(first).toBeGreaterThan(980);
    expect(first).toBeLessThanOrEqual(1000);
    expect(end).toBeGreaterThanOrEqual(1020);
    expect(end).toBeLessThan(1040);
  });

  test('the ends of the list are the ends', () => {
    expect(rowsInSight(0, 560, 28, 5)).toEqual({ first: 0, end: 5 });
    expect(rowsInSight(0, 560, 28, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe('the quarantine', () => {
  const group = (subject: string) => ({
    source: 'shopify',
    reason: 'unknown_item' as const,
    subject,
    rows: 1,
    mapping: 'item' as const,
    whatWouldMend: '',
  });

  test('when the chosen group is settled, the next one in its place is shown', () => {
    const groups = [group('A'), group('C')];
    expect(groupToShow(groups, keyOfGroup(group('B')), 1)?.subject).toBe('C');
    expect(groupToShow(groups, keyOfGroup(group('A')), 1)?.subject).toBe('A');
    expect(groupToShow([group('A')], keyOfGroup(group('B')), 3)?.subject).toBe('A');
    expect(groupToShow([], undefined, 0)).toBeUndefined();
  });

  test('groups of one value in two sources are two', () => {
    expect(keyOfGroup(group('A'))).not.toBe(keyOfGroup({ ...group('A'), source: 'plain' }));
  });

  test('a replay says what was written and what waits', () => {
    expect(replaySentence({ tried: 283, written: 270, stillWaiting: 13 })).toBe('270 rows written, 13 still wait.');
    expect(replaySentence({ tried: 1, written: 1, stillWaiting: 0 })).toBe('1 row written.');
    expect(replaySentence({ tried: 4, written: 0, stillWaiting: 4 })).toBe('No row could be written, 4 still wait.');
  });

  test('each cell has a name of its own, also where headers repeat or are empty', () => {
    expect(cellNames(['SKU', 'Qty', 'Qty', ''], ['1', '2', '3', '4', '5'])).toEqual([
      'SKU',
      'Qty (1)',
      'Qty (2)',
      'Column 4',
      'Column 5',
    ]);
  });
});

describe('approval', () => {
  const journal = {
    number: 'ADJ-1',
    preparerEmail: 'ana@x.example',
    namedApprover: 'Ben',
    namedApproverEmail: 'ben@x.example', noSecondPerson: null,
  };

  test('the preparer is told why they cannot approve, and who can', () => {
    expect(problemOf({ name: 'Ana', email: 'ana@x.example' }, journal)).toBe(
      'Ana prepared ADJ-1 and cannot approve it: two people see every journal. Ben was named.',
    );
    expect(problemOf({ name: 'Cy', email: 'cy@x.example' }, journal)).toBe('ADJ-1 names Ben as approver.');
    expect(problemOf({ name: 'Ben', email: 'ben@x.example' }, journal)).toBe('');
    expect(problemOf(undefined, journal)).toBe('');
  });

  test('a person’s standing names the missing key', () => {
    const ben = { email: 'ben@x.example', role: 'controller' as const, canSignHere: false };
    expect(standing(ben, journal)).toBe('named as approver, key is not on this machine');
    expect(standing(ben, undefined)).toBe('key is not on this machine');
    expect(standing({ ...ben, email: 'ana@x.example' }, journal)).toBe('prepared it, cannot approve it');
  });

  test('tagged lines are summed by reason over all pages, unknown values counted apart', () => {
    const sums = sumByReason([
      { reasonCode: ['B', 'A'], valueMinor: [-100, 250] },
      { reasonCode: ['A', 'A'], valueMinor: [-50, null] },
    ]);
    expect(sums).toEqual([
      { reasonCode: 'A', lines: 3, valueMinor: 300, linesWithoutCost: 1 },
      { reasonCode: 'B', lines: 1, valueMinor: 100, linesWithoutCost: 0 },
    ]);
  });

  test('a journal’s reasons add up to its totals', () => {
    const line = (accountCode: string, debitMinor: number, creditMinor: number) => ({
      reasonCode: 'R',
      accountCode,
      accountName: '',
      debitMinor,
      creditMinor,
      sourceLines: 2,
    });
    const totals = reasonTotals([line('5190', 300, 0), line('1300', 0, 300), line('5190', 45, 0), line('1300', 0, 45)]);
    expect(totals).toMatchObject([
      { accountCode: '5190', debitMinor: 345, sourceLines: 4 },
      { accountCode: '1300', creditMinor: 345 },
    ]);
  });

  test('rounding is told once for the two lines of a pair', () => {
    const pair = (roundingDifference: string) => [
      { debitMinor: 5, roundingDifference },
      { debitMinor: 0, roundingDifference },
    ];
    expect(roundingOfDebits([...pair('-0.0037000000'), ...pair('-0.0045000000')])).toBe('\u22120.0082');
    expect(roundingOfDebits(pair('0.0000000000'))).toBe('0');
  });

  test('rounding differences under each other have as many places as the finest of them, and a dash where nothing moved', () => {
    expect(differenceColumn(['0.0050000000', '0.0000000000', '-0.0037000000', '12.0000000000'])).toEqual(['0.0050', '–', '\u22120.0037', '12.0000']);
    expect(differenceColumn(['0.0000000000', '-2.0000000000', '3'])).toEqual(['–', '\u22122', '3']);
    expect(differenceColumn([])).toEqual([]);
  });
});

describe('verification as text', () => {
  test('it names the subject, each check and every finding under its check', () => {
    const text = verificationText(
      {
        subject: '/close/2026/a.tieout',
        kind: 'workbook',
        holds: false,
        facts: [{ name: '2026-10, seal 1', value: 'lodged code 1234-5678' }],
        checks: [
          { name: 'Chain', holds: true, message: '12 events', findings: [], howToCheck: 'sqlite3' },
          { name: 'Seal', holds: false, message: '1 of 9 rows differs', findings: ['lines 4: was 5, is 6'], howToCheck: 'openssl' },
        ],
      },
      '5 Nov 2026, 16:00',
    );
    expect(text.split('\n')).toEqual([
      'a.tieout: differs, 1 of 2 checks',
      '/close/2026/a.tieout',
      'Verified 5 Nov 2026, 16:00',
      '2026-10, seal 1: lodged code 1234-5678',
      '',
      'holds    Chain: 12 events',
      '           Without Tieout: sqlite3',
      'differs  Seal: 1 of 9 rows differs',
      '           lines 4: was 5, is 6',
      '           Without Tieout: openssl',
    ]);
  });
});

describe('an audit event', () => {
  test('fields that changed come before those that did not', () => {
    const { changes, why } = readEventDetail(
      JSON.stringify({
        before: { owner: 'finance', reason: null },
        after: { owner: 'finance', reason: 'PHY-FOUND' },
        why: 'recount',
      }),
    );
    expect(changes).toEqual([
      { name: 'reason', before: 'nothing', after: 'PHY-FOUND' },
      { name: 'owner', before: 'finance', after: 'finance' },
    ]);
    expect(why).toBe('recount');
  });

  test('a thing that was not there before had nothing in every field', () => {
    const { changes, facts } = readEventDetail(JSON.stringify({ before: null, after: { reasonCode: 'A' } }));
    expect(changes).toEqual([{ name: 'reason code', before: 'nothing', after: 'A' }]);
    expect(facts).toEqual([]);
  });

  test('everything else is named, and what is no JSON is shown as it stands', () => {
    expect(readEventDetail('{"rows_written":3,"files":["a","b"],"rows":{"bad":1}}').facts).toEqual([
      { name: 'rows written', value: '3' },
      { name: 'files', value: 'a, b' },
      { name: 'rows', value: 'bad 1' },
    ]);
    expect(readEventDetail('not json').facts).toEqual([{ name: 'detail', value: 'not json' }]);
  });

  test('pages are asked for as their rows come into sight', () => {
    expect(pagesOf(0, 40)).toEqual([0]);
    expect(pagesOf(190, 410)).toEqual([0, 1, 2]);
    expect(pagesOf(200, 400)).toEqual([1]);
    expect(pagesOf(10, 10)).toEqual([]);
  });
});

describe('people', () => {
  test('a pass phrase is told its length until it is long enough', () => {
    expect(passPhraseHint('')).toContain('At least 8 characters');
    expect(passPhraseHint('short')).toBe('5 of at least 8 characters');
    expect(passPhraseHint('nine cedar masts')).toBe('16 characters');
  });

  test('the repetition complains as soon as it cannot become the same', () => {
    expect(repeatProblem('cedar masts', 'cedar m')).toBe('');
    expect(repeatProblem('cedar masts', 'cedar x')).toBe('Differs from the pass phrase above');
    expect(repeatProblem('cedar masts', 'cedar masts and more')).toBe('Differs from the pass phrase above');
    expect(repeatProblem('cedar masts', 'cedar masts')).toBe('');
  });

  test('fingerprints are cut to sixteen figures in fours', () => {
    expect(shortFingerprint('a1f9b2e8c3d7d4c6ffff')).toBe('A1F9 B2E8 C3D7 D4C6');
  });

  test('an address needs a name, a place and a dot', () => {
    expect(['ana@x.example', ' ana@x.example ', 'ana@x', 'ana x@y.example'].map(looksLikeEmail)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the start', () => {
  test('the currency of a new workbook follows the region of the machine', () => {
    expect(['en-US', 'en-GB', 'de', 'fr-CH', 'xx'].map(currencyOfLocale)).toEqual(['USD', 'GBP', 'EUR', 'CHF', 'USD']);
  });

  test('the machine’s own time zone can always be chosen', () => {
    expect(
      timeZoneEntries('Etc/Nowhere+1'.replace('Nowhere+1', 'GMT+3'), Date.UTC(2026, 9, 1)).some(
        (zone) => zone.key === 'Etc/GMT+3',
      ),
    ).toBe(true);
  });
});
