/**
 * A seal of the period: the code to be lodged outside, what it covers, who signed, and whether it stands or was set aside.
 */
import { createPortal } from 'react-dom';
import type { Seal } from '@shared/contract/sign-off';
import { agreedWords } from '@shared/domain/journal-words';
import { printedWords, usePrinting } from '../../app/printing';
import { useWorkspace } from '../../app/workspace';
import { Button, CopyButton, countText, countWords, Facts, instantText, Notice, periodName, SealIcon } from '../../ui';
import styles from './lock.module.css';

export interface SealPanelProps {
  readonly seal: Seal;
  /** Asks for what changed since it; left out where nothing can have. */
  readonly onChanges?: (() => void) | undefined;
}

export function SealPanel({ seal, onChanges }: SealPanelProps) {
  const { timeZone, info, workbook } = useWorkspace();
  const printing = usePrinting();
  const month = periodName(seal.periodCode);
  const sealed = instantText(seal.sealedInstant, timeZone);
  const { reopening } = seal;
  const agreed = reopening && agreedWords(reopening.agreedBy, reopening.noSecondPerson);
  const text = [
    `${month} sealed ${sealed} by ${seal.signer} <${seal.signerEmail}>${seal.sealNumber > 1 ? `, seal ${seal.sealNumber}` : ''}`,
    `Lodged code ${seal.lodgedCode}`,
    `Root ${seal.rootHash}`,
    `Certificate ${seal.signerFingerprint}`,
    countWords(seal.rows, 'row'),
    ...(seal.override ? [`Locked with ${seal.open.join('; ')}, because: ${seal.override}`] : []),
  ].join('\n');
  const label = reopening ? `Seal ${seal.sealNumber} of ${month}, set aside. Lodged code` : `${month} is locked${seal.sealNumber > 1 ? ` again, seal ${seal.sealNumber}` : ''}. Lodged code`;
  return (
    <section className={styles['seal']} aria-label={seal.sealNumber > 1 || reopening ? `Seal ${seal.sealNumber}` : 'Seal'} data-testid={reopening ? 'seal-set-aside' : 'seal'}>
      <div className={styles['sealHead']}>
        <SealIcon size={28} />
        <div>
          <div className={styles['sealLabel']}>{label}</div>
          <div className={styles['sealCode']} data-selectable data-testid={reopening ? 'seal-code-set-aside' : 'seal-code'}>
            {seal.lodgedCode}
          </div>
        </div>
        <CopyButton text={text} label="Copy the seal" />
      </div>
      <Facts
        facts={[
          { name: 'Signed by', value: `${seal.signer}, ${seal.signerEmail}` },
          { name: 'Sealed', value: sealed },
          { name: 'Covers', value: `${countWords(seal.rows, 'row')}, the audit trail up to event ${countText(seal.chainSequence)}` },
          { name: 'Root hash', value: <code data-testid={reopening ? 'root-hash-set-aside' : 'root-hash'}>{seal.rootHash}</code> },
        ]}
      />
      {reopening ? (
        <Notice
          tone="warning"
          title={`Reopened ${instantText(reopening.reopenedInstant, timeZone)}`}
          actions={onChanges ? <Button onClick={onChanges}>What changed since</Button> : undefined}
        >
          {`Asked by ${reopening.askedBy}, ${agreed}: ${reopening.reason}`}
        </Notice>
      ) : (
        <>
          <p className={styles['quiet']}>
            Lodge the code where the workbook’s keepers cannot change it, as in a mail to the auditor: only it finds a
            workbook that was written anew as a whole.
          </p>
          <div className={styles['buttons']}>
            <Button onClick={() => printing.print({ head: `${info.company}. Sign-off of ${month}`, timeZone })}>Print the sign-off page</Button>
          </div>
        </>
      )}
      {seal.override ? (
        <Notice tone="warning" title={`Locked with ${countWords(seal.open.length, 'open question or gate', 'open questions or gates')}`}>
          {`${seal.override} (${seal.open.join('; ')})`}
        </Notice>
      ) : null}
      {printing.isPrinting
        ? createPortal(
            <div data-printed className={styles['paper']}>
              <h1>{`Sign-off of ${month}, ${info.company}`}</h1>
              <p>{`${printedWords(Date.now(), timeZone)}. ${workbook.name}, workbook ${info.workbookUuid}.`}</p>
              <table>
                <tbody>
                  {[
                    ['Lodged code', seal.lodgedCode],
                    ['Seal', `${seal.sealNumber} of ${month}, sealed ${sealed}`],
                    ['Signed by', `${seal.signer}, ${seal.signerEmail}`],
                    ['Certificate, SHA-256', seal.signerFingerprint],
                    ['Root hash', seal.rootHash],
                    ['Covers', `${countWords(seal.rows, 'row')}, the audit trail up to event ${countText(seal.chainSequence)}`],
                    ...(seal.override ? [['Locked with', `${seal.open.join('; ')}, because: ${seal.override}`]] : []),
                    ['Received, name and date', '\u00a0'],
                  ].map(([name, value]) => (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      <td>{value}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              <p className={styles['how']}>Kept by somebody who does not keep the books, the code finds a workbook that was written anew as a whole: tieout verify FILE --lodged CODE.</p>
            </div>,
            document.body,
          )
        : null}
    </section>
  );
}
