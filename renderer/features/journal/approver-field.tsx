/**
 * Who is to approve; where the workbook knows nobody else, why the preparer approves alone.
 */
import type { Person } from '@shared/contract/people';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import { SelectField, TextField } from '../../ui';

export interface ApproverChoice {
  /** The key of whoever is to approve; empty while nobody is chosen. */
  readonly approver: string;
  readonly noSecondPerson: string;
}

export const NOBODY_CHOSEN: ApproverChoice = { approver: '', noSecondPerson: '' };

/** Everybody but this person and auditors. */
export const othersWhoApprove = (people: readonly Person[], signer: string): readonly Person[] => {
  const own = people.find((person) => person.fingerprint === signer);
  return people.filter((person) => person.email !== own?.email && person.role !== 'auditor');
};

/** What the calls that prepare are given. */
export const approvingInput = ({ approver, noSecondPerson }: ApproverChoice, others: number) =>
  others === 0 ? { approverFingerprint: null, noSecondPerson } : { approverFingerprint: approver, noSecondPerson: '' };

/** Why nobody can be asked yet; empty where somebody can. */
export function approverMissing({ approver, noSecondPerson }: ApproverChoice, others: number): string {
  if (others === 0) return noSecondPerson.trim() === '' ? `Say why there is ${NO_SECOND_PERSON}, or add an identity` : '';
  return approver === '' ? 'Name the approver' : '';
}

export interface ApproverFieldProps {
  readonly people: readonly Person[];
  readonly signer: string;
  readonly choice: ApproverChoice;
  readonly onChoice: (choice: ApproverChoice) => void;
  readonly disabled: boolean;
}

export function ApproverField({ people, signer, choice, onChoice, disabled }: ApproverFieldProps) {
  const others = othersWhoApprove(people, signer);
  if (others.length === 0) {
    return (
      <TextField
        label={`Why there is ${NO_SECOND_PERSON}`}
        value={choice.noSecondPerson}
        onValue={(noSecondPerson) => onChoice({ approver: '', noSecondPerson })}
        maxLength={500}
        disabled={disabled}
        hint="Nobody else is known who could approve. The journal bears this for ever."
      />
    );
  }
  return (
    <SelectField
      label="Approver"
      value={choice.approver}
      onValue={(approver) => onChoice({ approver, noSecondPerson: '' })}
      disabled={disabled}
      problem={choice.approver !== '' && choice.approver === signer ? 'Preparer and approver are two different people.' : undefined}
      choices={[
        { value: '', label: 'Choose a person' },
        ...people.map((person) => ({
          value: person.fingerprint,
          disabled: person.fingerprint === signer || person.role === 'auditor',
          label: person.fingerprint === signer ? `${person.name}, prepares it` : `${person.name}, ${person.role}`,
        })),
      ]}
    />
  );
}
