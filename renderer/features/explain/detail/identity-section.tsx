/**
 * The available that the identity gives: on hand less what is held, each from the system that the rule names.
 */
import type { LineDetail } from '@shared/domain/lines';
import { STATE_WORDS, SYSTEM_WORDS } from '../../../app/words';
import { NumberText, quantityText, Section, UNKNOWN } from '../../../ui';
import styles from './story-table.module.css';

export function IdentitySection({ line }: { readonly line: LineDetail }) {
  const { identity } = line;
  return (
    <Section title="Available by the identity" shortTitle="Identity">
      <table className={styles['table']}>
        <caption className="visually-hidden">{identity.sentence}</caption>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">From</th>
            <th scope="col" className={styles['end']}>At the cut-off</th>
          </tr>
        </thead>
        <tbody>
          {identity.terms.map((term) => (
            <tr key={term.state}>
              <th scope="row">{term.sign < 0 ? 'less ' : ''}{STATE_WORDS[term.state]}</th>
              <td>
                {term.system ? SYSTEM_WORDS[term.system] : <span className={styles['soft']}>no system</span>}
                {term.system !== null && term.system !== term.ruledSystem ? <span className={styles['soft']}>, the rule names {SYSTEM_WORDS[term.ruledSystem]}</span> : null}
              </td>
              <td className={styles['end']}>
                {term.quantityScaled === null ? <span className={styles['soft']}>{UNKNOWN}{term.isAssumedNone ? ', taken as none' : ''}</span> : <NumberText text={quantityText(term.quantityScaled)} />}
              </td>
            </tr>
          ))}
          <tr className={styles['sum']}>
            <th scope="row" colSpan={2}>available</th>
            <td className={styles['end']}><NumberText text={quantityText(identity.quantityScaled)} /></td>
          </tr>
        </tbody>
      </table>
    </Section>
  );
}
