/**
 * What a person may do with a journal that waits, in words. The workbook holds to it; this only says it beforehand.
 */
import type { Journal } from '@shared/contract/journals';
import type { Person } from '@shared/contract/people';

/** What a person may do with the journal that waits, in words. */
export function standing(
  person: Pick<Person, 'email' | 'canSignHere' | 'role'>,
  journal: Pick<Journal, 'preparerEmail' | 'namedApproverEmail' | 'noSecondPerson'> | undefined,
): string {
  if (journal?.preparerEmail === person.email) return journal.noSecondPerson === null ? 'prepared it, cannot approve it' : 'prepared it and approves it alone';
  const here = person.canSignHere ? 'can sign here' : 'key is not on this machine';
  if (!journal) return here;
  return journal.namedApproverEmail === person.email ? `named as approver, ${here}` : 'not named in this journal';
}

/** Why this person cannot approve this journal; empty where they can or nobody was chosen. */
export function problemOf(
  person: Pick<Person, 'email' | 'name'> | undefined,
  journal: Pick<Journal, 'preparerEmail' | 'namedApprover' | 'namedApproverEmail' | 'number' | 'noSecondPerson'>,
): string {
  if (!person) return '';
  if (person.email === journal.preparerEmail && journal.noSecondPerson === null) {
    return `${person.name} prepared ${journal.number} and cannot approve it: two people see every journal. ${journal.namedApprover} was named.`;
  }
  if (person.email !== journal.namedApproverEmail)
    return `${journal.number} names ${journal.namedApprover} as approver.`;
  return '';
}
