/**
 * What a bulk change would do, in figures: what is overwritten, what it is worth, what is refused and why, what stays open.
 */
import type { BulkStatement, FieldEffect } from '@shared/domain/bulk';
import { BULK_FIELD_WORDS, BULK_REFUSAL_WORDS, bulkOutlook, bulkSummary } from '@shared/domain/bulk-words';
import { OWNERS } from '@shared/domain/lines';
import { CLASS_WORDS, OWNER_WORDS } from '../../../app/words';
import { Badge, countText, countWords, dateText, moneyText, sentenceText } from '../../../ui';
import styles from './bulk-pane.module.css';

export interface StatementProps {
  readonly statement: BulkStatement;
  readonly timeZone: string;
  /** Another is being worked out. */
  readonly isStale: boolean;
  /** Shows lines in the grid. */
  readonly onShow: (label: string, stockKeyIds: readonly number[]) => void;
}

const NOTE_SHOWN = 40;

function beforeWords({ field }: FieldEffect, before: string, timeZone: string): string {
  if (field === 'due') return dateText(Date.parse(before), timeZone);
  if (field === 'owner') return OWNER_WORDS[OWNERS.find((owner) => owner === before)!] ?? before;
  if (field === 'note') return `“${before.length > NOTE_SHOWN ? `${before.slice(0, NOTE_SHOWN)}…` : before}”`;
  return before;
}

export function Statement({ statement, timeZone, isStale, onShow }: StatementProps) {
  const { currency, fields, refusals, value, valueMinor } = statement;
  const withoutCost = value.reduce((sum, each) => sum + each.linesWithoutCost, 0);
  return (
    <div className={styles['statement']} aria-busy={isStale} data-testid="bulk-statement" data-selectable>
      <p className={styles['summary']} role="status" data-testid="bulk-summary">{bulkSummary(statement)}</p>
      <div className={styles['parts']}>
        {fields.length > 0 ? (
          <section aria-label="What changes">
            <h3>What changes</h3>
            <ul>
              {fields.map((effect) => (
                <li key={effect.field}>
                  <b>{BULK_FIELD_WORDS[effect.field]}</b> of {countWords(effect.lines, 'line')}
                  {effect.replaced > 0 ? (
                    <span className={styles['replaced']}>
                      {' '}takes the place of {effect.values.map(({ before, lines }) => `${beforeWords(effect, before, timeZone)} on ${countText(lines)}`).join(', ')}
                      {effect.otherLines > 0 ? `, others on ${countText(effect.otherLines)}` : ''}
                    </span>
                  ) : <span className={styles['soft']}>, nothing set there before</span>}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        {value.length > 0 ? (
          <section aria-label="What it is worth">
            <h3>Value at stake, {currency}</h3>
            <table className={styles['value']}>
              <tbody>
                {value.map((each) => (
                  <tr key={each.class ?? 'none'}>
                    <th scope="row">{each.class === null ? 'No variance' : <Badge tone={each.class} plain>{CLASS_WORDS[each.class]}</Badge>}</th>
                    <td>{countWords(each.lines, 'line')}</td>
                    <td className={styles['amount']}>{moneyText(each.valueMinor, currency)}</td>
                  </tr>
                ))}
                {value.length > 1 ? (
                  <tr className={styles['total']}>
                    <th scope="row">All</th>
                    <td>{countWords(statement.changes, 'line')}</td>
                    <td className={styles['amount']}>{moneyText(valueMinor, currency)}</td>
                  </tr>
                ) : null}
              </tbody>
            </table>
            {withoutCost > 0 ? <p className={styles['soft']}>{countWords(withoutCost, 'line')} without a unit cost: their value is unknown and not in it.</p> : null}
          </section>
        ) : null}
        {refusals.length > 0 ? (
          <section aria-label="What is refused">
            <h3>Refused</h3>
            <ul>
              {refusals.map(({ why, lines, first }) => (
                <li key={why}>
                  <b>{countWords(lines, 'line')}</b> {BULK_REFUSAL_WORDS[why].which}:{' '}
                  {first.map((line, index) => (
                    <span key={line.stockKeyId} title={sentenceText(line.detail)}>{index > 0 ? ', ' : ''}{line.sku} at {line.location}</span>
                  ))}
                  {lines > first.length ? ` and ${countText(lines - first.length)} more` : ''}. <span className={styles['soft']}>{BULK_REFUSAL_WORDS[why].nextStep}</span>{' '}
                  <button type="button" className={styles['link']} onClick={() => onShow(`Refused: ${BULK_REFUSAL_WORDS[why].which}`, first.map(({ stockKeyId }) => stockKeyId))}>Show {lines > first.length ? 'the first' : 'them'}</button>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section aria-label="What follows">
          <h3>What follows</h3>
          {bulkOutlook(statement).map((sentence) => <p key={sentence}>{sentence}</p>)}
        </section>
      </div>
    </div>
  );
}
