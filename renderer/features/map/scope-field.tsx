/**
 * Which rows an action means: those of the group, those chosen in the grid, or all that wait for the same reason.
 */
import type { QuarantineGroup, QuarantineListing } from '@shared/domain/quarantine';
import { QUARANTINE_REASON_WORDS } from '@shared/domain/import-words';
import { type Choice, countWords, SelectField } from '../../ui';
import type { Scope } from './groups';

export interface ScopeFieldProps {
  readonly group: QuarantineGroup;
  readonly reasons: QuarantineListing['reasons'];
  readonly chosen: number;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
  readonly disabled: boolean;
}

export function ScopeField({ group, reasons, chosen, scope, onScope, disabled }: ScopeFieldProps) {
  const ofReason = reasons.find(({ reason, source }) => reason === group.reason && source === group.source);
  const choices: Choice<Scope>[] = [
    { value: 'group', label: `${countWords(group.rows, 'row')} of this group` },
    ...(chosen > 0 ? [{ value: 'chosen' as const, label: `${countWords(chosen, 'row')} chosen below` }] : []),
    ...(ofReason && ofReason.groups > 1
      ? [{ value: 'reason' as const, label: `${countWords(ofReason.rows, 'row')} of ${group.source}: ${QUARANTINE_REASON_WORDS[group.reason].toLowerCase()}` }]
      : []),
  ];
  return <SelectField label="Rows" value={scope} choices={choices} onValue={onScope} disabled={disabled} />;
}
