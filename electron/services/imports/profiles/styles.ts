/**
 * The styles that a profile leaves to the file: decided over every row before the first is read, or asked for.
 */
import type { DateStyle, NumberStyle } from '@shared/domain/import-profile';
import { done, refused, type Outcome } from '@shared/domain/outcome';
import { StyleEvidence } from '../../../files/profiles/styles';
import type { TableFile } from '../../../files/readers/table';
import type { Job } from '../../context';
import type { Choice } from './choose';

const CHECK_EVERY_ROWS = 5_000;

export interface GivenStyles {
  readonly dateStyle?: DateStyle | undefined;
  readonly numberStyle?: NumberStyle | undefined;
}

export type StyleFailure = 'date_style_needed' | 'number_style_needed';

const DATE_WORDS: Readonly<Partial<Record<DateStyle, string>>> = {
  month_day_year: 'Dates are month first, by the whole column.',
  day_month_year: 'Dates are day first, by the whole column.',
};

/**
 * The choice with both styles decided: as given, as the profile says, or as the whole column tells.
 *
 * @returns a refusal where the column can be read in two ways and nobody said which is meant
 */
export async function decideStyles(table: TableFile, choice: Choice, given: GivenStyles, job: Job): Promise<Outcome<Choice, StyleFailure>> {
  const { match, sheet } = choice;
  const { profile } = match;
  const { fileName } = table.source;
  let dateStyle = given.dateStyle ?? profile.dateStyle;
  let numberStyle = given.numberStyle ?? profile.numberStyle;
  const why = [choice.why];
  if (dateStyle === 'by_column' || numberStyle === 'by_column') {
    const evidence = new StyleEvidence(match);
    let seen = 0;
    for await (const row of table.rows(sheet ?? undefined)) {
      if (row.rowNumber <= match.headerRow) continue;
      evidence.take(row.cells);
      seen += 1;
      if (seen % CHECK_EVERY_ROWS === 0) job.checkCancelled();
    }
    if (dateStyle === 'by_column') {
      const decided = evidence.dates.decided();
      if (decided === 'open') {
        return refused('date_style_needed', `${fileName}: no date tells day from month, as 03/04/2026 does not. Say whether the day or the month comes first (--date-style).`);
      }
      if (decided === 'both') {
        return refused('date_style_needed', `${fileName}: some dates can only be day first and others only month first. Say which is meant (--date-style); the others will wait.`);
      }
      dateStyle = decided;
      if (evidence.dates.tells) why.push(DATE_WORDS[decided] ?? '');
    }
    if (numberStyle === 'by_column') {
      const decided = evidence.numbers.decided();
      if (decided === 'open') {
        return refused('number_style_needed', `${fileName}: no number tells the decimal sign, as 1,200 does not. Say whether it is a point or a comma (--number-style).`);
      }
      if (decided === 'both') {
        return refused('number_style_needed', `${fileName}: some numbers can only have a decimal point and others only a decimal comma. Say which is meant (--number-style); the others will wait.`);
      }
      numberStyle = decided;
      if (evidence.numbers.tells) why.push(`The decimal sign is a ${decided.decimal === '.' ? 'point' : 'comma'}, by the whole column.`);
    }
  }
  return done({ ...choice, why: why.join(' '), match: { ...match, profile: { ...profile, dateStyle, numberStyle } } });
}
