/**
 * Before an adjustment: what the files say of open orders, reservations and returns, and a person's word where they are silent.
 */
import type { LineDetail } from '@shared/domain/lines';
import type { CheckSubject } from '@shared/domain/follow-up/shapes';
import { useWorkspace } from '../../../app/workspace';
import { instantText, NumberText, quantityText, Section, UNKNOWN } from '../../../ui';
import { CheckNote } from '../check-note';
import { useCheck } from '../use-follow-up';
import styles from './follow-up.module.css';
import table from './story-table.module.css';

const SUBJECT_WORDS: Readonly<Record<CheckSubject, string>> = { orders: 'Open orders', reservations: 'Reservations', returns: 'Returns' };

export function ChecksSection({ line }: { readonly line: LineDetail }) {
  const { canEdit, timeZone } = useWorkspace();
  const check = useCheck();
  const { checks } = line.followUp;
  if (!checks) return null;
  return (
    <Section title="Before an adjustment" aside={checks.isWaiting ? <b>waits for a check</b> : 'checked'} testId="detail-checks">
      <table className={table['table']}>
        <caption className="visually-hidden">Checks before the adjustment</caption>
        <thead>
          <tr>
            <th scope="col">Checked</th>
            <th scope="col">Found</th>
            <th scope="col" className={table['end']}>Open units</th>
          </tr>
        </thead>
        <tbody>
          {checks.findings.map((finding) => (
            <tr key={finding.subject}>
              <th scope="row">{SUBJECT_WORDS[finding.subject]}</th>
              <td>{finding.sentence}</td>
              <td className={table['end']}>
                {finding.unitsScaled === null ? <span className={table['soft']}>{UNKNOWN}</span> : <NumberText text={quantityText(finding.unitsScaled)} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {checks.byPerson ? (
        <p className={styles['words']}>
          {checks.byPerson.checkedBy}, {instantText(checks.byPerson.checkedInstant, timeZone)}: {checks.byPerson.note}
          {checks.byPerson.isStale ? <span className={table['soft']}> (for other figures: no longer holds)</span> : null}
        </p>
      ) : null}
      {checks.isWaiting && canEdit ? (
        <CheckNote label={`Check ${line.sku} at ${line.location}`} action="Record the check" onRecord={(note) => check([line.stockKeyId], note)} />
      ) : null}
    </Section>
  );
}
