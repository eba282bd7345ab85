/**
 * Where figures contradict each other: counters of one bin, postings that came in after the count, a system's own figures, systems among
 * themselves. Shown, never mended.
 */
import type { Evidence, LineDetail } from '@shared/domain/lines';
import { formatUnitCost } from '@shared/domain/money';
import { MOVEMENT_WORDS, STATE_WORDS, SYSTEM_WORDS } from '../../../app/words';
import { NumberText, quantityText, Section, shortInstantText, signedQuantityText } from '../../../ui';
import { EvidenceLink } from './evidence-link';
import styles from './follow-up.module.css';
import table from './story-table.module.css';

export interface ContradictionsProps {
  readonly line: LineDetail;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function Contradictions({ line, onEvidence }: ContradictionsProps) {
  const { countConflicts, late, identityChecks, disagreements } = line.followUp;
  return (
    <>
      {countConflicts.length > 0 ? (
        <Section title="One bin counted by two people" testId="detail-conflicts">
          {countConflicts.map((conflict) => (
            <p key={conflict.bin} className={styles['words']}>
              <b>{conflict.bin}</b>: {conflict.counts.map((each) => `${each.countedBy} ${quantityText(each.countedScaled)} (${each.sheet} ${each.line})`).join(', ')}. They are added up; if both counted the same
              goods, count again.
            </p>
          ))}
        </Section>
      ) : null}
      {late ? (
        <Section title="Came in after the count" aside={`explains ${signedQuantityText(late.explainsScaled)}`} testId="detail-late">
          <p className={styles['words']}>{`These happened before the count and came in after it was reconciled; ${signedQuantityText(late.explainsScaled)} of the count variance rests on them.`}</p>
          <table className={table['table']}>
            <caption className="visually-hidden">Postings that happened before the count and came in after it was reconciled</caption>
            <thead>
              <tr>
                <th scope="col">Posting</th>
                <th scope="col" className={table['end']}>On hand</th>
              </tr>
            </thead>
            <tbody>
              {late.postings.map((posting) => (
                <tr key={`${posting.evidence.importId} ${posting.evidence.row} ${posting.system}`}>
                  <td>
                    <b>
                      {SYSTEM_WORDS[posting.system]} {MOVEMENT_WORDS[posting.type].toLowerCase()} {posting.document}
                    </b>{' '}
                    <EvidenceLink evidence={posting.evidence} onEvidence={onEvidence} short />{' '}
                    <span className={table['soft']}>
                      happened {shortInstantText(posting.occurredInstant, line.timeZone)}, came in {shortInstantText(posting.importedInstant, line.timeZone)}
                    </span>
                  </td>
                  <td className={table['end']}><NumberText text={signedQuantityText(posting.onHandScaled)} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      ) : null}
      {identityChecks.length > 0 ? (
        <Section title="Does each system add up" testId="detail-identities">
          <table className={table['table']}>
            <caption className="visually-hidden">Each system&apos;s available against its own on hand, committed and held</caption>
            <tbody>
              {identityChecks.map((check) => (
                <tr key={check.system}>
                  <th scope="row">{SYSTEM_WORDS[check.system]}</th>
                  <td>
                    {check.state === 'differs' ? <b>{check.sentence}</b> : check.sentence}{' '}
                    {check.evidence ? <EvidenceLink evidence={check.evidence} onEvidence={onEvidence} short /> : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      ) : null}
      {disagreements.length > 0 ? (
        <Section title="Systems that disagree" testId="detail-disagreements">
          <table className={table['table']}>
            <caption className="visually-hidden">States of which systems give other figures at the cut-off</caption>
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">At the cut-off</th>
                <th scope="col">Counts</th>
              </tr>
            </thead>
            <tbody>
              {disagreements.map(({ state, figures, winner, ruledSystem }) => (
                <tr key={state}>
                  <th scope="row">{state === 'unit_cost' ? 'unit cost' : STATE_WORDS[state]}</th>
                  <td>
                    {figures.map((each) => `${SYSTEM_WORDS[each.system]} ${state === 'unit_cost' ? formatUnitCost(each.quantityScaled) : quantityText(each.quantityScaled)}`).join(', ')}
                  </td>
                  <td>
                    {SYSTEM_WORDS[winner]}
                    {winner === ruledSystem ? '' : `, the rule names ${SYSTEM_WORDS[ruledSystem]}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      ) : null}
    </>
  );
}
