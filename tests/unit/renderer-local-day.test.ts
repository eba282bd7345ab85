/** Days as people type them in their own order, and preferences of figures. */
import { afterEach, describe, expect, test } from 'vitest';
import { fractionLength, ghostTail } from '../../renderer/grid/alignment';
import { copiedCell, type NumberColumn } from '../../renderer/grid/columns';
import { dateText, instantText, setDateLocale } from '../../renderer/ui/date';
import { dayOrder, readFieldDay, shownFieldDay } from '../../renderer/ui/local-day';
import { isWrittenNegative, moneyText, quantityText, setFigureStyle, signedQuantityText } from '../../renderer/ui/number';
import { sentenceText } from '../../renderer/ui/sentence';

afterEach(() => {
  setDateLocale('en-GB');
  setFigureStyle({ locale: undefined, negatives: 'minus' });
});

describe('a day as it is typed', () => {
  test('the year first is the same everywhere', () => {
    for (const locale of ['en-US', 'en-GB', 'de-DE', 'ja-JP']) expect(readFieldDay('2026-10-03', false, locale)).toBe('2026-10-03');
  });

  test('figures alone are read in the order of the language', () => {
    expect(dayOrder('en-US')).toBe('month');
    expect(dayOrder('de-DE')).toBe('day');
    expect(dayOrder('sv-SE')).toBe('year');
    expect(readFieldDay('10/3/2026', false, 'en-US')).toBe('2026-10-03');
    expect(readFieldDay('3/10/2026', false, 'en-GB')).toBe('2026-10-03');
    expect(readFieldDay('3.10.26', false, 'de-DE')).toBe('2026-10-03');
  });

  test('a month in letters leaves no question, in English and in the own language', () => {
    expect(readFieldDay('3 Oct 2026', false, 'en-US')).toBe('2026-10-03');
    expect(readFieldDay('October 3, 2026', false, 'en-GB')).toBe('2026-10-03');
    expect(readFieldDay('3. Okt. 2026', false, 'de-DE')).toBe('2026-10-03');
  });

  test('what is no day is none', () => {
    for (const text of ['', '31 Feb 2026', '13/13/2026', 'soon', '2026-10', '3 xyz 2026']) expect(readFieldDay(text, false, 'en-GB')).toBeUndefined();
  });

  test('a time goes with it, of twelve hours or twenty-four', () => {
    expect(readFieldDay('2026-10-31T22:30', true, 'en-US')).toBe('2026-10-31T22:30');
    expect(readFieldDay('10/31/2026, 10:30 PM', true, 'en-US')).toBe('2026-10-31T22:30');
    expect(readFieldDay('31.10.2026, 22:30', true, 'de-DE')).toBe('2026-10-31T22:30');
    expect(readFieldDay('31.10.2026', true, 'de-DE')).toBe('2026-10-31T00:00');
    expect(readFieldDay('2026-10-31 25:00', true, 'en-GB')).toBeUndefined();
  });

  test('what is shown can be typed again, in every language of the list', () => {
    for (const locale of ['en-US', 'en-GB', 'de-DE', 'fr-FR', 'es-ES', 'it-IT', 'nl-NL', 'sv-SE', 'pl-PL', 'pt-BR']) {
      setDateLocale(locale);
      for (const held of ['2026-01-09', '2026-05-31', '2026-09-03', '2026-12-25']) expect(readFieldDay(shownFieldDay(held), false), `${locale} ${shownFieldDay(held)}`).toBe(held);
      expect(readFieldDay(shownFieldDay('2026-03-08T21:05'), true), `${locale} ${shownFieldDay('2026-03-08T21:05')}`).toBe('2026-03-08T21:05');
    }
  });
});

describe('figures and dates as the person prefers them', () => {
  const value: NumberColumn<{ readonly figure: number }> = {
    id: 'value', kind: 'money', title: 'Value', width: 80, value: (row) => row.figure, text: (figure) => moneyText(figure, 'USD'), plainText: (figure) => ((figure ?? 0) / 100).toFixed(2),
  };

  test('negatives stand in brackets on the screen and carry a plain minus in a copy', () => {
    setFigureStyle({ locale: 'en-US', negatives: 'brackets' });
    expect(moneyText(-21240, 'USD')).toBe('(212.40)');
    expect(quantityText(-25_000)).toBe('(2.5)');
    expect(signedQuantityText(40_000)).toBe('+4');
    expect(isWrittenNegative(moneyText(-1, 'USD'))).toBe(true);
    expect(copiedCell(value, { figure: -21240 })).toEqual({ kind: 'figure', decimal: '-212.40' });
  });

  test('decimals stand under decimals with brackets too: a figure without one leaves its room', () => {
    expect(fractionLength('(12.50)', '.')).toBe(2);
    expect(ghostTail('(12)', 2, '.', true)).toBe('.00');
    expect(ghostTail('12', 2, '.', true)).toBe('.00)');
    expect(ghostTail('12.50', 2, '.', true)).toBe(')');
    expect(ghostTail('(12.50)', 2, '.', true)).toBe('');
  });

  test('dates, also within sentences, follow the language', () => {
    const instant = Date.UTC(2026, 9, 31, 22, 30);
    expect(instantText(instant, 'UTC')).toBe('31 Oct 2026, 22:30');
    setDateLocale('en-US');
    expect(dateText(instant, 'UTC')).toBe('Oct 31, 2026');
    expect(sentenceText('Posted 2026-10-31 after the count.')).toBe('Posted Oct\u00a031,\u00a02026 after the count.');
  });
});
