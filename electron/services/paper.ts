/**
 * The paper that a company prints on.
 */
import type { PaperFormat } from '@shared/domain/journal-workbook';

/** Countries that print on Letter, by the time zones people there choose; all others print on A4. */
const LETTER_ZONES = /^(America\/|US\/|Canada\/)/;

/** What people of a workbook's time zone print on. */
export const usualPaper = (timeZone: string): PaperFormat => (LETTER_ZONES.test(timeZone) ? 'letter' : 'a4');
