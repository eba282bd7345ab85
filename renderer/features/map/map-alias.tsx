/**
 * Says what a source's name means: every row that waits for the name is replayed.
 */
import { type FormEvent, useState } from 'react';
import type { QuarantineGroup } from '@shared/domain/import';
import { useCall, useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, LookupField, Notice } from '../../ui';
import { replaySentence } from './groups';
import styles from './map.module.css';

export interface MapAliasProps {
  readonly group: QuarantineGroup;
  readonly kind: 'item' | 'location';
  readonly onSettled: (sentence: string) => void;
}

export function MapAlias({ group, kind, onSettled }: MapAliasProps) {
  const { period } = useWorkspace();
  const [text, setText] = useState('');
  const [target, setTarget] = useState<{ readonly code: string; readonly name: string } | undefined>(undefined);
  const targets = useQuery(
    'quarantine:targets',
    { kind, text: target ? target.code : text },
    { areas: ['imports'], keepsPrevious: true },
  );
  const map = useCall('quarantine:mapAlias');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!target || map.running) return;
    const outcome = await map.run({
      periodId: period.periodId,
      source: group.source,
      kind,
      alias: group.subject,
      targetCode: target.code,
    });
    if (outcome.ok) onSettled(`${group.subject} is ${target.code}: ${replaySentence(outcome.value)}`);
  };
  return (
    <form aria-label={`Map ${group.subject}`} className={styles['form']} onSubmit={(event) => void submit(event)}>
      <div className={styles['line']}>
        <LookupField
          label={
            kind === 'item'
              ? `In ${group.source}, ${group.subject} is the item`
              : `In ${group.source}, ${group.subject} is the location`
          }
          text={text}
          onText={(typed) => {
            setText(typed);
            setTarget(undefined);
          }}
          found={targets.value?.map(({ code, name }) => ({
            key: code,
            title: code,
            detail: name === code ? '' : name,
          }))}
          onChoose={(entry) => {
            setTarget({ code: entry.key, name: entry.detail ?? '' });
            setText(entry.key);
          }}
          placeholder={kind === 'item' ? 'SKU or name' : 'Code or name'}
          hint={target?.name}
          disabled={map.running}
        />
        <div className={styles['button']}>
          <Button
            type="submit"
            kind="primary"
            disabled={!target || map.running}
          >{`Map and replay ${countWords(group.rows, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        The name is kept for {group.source}: later files that use it need no mapping. The change is an event of the
        audit trail.
      </p>
      {map.refusal ? (
        <Notice tone="error" title="The name was not mapped" copyText={map.refusal.message}>
          {map.refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
