/**
 * What a verification found: shown, and printed as one page that stands for itself.
 */
import { createPortal } from 'react-dom';
import type { Verification } from '@shared/contract/sign-off';
import { shellCall, useCall } from '../../api';
import { notify } from '../../app/notifications';
import { printedWords, usePrinting } from '../../app/printing';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, CheckList, CopyButton, countWords, Facts, instantText, MenuButton, Notice, withLocalInstants } from '../../ui';
import { fileNameOf, verificationText } from './verification-text';
import styles from './lock.module.css';

export interface Report {
  readonly verification: Verification;
  readonly atInstant: number;
}

export function VerificationReport({ verification, atInstant }: Report) {
  const { timeZone, info } = useWorkspace();
  const announce = useAnnounce();
  const printing = usePrinting();
  const save = useCall('signOff:saveVerification');
  const { subject, holds, checks } = verification;
  const name = fileNameOf(subject);
  const at = instantText(atInstant, timeZone);
  const title = `Verification of ${name}`;
  const outcomeWords = holds ? `Holds: ${countWords(checks.length, 'check')}` : `Differs: ${countWords(checks.filter((check) => !check.holds).length, 'check')} of ${checks.length}`;
  const paper = { head: `${info.company}. ${title}`, timeZone };
  const savePage = async () => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${title}.html`, kind: 'html' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await save.run({ verification, atInstant, path: chosen.value.path });
    if (outcome.ok) announce(`The verification is saved to ${outcome.value.path}.`);
    else notify({ tone: 'error', title: outcome.message });
  };
  const facts = verification.facts.map((each) => ({ name: each.name, value: withLocalInstants(each.value, timeZone) }));
  const list = (label: string) => (
    <CheckList
      label={label}
      checks={checks.map((check, index) => ({
        key: index,
        title: check.name,
        holds: check.holds,
        figure: withLocalInstants(check.message, timeZone),
        findings: check.findings,
        howToCheck: check.howToCheck,
      }))}
    />
  );
  return (
    <>
      <div data-testid="verification" data-holds={holds} className={styles['report']}>
        <Notice tone={holds ? 'done' : 'error'} title={outcomeWords}>
          <span title={subject} data-testid="verification-subject">{`${name}, verified ${at}`}</span>
        </Notice>
        <div className={styles['buttons']}>
          <CopyButton text={verificationText(verification, at)} label="Copy as text" />
          <Button onClick={() => printing.print(paper)}>Print</Button>
          <MenuButton
            label="Save the verification as"
            items={[
              { key: 'pdf', label: 'PDF with page numbers', onChoose: () => void printing.savePdf(paper, title) },
              { key: 'html', label: 'Web page for paper', onChoose: () => void savePage() },
            ]}
          >
            Save as
          </MenuButton>
        </div>
        <details className={styles['facts']}>
          <summary>What was verified</summary>
          <Facts facts={[...facts, { name: 'Place', value: subject }]} />
        </details>
        {list('Checks')}
      </div>
      {printing.isPrinting ? createPortal(
        <div data-printed className={styles['paper']}>
          <h1>{title}</h1>
          <p>{`${outcomeWords}. Verified ${at}. ${printedWords(Date.now(), timeZone)}.`}</p>
          <p>{subject}</p>
          <table>
            <tbody>
              {facts.map((fact, index) => (
                <tr key={index}>
                  <th scope="row">{fact.name}</th>
                  <td>{fact.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <table>
            <thead>
              <tr>
                <th scope="col">Check</th>
                <th scope="col">What was found, and how to check it without Tieout</th>
              </tr>
            </thead>
            <tbody>
              {checks.map((check, index) => (
                <tr key={index}>
                  <th scope="row">{`${check.name}: ${check.holds ? 'holds' : 'DIFFERS'}`}</th>
                  <td>
                    <p>{withLocalInstants(check.message, timeZone)}</p>
                    {check.findings.length > 0 ? <ul>{check.findings.map((finding, place) => <li key={place}>{finding}</li>)}</ul> : null}
                    <p className={styles['how']}>{`Without Tieout: ${check.howToCheck}`}</p>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>,
        document.body,
      ) : null}
    </>
  );
}
