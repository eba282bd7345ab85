/**
 * Journals in plain words, the same in the window, on the command line and in the Excel file.
 */
import type { ApprovalNeed } from './approval-needs';
import { formatAmount } from './money';
import { plural } from './plural';
import { TRUTH_SYSTEM_WORDS } from './rule-words';
import type { System } from './states';

export interface CostSource {
  readonly system: System | null;
  readonly fileName: string;
  readonly heading: string;
  readonly method: string;
  readonly lines: number;
}

/** `3 lines by the ERP, netsuite.csv, column Average Cost (average)`. */
export function costWords({ system, fileName, heading, method, lines }: CostSource): string {
  const owner = system === null ? "the item's own cost" : `the ${TRUTH_SYSTEM_WORDS[system]}`;
  const place = [fileName === '' ? '' : `, ${fileName}`, heading === '' ? '' : `, column ${heading}`].join('');
  return `${plural(lines, 'line')} by ${owner}${place} (${method === 'not stated' ? 'method not stated' : method})`;
}

/** `2 lines over 1000.00 USD: approved by controller, with a comment and an attachment on each (1 still wants one: MUG Reno)`. */
export function needWords({ overMinor, roles, comment, attachment, lines, withoutAttachment }: ApprovalNeed, currency: string): string {
  const needed = [comment ? 'a comment' : '', attachment ? 'an attachment on each' : ''].filter((part) => part !== '').join(' and ');
  const missing = withoutAttachment.length === 0 ? '' : ` (still without: ${withoutAttachment.slice(0, 5).join(', ')}${withoutAttachment.length > 5 ? ` and ${withoutAttachment.length - 5} more` : ''})`;
  return `${plural(lines.length, 'line')} over ${formatAmount(overMinor, currency)} ${currency}: approved by ${roles.join(' or ')}${needed === '' ? '' : `, with ${needed}`}${missing}`;
}

/** The mark of what one person signed alone, as it stands inside a sentence and, with a capital, as a title. */
export const NO_SECOND_PERSON = 'no second person';
export const NO_SECOND_PERSON_TITLE = 'No second person';

/** Who agreed beside whoever asked: `agreed by Ben Okafor`, or the mark with its reason. */
export const agreedWords = (agreedBy: string | null, noSecondPerson: string | null): string =>
  agreedBy === null ? noSecondPersonWords(noSecondPerson) : `agreed by ${agreedBy}`;

/** `no second person: the owner alone keeps the books`. */
export const noSecondPersonWords = (why: string | null): string => (why ? `${NO_SECOND_PERSON}: ${why}` : NO_SECOND_PERSON);
