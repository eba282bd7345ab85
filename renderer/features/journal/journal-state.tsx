/**
 * Where a journal stands, as sign and word.
 */
import type { Journal } from '@shared/contract/journals';
import { Badge, CheckIcon, ExportIcon, TimingIcon, WarningIcon } from '../../ui';

/** `isWithdrawn`: its lines changed, so it no longer waits for its approver. */
export function JournalState({ state, isWithdrawn = false }: { readonly state: Journal['state']; readonly isWithdrawn?: boolean }) {
  if (isWithdrawn) {
    return (
      <Badge tone="unexplained" icon={WarningIcon}>
        withdrawn
      </Badge>
    );
  }
  switch (state) {
    case 'prepared':
      return (
        <Badge tone="warning" icon={TimingIcon}>
          waits for approval
        </Badge>
      );
    case 'approved':
      return (
        <Badge tone="cleared" icon={CheckIcon}>
          approved
        </Badge>
      );
    case 'exported':
      return (
        <Badge tone="cleared" icon={ExportIcon}>
          exported
        </Badge>
      );
  }
}
