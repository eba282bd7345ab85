/**
 * The seal of a locked period: its short code to be lodged outside, what it covers, who signed.
 */
import type { Seal } from '@shared/contract/sign-off';
import { useWorkspace } from '../../app/workspace';
import { CopyButton, countText, countWords, Facts, instantText, Notice, periodName, SealIcon } from '../../ui';
import styles from './lock.module.css';

export function SealPanel({ seal }: { readonly seal: Seal }) {
  const { timeZone } = useWorkspace();
  const sealed = instantText(seal.sealedInstant, timeZone);
  const text = [
    `${periodName(seal.periodCode)} sealed ${sealed} by ${seal.signer} <${seal.signerEmail}>`,
    `Seal ${seal.lodgedCode}`,
    `Root ${seal.rootHash}`,
    `${countWords(seal.rows, 'row')} in ${countWords(seal.pieces, 'piece')}`,
  ].join('\n');
  return (
    <section className={styles['seal']} aria-label="Seal" data-testid="seal">
      <div className={styles['sealHead']}>
        <SealIcon size={28} />
        <div>
          <div className={styles['sealLabel']}>{periodName(seal.periodCode)} is locked. Seal code</div>
          <div className={styles['sealCode']} data-selectable data-testid="seal-code">
            {seal.lodgedCode}
          </div>
        </div>
        <CopyButton text={text} label="Copy the seal" />
      </div>
      <Facts
        facts={[
          { name: 'Signed by', value: `${seal.signer}, ${seal.signerEmail}` },
          { name: 'Sealed', value: sealed },
          {
            name: 'Covers',
            value: `${countWords(seal.rows, 'row')} in ${countWords(seal.pieces, 'piece')}, the audit trail up to event ${countText(seal.chainSequence)}`,
          },
          { name: 'Root hash', value: <code data-testid="root-hash">{seal.rootHash}</code> },
        ]}
      />
      <p className={styles['quiet']}>
        Lodge the code where the workbook’s keepers cannot change it, as in a mail to the auditor: it stands for
        everything in the period.
      </p>
      {seal.override ? (
        <Notice tone="warning" title="Locked with open questions">
          {seal.override}
        </Notice>
      ) : null}
    </section>
  );
}
