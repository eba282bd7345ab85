/**
 * The rows of the count behind the counted figure; earlier counts and bins nobody counted stand dimmed.
 */
import type { Evidence, LineDetail } from '@shared/domain/lines';
import { classes, NumberText, quantityText, shortInstantText } from '../../../ui';
import { EvidenceLink } from './evidence-link';
import styles from './story-table.module.css';

export function CountsTable({ line, onEvidence }: { readonly line: LineDetail; readonly onEvidence: (evidence: Evidence) => void }) {
  return (
    <table className={styles['table']}>
      <caption className="visually-hidden">Count sheets</caption>
      <thead>
        <tr>
          <th scope="col">Sheet, bin</th>
          <th scope="col">Counted by</th>
          <th scope="col" className={styles['end']}>Count</th>
          <th scope="col" className={styles['end']}>Counted</th>
        </tr>
      </thead>
      <tbody>
        {line.counts.map((row) => (
          <tr key={`${row.evidence.importId} ${row.evidence.row}`} className={classes(!row.isUsed && styles['unused'])} title={row.isUsed ? undefined : 'Not part of the counted figure'}>
            <th scope="row">
              {row.sheet} <span className={styles['soft']}>{row.bin}</span>{' '}
              <EvidenceLink evidence={row.evidence} onEvidence={onEvidence} short />
            </th>
            <td>{row.countedBy} <span className={styles['soft']}>{shortInstantText(row.countedInstant, line.timeZone)}{row.note ? `, ${row.note}` : ''}</span></td>
            <td className={styles['end']}>{row.countNo}</td>
            <td className={styles['end']}>{row.countedScaled === null ? <span className={styles['soft']}>not counted</span> : <NumberText text={quantityText(row.countedScaled)} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
