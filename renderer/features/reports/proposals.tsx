/** Risk tiers that the figures speak for, each with its evidence, accepted one by one. */
import type { TierProposal } from '@shared/domain/report';
import { useCall } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, Table } from '../../ui';
import styles from './reports.module.css';

export function Proposals({ proposals }: { readonly proposals: readonly TierProposal[] }) {
  const { workbook } = useWorkspace();
  const announce = useAnnounce();
  const set = useCall('rules:setTier');
  const accept = async ({ sku, to, evidence }: TierProposal) => {
    const outcome = await set.run({ sku, tier: to, why: evidence });
    if (outcome.ok) announce(`${sku} is in tier ${to} now. Reconcile again for it to count.`);
    else notify({ tone: 'error', title: `The tier of ${sku} was not set`, text: outcome.message });
  };
  return (
    <div className={styles['scroll']} data-testid="report-proposals">
      <p className={styles['note']}>An item that keeps coming back is watched more closely in a higher tier; one that stays quiet needs less. Nothing changes until it is accepted, and then for the reconciliations to come.</p>
      <Table<TierProposal>
        caption="Proposed risk tiers"
        rows={proposals}
        rowKey={({ sku }) => sku}
        empty="The figures speak for no change."
        columns={[
          { id: 'sku', title: 'SKU', width: 150, cell: ({ sku }) => sku },
          { id: 'item', title: 'Item', width: 220, wraps: true, cell: ({ itemName }) => itemName },
          { id: 'tier', title: 'Tier', width: 90, cell: ({ from, to }) => `${from} to ${to}` },
          { id: 'evidence', title: 'Evidence', wraps: true, cell: ({ evidence }) => evidence },
          {
            id: 'accept', title: '', width: 130, align: 'end',
            cell: (proposal) =>
              workbook.readOnly ? null : (
                <Button disabled={set.running} onClick={() => void accept(proposal)} aria-label={`Move ${proposal.sku} to tier ${proposal.to}`}>
                  {`Move to ${proposal.to}`}
                </Button>
              ),
          },
        ]}
      />
    </div>
  );
}
