/**
 * Says what a source's name means: every row that waits for the name is replayed.
 */
import { type FormEvent, useState } from 'react';
import type { AliasKind, QuarantineGroup, Suggestion } from '@shared/domain/quarantine';
import { SUGGESTION_WORDS } from '@shared/domain/suggestions';
import { useCall, useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { Button, countWords, LookupField, Notice } from '../../ui';
import { replaySentence } from './groups';
import styles from './map.module.css';

export interface MapAliasProps {
  readonly group: QuarantineGroup;
  readonly kind: AliasKind;
  /** The name that is mapped. */
  readonly alias: string;
  readonly suggestions: readonly Suggestion[];
  readonly onSettled: (sentence: string) => void;
}

const TARGET_WORDS: Readonly<Record<AliasKind, string>> = { item: 'the item', location: 'the location', unit: 'the unit' };

export function MapAlias({ group, kind, alias, suggestions, onSettled }: MapAliasProps) {
  const { period } = useWorkspace();
  const [text, setText] = useState('');
  const [target, setTarget] = useState<{ readonly code: string; readonly name: string } | undefined>(undefined);
  const targets = useQuery(
    'quarantine:targets',
    { kind, text: target ? target.code : text },
    { areas: ['imports'], keepsPrevious: true },
  );
  const map = useCall('quarantine:mapAlias');
  const accept = useCall('quarantine:accept');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!target || map.running) return;
    const outcome = await map.run({
      periodId: period.periodId,
      source: group.source,
      kind,
      alias,
      targetCode: target.code,
    });
    if (outcome.ok) onSettled(`${alias} is ${target.code}: ${replaySentence(outcome.value)}`);
  };
  const take = async ({ targetCode, reason }: Suggestion) => {
    if (kind === 'unit') return;
    const accepted = [{ source: group.source, kind, alias, targetCode, reason }];
    const outcome = await accept.run({ periodId: period.periodId, accepted });
    if (outcome.ok) onSettled(`${alias} is ${targetCode}: ${replaySentence(outcome.value)}`);
  };
  const refusal = map.refusal ?? accept.refusal;
  return (
    <form aria-label={`Map ${alias}`} className={styles['form']} onSubmit={(event) => void submit(event)}>
      {suggestions.length > 0 ? (
        <ul className={styles['suggestions']} aria-label="Suggestions">
          {suggestions.map((suggestion) => (
            <li key={suggestion.targetCode}>
              <Button kind="primary" disabled={accept.running} onClick={() => void take(suggestion)}>{`Accept ${suggestion.targetCode}`}</Button>
              <span data-selectable>
                <b>{SUGGESTION_WORDS[suggestion.reason]}.</b> {suggestion.sentence} {suggestion.targetName}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      <div className={styles['line']}>
        <LookupField
          label={`In ${group.source}, ${alias} is ${TARGET_WORDS[kind]}`}
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
          placeholder={kind === 'item' ? 'SKU or name' : kind === 'unit' ? 'each, case' : 'Code or name'}
          hint={target?.name}
          disabled={map.running}
        />
        <div className={styles['button']}>
          <Button
            type="submit"
            kind={suggestions.length > 0 ? 'plain' : 'primary'}
            disabled={!target || map.running}
          >{`Map and replay ${countWords(group.rows, 'row')}`}</Button>
        </div>
      </div>
      <p className={styles['hint']}>
        The name is kept for {group.source}: later files that use it need no mapping. The change is an event of the
        audit trail.
      </p>
      {refusal ? (
        <Notice tone="error" title="The name was not mapped" copyText={refusal.message}>
          {refusal.message}
        </Notice>
      ) : null}
    </form>
  );
}
