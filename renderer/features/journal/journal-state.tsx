/**
 * Where a journal stands, as sign and word.
 */
import type { Journal } from '@shared/contract/journals';
import { Badge, CheckIcon, ExportIcon, TimingIcon } from '../../ui';

export function JournalState({ state }: { readonly state: Journal['state'] }) {
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
