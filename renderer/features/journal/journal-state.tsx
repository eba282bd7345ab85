/**
 * Where a journal stands and what kind it is, as sign and word.
 */
import type { Journal } from '@shared/contract/journals';
import { Badge, CheckIcon, ExportIcon, TimingIcon, WarningIcon } from '../../ui';

const STATES = {
  draft: { tone: 'neutral', icon: undefined, words: 'taken back to draft' },
  prepared: { tone: 'warning', icon: TimingIcon, words: 'waits for approval' },
  approved: { tone: 'cleared', icon: CheckIcon, words: 'approved' },
  exported: { tone: 'cleared', icon: ExportIcon, words: 'exported' },
  posted: { tone: 'cleared', icon: CheckIcon, words: 'posted' },
  reversed: { tone: 'neutral', icon: undefined, words: 'reversed' },
} as const satisfies Readonly<Record<Journal['state'], unknown>>;

export const KIND_TITLES: Readonly<Record<Journal['kind'], string>> = {
  adjustment: 'Adjustment', accrual: 'Accrual', reclassification: 'Reclassification', reversal: 'Reversal',
};

/** `isWithdrawn`: its lines changed, so it no longer waits for its approver. */
export function JournalState({ state, isWithdrawn = false }: { readonly state: Journal['state']; readonly isWithdrawn?: boolean }) {
  if (isWithdrawn) {
    return (
      <Badge tone="unexplained" icon={WarningIcon}>
        withdrawn
      </Badge>
    );
  }
  const { tone, icon, words } = STATES[state];
  return (
    <Badge tone={tone} {...(icon ? { icon } : { plain: true })}>
      {words}
    </Badge>
  );
}
