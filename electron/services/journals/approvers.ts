/**
 * Who approves a journal: somebody else than its preparer, of a role that the rules let; or, where the workbook knows nobody
 * else, the preparer with a stated reason that the journal bears from then on.
 */
import type { ApprovalNeed } from '@shared/contract/journals';
import { beyondRole } from '@shared/domain/approval-needs';
import { formatAmount } from '@shared/domain/money';
import { done, type Outcome, refused } from '@shared/domain/outcome';
import { plural } from '@shared/domain/plural';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import type { IdentityFile } from '../../files/identities/identity-file';
import { identityStore } from '../../files/identities/identity-store';
import type { ServiceContext } from '../context';
import { addPerson, findPerson, type PersonRow } from '../people';

export type ApproverFailure = 'approver_is_preparer' | 'approver_missing' | 'second_person_known' | 'role_refused';

export interface ChosenApprover {
  readonly approver: PersonRow | null;
  readonly noSecondPerson: string | null;
}

/** The person who is to approve, known to the workbook or only to this machine. */
function findApprover(context: ServiceContext, identitiesFolder: string, fingerprint: string): PersonRow | undefined {
  const identity = identityStore(identitiesFolder).findByFingerprint(fingerprint);
  return findPerson(context.workbook, fingerprint) ?? (identity && addPerson(context, identity));
}

/** Everybody of the workbook who could approve what this person prepares. */
const othersWhoApprove = ({ workbook }: ServiceContext, email: string): PersonRow[] =>
  workbook.all<PersonRow>(`SELECT * FROM people WHERE role <> 'auditor' AND email <> ? ORDER BY name`, email);

/** Finds the named approver, or takes the reason why there is none. */
export function chooseApprover(
  context: ServiceContext,
  identitiesFolder: string,
  preparer: IdentityFile,
  request: { readonly approverFingerprint: string | null; readonly noSecondPerson?: string | undefined },
): Outcome<ChosenApprover, ApproverFailure> {
  const why = request.noSecondPerson?.trim() ?? '';
  if (request.approverFingerprint === null) {
    if (why === '') return refused('approver_missing', `Nobody is named to approve. Name somebody else, or say why there is ${NO_SECOND_PERSON}.`);
    const others = othersWhoApprove(context, preparer.email);
    if (others.length > 0) {
      const [first] = others;
      return refused('second_person_known', `This workbook knows ${first!.name} (${first!.email})${others.length > 1 ? ` and ${others.length - 1} more` : ''}, who can approve. Name them.`);
    }
    return done({ approver: null, noSecondPerson: why });
  }
  const approver = findApprover(context, identitiesFolder, request.approverFingerprint);
  if (!approver) return refused('approver_missing', 'The named approver is not known here. Add their identity, or name somebody else.');
  if (preparer.email.toLowerCase() === approver.email.toLowerCase()) {
    return refused('approver_is_preparer', `${preparer.name} prepares this journal and cannot approve it. Name somebody else.`);
  }
  return done({ approver, noSecondPerson: null });
}

const NAMED = 3;
const namesOf = (names: readonly string[]): string => `${names.slice(0, NAMED).join(', ')}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ''}`;

/** Why somebody of this role cannot approve; undefined where they can. */
export function roleObstacle(person: Pick<PersonRow, 'name' | 'role'>, needs: readonly ApprovalNeed[], currency: string): string | undefined {
  if (person.role === 'auditor') return `${person.name} is auditor, who approves nothing. Name somebody else.`;
  const [need] = beyondRole(needs, person.role);
  if (!need) return undefined;
  const isSeveral = need.lines.length !== 1;
  return (
    `${person.name} is ${person.role}. ${plural(need.lines.length, 'line')} over ${formatAmount(need.overMinor, currency)} ${currency} (${namesOf(need.lines)}) ` +
    `${isSeveral ? 'are' : 'is'} approved by ${need.roles.join(' or ')} only.`
  );
}

/** The sentence for lines that want a comment; undefined where none does or one was given. */
export function commentObstacle(needs: readonly ApprovalNeed[], comment: string, currency: string, boundWords: string): string | undefined {
  const wanting = needs.filter((need) => need.comment);
  if (wanting.length === 0 || comment !== '') return undefined;
  const lines = wanting.flatMap((need) => need.lines);
  const bound = Math.min(...wanting.map(({ overMinor }) => overMinor));
  return `${plural(lines.length, 'line is', 'lines are')} over ${boundWords} ${formatAmount(bound, currency)} ${currency} (${namesOf(lines)}). Say in a comment why ${lines.length === 1 ? 'it is' : 'they are'} approved.`;
}

/** The sentence for lines that want an attachment; undefined where all have one. */
export function attachmentObstacle(needs: readonly ApprovalNeed[], currency: string): string | undefined {
  const wanting = needs.filter(({ withoutAttachment }) => withoutAttachment.length > 0);
  if (wanting.length === 0) return undefined;
  const lines = wanting.flatMap(({ withoutAttachment }) => withoutAttachment);
  const bound = Math.min(...wanting.map(({ overMinor }) => overMinor));
  return `${plural(lines.length, 'line')} over ${formatAmount(bound, currency)} ${currency} ${lines.length === 1 ? 'has' : 'have'} no attachment (${namesOf(lines)}). Attach the evidence to ${lines.length === 1 ? 'it' : 'them'} on the Explain screen.`;
}
