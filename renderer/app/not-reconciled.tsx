/**
 * What stands in place of everything that needs lines, before the period has any: the same words and the same way on.
 */
import type { ReactNode } from 'react';
import { Button, EmptyState, SheetIcon } from '../ui';
import { useWorkspace } from './workspace';

/** @param children one line: what appears here once the period was reconciled */
export function NotReconciled({ children }: { readonly children: ReactNode }) {
  const { openScreen } = useWorkspace();
  return (
    <EmptyState icon={SheetIcon} title="Nothing is reconciled yet" action={<Button kind="primary" onClick={() => openScreen('reconcile')}>Go to Reconcile</Button>}>
      {children}
    </EmptyState>
  );
}
