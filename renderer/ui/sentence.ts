/**
 * Sentences that came with the data, set as the rest of the screen is: true minus signs, dates as people write them,
 * and neither a date nor a figure broken over two lines.
 */
import { dateText, instantText, shortInstantText } from './date';
import { withTrueMinus } from './number';

const NO_BREAK = '\u00a0';

const unbroken = (text: string): string => text.replace(/ /g, NO_BREAK);

/** A local `2026-10-31 22:10` stands as `31 Oct 22:10`, a day as `31 Oct 2026`; numbers of documents stay as they are. */
export const sentenceText = (sentence: string): string =>
  withTrueMinus(sentence)
    .replace(/(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?: (\d{2}:\d{2}))?(?![\w-])/g, (whole, year: string, month: string, day: string, time?: string) => {
      // The wall clock as it stands in the sentence: no time zone is to move it.
      const instant = Date.parse(`${year}-${month}-${day}T${time ?? '00:00'}Z`);
      if (Number.isNaN(instant)) return whole;
      return unbroken(time ? shortInstantText(instant, 'UTC') : dateText(instant, 'UTC'));
    })
    .replace(/([+\u2212]?\d[\d.,]*) (?=units?\b)/g, `$1${NO_BREAK}`);

const UTC_INSTANT = /\b(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)Z| (\d{2}:\d{2}) UTC)/g;

/**
 * Instants in UTC (`2026-11-06T07:59:59Z`, `2026-11-23 08:04 UTC`) in the workbook's time zone; the last second of a
 * day is that day, as due dates are kept.
 */
export const withLocalInstants = (text: string, timeZone: string): string =>
  text.replace(UTC_INSTANT, (written, day: string, exact?: string, short?: string) => {
    const instant = Date.parse(`${day}T${exact ?? short}Z`);
    if (Number.isNaN(instant)) return written;
    const endsDay = dateText(instant, timeZone) !== dateText(instant + 1000, timeZone);
    return unbroken(endsDay ? dateText(instant, timeZone) : instantText(instant, timeZone));
  });
