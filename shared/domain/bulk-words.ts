/**
 * The statement of a bulk change in words, the same in the window and on the command line.
 */
import type { BulkField, BulkRefusal, BulkStatement } from './bulk';
import { countText, plural } from './plural';

export const BULK_FIELD_WORDS: Readonly<Record<BulkField, string>> = { reason: 'Reason', owner: 'Owner', due: 'Due date', note: 'Note' };

/** Which lines are refused, after their number, and what can be done about it. */
export const BULK_REFUSAL_WORDS: Readonly<Record<BulkRefusal, { readonly which: string; readonly nextStep: string }>> = {
  line_approved: { which: 'in an approved journal', nextStep: 'The answer stands; a correction belongs in the next period.' },
  line_prepared: { which: 'in a journal that waits for its approver', nextStep: 'It would be withdrawn. Take it back to draft first, or leave reason and owner as they are.' },
  cleared_by_rule: { which: 'cleared by a rule already', nextStep: 'Nothing is left to clear.' },
  reason_missing: { which: 'without a reason', nextStep: 'Give one that posts nothing.' },
  reason_posts: { which: 'with a reason that books an adjustment', nextStep: 'Give one that posts nothing, or leave them to the journal.' },
  value_unknown: { which: 'of unknown value', nextStep: 'Import a unit cost: what is unknown may be over materiality.' },
  over_materiality: { which: 'over materiality', nextStep: 'Give them a reason; the journal and its approval settle them.' },
  checks_missing: { which: 'not checked for open orders, reservations and returns', nextStep: 'Record what was found, then clear them.' },
  over_limit: { which: 'past the limit of what may be left unbooked', nextStep: 'Clear fewer, or book the adjustments.' },
  note_too_long: { which: 'with a note too long to add to', nextStep: 'Set a new note instead.' },
};

/** `312 of 340 lines change; 8 hold it already, 20 are refused.` */
export function bulkSummary({ lines, changes, already, refused }: BulkStatement): string {
  const rest = [
    ...(already > 0 ? [`${countText(already)} ${already === 1 ? 'holds' : 'hold'} it already`] : []),
    ...(refused > 0 ? [`${countText(refused)} ${refused === 1 ? 'is' : 'are'} refused`] : []),
  ];
  const of = changes === lines ? plural(lines, 'line') : `${countText(changes)} of ${plural(lines, 'line')}`;
  return `${of} ${changes === 1 ? 'changes' : 'change'}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
}

/** What follows for the lines that are open. */
export function bulkOutlook({ periodCode, before, after, openInPeriodBefore, openInPeriodAfter, toConfirm }: BulkStatement): readonly string[] {
  const ofChosen = before.open > 0 ? `; of those chosen ${countText(after.open)} of ${countText(before.open)} ${after.open === 1 ? 'stays' : 'stay'} open` : '';
  return [
    `Open lines of ${periodCode}: ${countText(openInPeriodBefore)} now, ${countText(openInPeriodAfter)} after it${ofChosen}.`,
    ...(before.cleared > 0 ? [`${countText(before.cleared)} of those chosen ${before.cleared === 1 ? 'was' : 'were'} cleared by a rule and ${before.cleared === 1 ? 'stays' : 'stay'} so.`] : []),
    ...(toConfirm > 0 ? [`${plural(toConfirm, 'line has', 'lines have')} this reason for other figures and ${toConfirm === 1 ? 'waits' : 'wait'} to be confirmed.`] : []),
  ];
}
