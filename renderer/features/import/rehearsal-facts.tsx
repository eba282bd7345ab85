/**
 * What a rehearsal says of the file besides its rows: period, instant, states held and unknown, what is new.
 */
import { bytesWords } from '@shared/domain/byte-size';
import type { Rehearsal } from '@shared/domain/import';
import { STATE_WORDS } from '@shared/domain/import-words';
import { useWorkspace } from '../../app/workspace';
import { countText, Facts, instantText, periodName } from '../../ui';
import { layoutWords } from './words';
import styles from './import.module.css';

export function RehearsalFacts({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { timeZone } = useWorkspace();
  const states = (list: Rehearsal['statesHeld']) => list.map((state) => STATE_WORDS[state]).join(', ');
  const named = (list: readonly string[]) =>
    list.length === 0
      ? 'none'
      : `${countText(list.length)}: ${list.slice(0, 8).join(', ')}${list.length > 8 ? ', …' : ''}`;
  return (
    <div className={styles['facts']}>
      <Facts
        facts={[
          { name: 'Period', value: periodName(rehearsal.periodCode) },
          {
            name: 'As of',
            value:
              rehearsal.asOfInstant === null
                ? rehearsal.kind === 'snapshot' || rehearsal.kind === 'count'
                  ? 'each row says its own'
                  : 'not asked of this kind'
                : instantText(rehearsal.asOfInstant, timeZone),
          },
          { name: 'Location', value: rehearsal.locationCode ?? 'as each row says' },
          ...(rehearsal.kind === 'snapshot'
            ? [
                { name: 'States it holds', value: states(rehearsal.statesHeld) || 'none' },
                { name: 'States unknown', value: states(rehearsal.statesUnknown) || 'none' },
              ]
            : []),
        ]}
      />
      <Facts
        facts={[
          { name: 'File', value: `${bytesWords(rehearsal.byteLength)}, ${layoutWords(rehearsal)}` },
          { name: 'SHA-256', value: <span title={rehearsal.sha256}>{rehearsal.sha256.slice(0, 16)}…</span> },
          { name: 'New items', value: <span title={rehearsal.newItems.join(', ')}>{named(rehearsal.newItems)}</span> },
          { name: 'New locations', value: named(rehearsal.newLocations) },
        ]}
      />
    </div>
  );
}
