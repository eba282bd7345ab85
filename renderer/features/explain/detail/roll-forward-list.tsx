/**
 * From the opening to the expected closing, and what the ERP says instead.
 */
import type { LineDetail, RollForwardColumn } from '@shared/domain/lines';
import { ROLL_FORWARD_WORDS } from '../../../app/words';
import { classes, NumberText, quantityText, signedQuantityText } from '../../../ui';
import styles from './story-table.module.css';

const LEVELS: ReadonlySet<RollForwardColumn> = new Set(['opening', 'expected', 'reported']);

export function RollForwardList({ line }: { readonly line: LineDetail }) {
  return (
    <table className={styles['table']}>
      <caption className="visually-hidden">Roll-forward</caption>
      <tbody>
        {line.rollForward.map(({ column, quantityScaled }) => (
          <tr key={column} className={classes((column === 'expected' || column === 'difference') && styles['sum'])}>
            <th scope="row">{ROLL_FORWARD_WORDS[column]}</th>
            <td className={styles['end']}><NumberText text={LEVELS.has(column) ? quantityText(quantityScaled) : signedQuantityText(quantityScaled)} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
