/**
 * What a line asks of a person after it was explained: to confirm a reason that was given for other figures, to count again.
 */
import type { LineDetail } from '@shared/domain/lines';
import type { TaggedFigures } from '@shared/domain/follow-up/shapes';
import { useWorkspace } from '../../../app/workspace';
import { Button, countWords, Notice, quantityText, UNKNOWN } from '../../../ui';
import { useConfirm } from '../use-follow-up';
import styles from './follow-up.module.css';
import table from './story-table.module.css';

const FIGURES: readonly (readonly [keyof TaggedFigures, string])[] = [
  ['countScaled', 'Count variance'],
  ['channelScaled', 'Channel variance'],
  ['ledgerScaled', 'Ledger variance'],
  ['adjustmentScaled', 'Adjustment'],
];
const text = (scaled: number | null) => (scaled === null ? UNKNOWN : quantityText(scaled));

export function FollowUpAsks({ line }: { readonly line: LineDetail }) {
  const { changedSinceTag, recountWhy, ageCloses } = line.followUp;
  return (
    <div className={styles['asks']}>
      {changedSinceTag ? <ChangedAsk line={line} then={changedSinceTag.then} now={changedSinceTag.now} /> : null}
      {recountWhy === null ? null : (
        <div data-testid="recount-asked">
          <Notice tone="warning" title="A second count is asked for.">
            {recountWhy}.
          </Notice>
        </div>
      )}
      {ageCloses !== null && ageCloses > 1 ? (
        <div data-testid="open-over">
          <Notice tone="info" title={`Open over ${countWords(ageCloses, 'close')}, for ${countWords(line.ageDays, 'day')} at the cut-off.`} />
        </div>
      ) : null}
    </div>
  );
}

interface ChangedAskProps {
  readonly line: LineDetail;
  readonly then: TaggedFigures;
  readonly now: TaggedFigures | null;
}

function ChangedAsk({ line, then, now }: ChangedAskProps) {
  const { canEdit } = useWorkspace();
  const confirm = useConfirm();
  const isApproved = line.status === 'approved';
  const reason = line.tag?.reasonCode ?? '';
  return (
    <div data-testid="changed-since-tag">
      <Notice tone="warning" title={`${reason} was given for other figures.`}>
        <table className={table['table']}>
          <caption className="visually-hidden">The figures then and now</caption>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col" className={table['end']}>Then</th>
              <th scope="col" className={table['end']}>Now</th>
            </tr>
          </thead>
          <tbody>
            {FIGURES.filter(([key]) => then[key] !== null || (now?.[key] ?? null) !== null).map(([key, label]) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td className={table['end']}>{text(then[key])}</td>
                <td className={table['end']}>{now && now[key] !== then[key] ? <b>{text(now[key])}</b> : text(now?.[key] ?? null)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {isApproved ? (
          'The journal stays as it was signed. Take back the import that changed the line, or correct it next period.'
        ) : (
          <div className={styles['confirm']}>
            {canEdit ? (
              <Button kind="primary" shortcut="CmdOrCtrl+Shift+Y" onClick={() => void confirm([line.stockKeyId], `Confirm ${reason} for ${line.sku} at ${line.location}`)}>
                {`Confirm ${reason}`}
              </Button>
            ) : null}
            <span>or choose another reason below</span>
          </div>
        )}
      </Notice>
    </div>
  );
}
