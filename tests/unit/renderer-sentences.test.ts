/**
 * Sentences that came with the data, as the window sets them.
 */
import { describe, expect, test } from 'vitest';
import { sentenceText, withLocalInstants } from '../../renderer/ui/sentence';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a sentence of the data', () => {
  test('writes local instants and days as the screen does, and never breaks one', () => {
    const text = sentenceText('happened 2026-10-31 22:10, posted by the ERP 2026-11-01 08:10, due 2026-11-05.');
    expect(plain(text)).toBe('happened 31 Oct 22:10, posted by the ERP 1 Nov 08:10, due 5 Nov 2026.');
    expect(text).toContain('31\u00a0Oct\u00a022:10');
  });

  test('leaves numbers of documents and names of files as they are', () => {
    for (const text of ['count CNT-2026-10-31 holds', 'see movements-2026-10-31.csv', 'period 2026-10']) expect(sentenceText(text)).toBe(text);
  });

  test('has true minus signs that stay with their unit', () => {
    expect(sentenceText('CUSH-GRN-16, -8 units')).toBe('CUSH-GRN-16, \u22128\u00a0units');
  });
});

describe('an instant in UTC', () => {
  test('stands in the time zone of the workbook', () => {
    expect(plain(withLocalInstants('sealed at 2026-11-23 08:04 UTC.', 'America/Los_Angeles'))).toBe('sealed at 23 Nov 2026, 00:04.');
    expect(plain(withLocalInstants('as of 2026-11-01T05:00:00Z', 'America/Los_Angeles'))).toBe('as of 31 Oct 2026, 22:00');
  });

  test('that ends a day is that day, as due dates are kept', () => {
    expect(plain(withLocalInstants('due 2026-11-06T07:59:59Z', 'America/Los_Angeles'))).toBe('due 5 Nov 2026');
  });
});
