/**
 * What each system and the count say, as of when, and what carries each figure to the cut-off.
 */
import { Fragment } from 'react';
import type { Evidence, LineDetail, PositionDetail } from '@shared/domain/lines';
import { addQuantities } from '@shared/domain/quantity';
import { MOVEMENT_WORDS, STATE_WORDS, SYSTEM_WORDS } from '../../../app/words';
import { countWords, instantText, NumberText, offsetText, quantityText, shortInstantText, signedQuantityText, UNKNOWN } from '../../../ui';
import { EvidenceLink } from './evidence-link';
import styles from './story-table.module.css';

export interface PositionsTableProps {
  readonly line: LineDetail;
  readonly onEvidence: (evidence: Evidence) => void;
}

export function PositionsTable({ line, onEvidence }: PositionsTableProps) {
  const { timeZone, cutOffInstant } = line;
  return (
    <table className={styles['table']}>
      <caption className="visually-hidden">Positions and what carries them to the cut-off</caption>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">As of ({offsetText(cutOffInstant, timeZone)})</th>
          <th scope="col" className={styles['end']}>Given</th>
          <th scope="col" className={styles['end']}>Rolled</th>
          <th scope="col" className={styles['end']} title={instantText(cutOffInstant, timeZone)}>At cut-off</th>
        </tr>
      </thead>
      <tbody>
        {line.positions.map((position) => (
          <Fragment key={`${position.source} ${position.state}`}>
            <PositionRow position={position} timeZone={timeZone} onEvidence={onEvidence} />
            {position.rolls.map((roll) => (
              <tr key={`${roll.evidence.importId} ${roll.evidence.row}`} className={styles['sub']}>
                <td colSpan={3}>{MOVEMENT_WORDS[roll.type]} {roll.document}, posted {shortInstantText(roll.postedInstant, timeZone)}</td>
                <td className={styles['end']}><EvidenceLink evidence={roll.evidence} onEvidence={onEvidence} figure={signedQuantityText(roll.effectScaled)} /></td>
                <td />
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function PositionRow({ position, timeZone, onEvidence }: { readonly position: PositionDetail; readonly timeZone: string; readonly onEvidence: (evidence: Evidence) => void }) {
  const rolled = position.rolls.length === 0 ? null : addQuantities(...position.rolls.map((roll) => roll.effectScaled));
  const [first] = position.evidence;
  if (position.quantityScaled === null && position.atCutOffScaled === null) {
    return (
      <tr>
        <th scope="row">{SYSTEM_WORDS[position.source]} <span className={styles['soft']}>{STATE_WORDS[position.state]}</span></th>
        <td colSpan={4} className={styles['soft']}>{UNKNOWN}{first ? '' : ', no file gives it'}</td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        {SYSTEM_WORDS[position.source]} <span className={styles['soft']}>{position.source === 'count' ? '' : STATE_WORDS[position.state]}</span>
      </th>
      <td className={styles['line']}>
        {position.asOfInstant === null ? (
          <span className={styles['soft']}>{UNKNOWN}</span>
        ) : (
          <span title={instantText(position.asOfInstant, timeZone)}>{shortInstantText(position.asOfInstant, timeZone)}</span>
        )}
      </td>
      <td className={styles['end']} title={position.evidence.length > 1 ? `The sum of ${countWords(position.evidence.length, 'row')}` : undefined}>
        {first ? <EvidenceLink evidence={first} onEvidence={onEvidence} figure={quantityText(position.quantityScaled)} /> : <NumberText text={quantityText(position.quantityScaled)} />}
      </td>
      <td className={styles['end']}>{rolled === null ? <span className={styles['soft']}>–</span> : <NumberText text={signedQuantityText(rolled)} />}</td>
      <td className={styles['end']}><NumberText strong text={quantityText(position.atCutOffScaled)} /></td>
    </tr>
  );
}
