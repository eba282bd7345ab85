/**
 * What sources call items, locations and units: who said so, how it came, how many rows rest on it; and taking it back.
 */
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { AliasListing } from '@shared/domain/quarantine';
import { SUGGESTION_WORDS } from '@shared/domain/suggestions';
import { useCall, useConnection } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { DataGrid, type GridColumn, type GridHandle, type PageSource } from '../../grid';
import { AlignmentIcon, Button, Checkbox, countText, countWords, EmptyState, Notice, Pane, shortInstantText, TextField, Toolbar } from '../../ui';
import styles from './map.module.css';

const KIND_WORDS: Readonly<Record<AliasListing['kind'], string>> = { item: 'Item', location: 'Location', unit: 'Unit' };
const howText = ({ how, added }: AliasListing): string =>
  added ? 'Added as new' : how === 'by_hand' ? 'By hand' : how === 'learnt_path' ? 'Learnt from a path' : SUGGESTION_WORDS[how];

const columnsFor = (timeZone: string): readonly GridColumn<AliasListing>[] => [
  { kind: 'text', id: 'alias', title: 'Name', width: 150, fitsUpTo: 320, value: (row) => row.alias },
  { kind: 'text', id: 'source', title: 'Source', width: 80, quiet: true, value: (row) => row.source },
  { kind: 'text', id: 'kind', title: 'Kind', width: 76, quiet: true, value: (row) => KIND_WORDS[row.kind] },
  { kind: 'text', id: 'target', title: 'Means', width: 140, fitsUpTo: 280, value: (row) => row.targetCode },
  { kind: 'text', id: 'how', title: 'How', width: 136, value: (row) => howText(row) },
  { kind: 'date', id: 'when', title: 'When', width: 112, value: (row) => row.acceptedInstant, text: (instant) => shortInstantText(instant, timeZone) },
  { kind: 'text', id: 'who', title: 'Who', width: 104, value: (row) => row.acceptedBy.replace(/ <.*>$/, '') },
  { kind: 'text', id: 'rows', title: 'Rows, at most', align: 'end', tooltip: 'Rows of open periods in files that used the name: what rests on it exactly is told when it is chosen', width: 96, value: (row) => countText(row.rowsOpenMost) },
];

const NO_ORDER: readonly never[] = [];
const keyOf = ({ kind, source, alias }: AliasListing) => JSON.stringify([kind, source, alias]);

export function NamesView({ onSettled }: { readonly onSettled: (sentence: string) => void }) {
  const { canEdit, timeZone } = useWorkspace();
  const connection = useConnection();
  const grid = useRef<GridHandle>(null);
  const [text, setText] = useState('');
  const [learnt, setLearnt] = useState(false);
  const [total, setTotal] = useState<number | undefined>(undefined);
  const [chosen, setChosen] = useState<readonly AliasListing[]>([]);
  const source = useCallback<PageSource<AliasListing>>(
    async ({ offset, limit }) => {
      const outcome = await connection.call('quarantine:aliases', { source: null, text: text.trim(), acceptedOnly: !learnt, offset, limit });
      return outcome.ok ? outcome.value : undefined;
    },
    [connection, text, learnt],
  );
  useEffect(() => connection.onChanged(() => grid.current?.refresh()), [connection]);
  const [columns] = useState(() => columnsFor(timeZone));
  return (
    <div className={styles['split']}>
      <div className={styles['view']}>
        <Toolbar label="Names">
          <TextField label="Find a name" labelHidden placeholder="Find a name" value={text} onValue={setText} />
          <Checkbox label="Also learnt from paths" checked={learnt} onChecked={setLearnt} />
          <span className={styles['hint']}>{total === undefined ? '' : countWords(total, 'name')}</span>
        </Toolbar>
        <div className={styles['fill']}>
          <DataGrid<AliasListing>
            ref={grid}
            label="Names of sources"
            columns={columns}
            source={source}
            sourceKey={`${text} ${learnt}`}
            rowId={keyOf}
            initialSort={NO_ORDER}
            tabLeaves
            onSelection={setChosen}
            onTotal={setTotal}
          />
        </div>
      </div>
      {canEdit && chosen.length > 0 ? (
        <TakeBack key={chosen.map(keyOf).join('\n')} aliases={chosen} onSettled={onSettled} />
      ) : (
        <EmptyState icon={AlignmentIcon} title={total === 0 ? 'No name yet' : 'No name is chosen'}>
          {total === 0 ? 'No source has a name of its own yet.' : 'Choose names to see what rests on them, and to take them back.'}
        </EmptyState>
      )}
    </div>
  );
}

function TakeBack({ aliases, onSettled }: { readonly aliases: readonly AliasListing[]; readonly onSettled: (sentence: string) => void }) {
  const connection = useConnection();
  const [why, setWhy] = useState('');
  const rehearsal = useCall('quarantine:rehearseTakeBack');
  const takeBack = useCall('quarantine:takeBack');
  const [effect, setEffect] = useState<{ readonly rowsReturned: number; readonly rowsLockedMost: number; readonly files: string } | undefined>(undefined);
  const keys = aliases.map(({ kind, source, alias }) => ({ kind, source, alias }));
  const asked = JSON.stringify(keys);
  const { run } = rehearsal;
  useEffect(() => {
    let stale = false;
    // A selection that grows with the arrow keys is looked at once it stands.
    const timer = setTimeout(() => {
      void run({ aliases: JSON.parse(asked) as typeof keys }).then((outcome) => {
        if (stale || !outcome.ok) return;
        const { rowsReturned, rowsLockedMost, byImport } = outcome.value;
        setEffect({ rowsReturned, rowsLockedMost, files: byImport.map(({ fileName, rows }) => `${fileName} (${countText(rows)})`).join(', ') });
      });
    }, 250);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [asked, run, connection]);
  const ready = why.trim() !== '' && effect !== undefined && !takeBack.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await takeBack.run({ aliases: keys, why: why.trim() });
    if (outcome.ok) onSettled(`${countWords(outcome.value.aliases, 'name')} taken back, ${countWords(outcome.value.rowsReturned, 'row')} ${outcome.value.rowsReturned === 1 ? 'waits' : 'wait'} again.`);
  };
  const [only] = aliases;
  const refusal = takeBack.refusal ?? rehearsal.refusal;
  return (
    <Pane title={aliases.length === 1 ? (only!.added && only!.alias === only!.targetCode ? `${only!.alias}, added as new` : `${only!.alias} is ${only!.targetCode}`) : countWords(aliases.length, 'name')} testId="take-back">
      <form aria-label="Take names back" className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p data-testid="take-back-effect" data-selectable>
          {effect === undefined
            ? 'Looking at what rests on it.'
            : effect.rowsReturned === 0
              ? 'No row of an open period rests on it.'
              : `${countWords(effect.rowsReturned, 'row')} ${effect.rowsReturned === 1 ? 'leaves the data and waits' : 'leave the data and wait'} in the quarantine again: ${effect.files}.`}
          {aliases.some(({ added }) => added) ? ` ${addedSentence(aliases.filter(({ added }) => added))}` : ''}
          {effect && effect.rowsLockedMost > 0 ? ` Up to ${countWords(effect.rowsLockedMost, 'row')} of locked periods stay.` : ''}
        </p>
        <TextField label="Why it is taken back" value={why} onValue={setWhy} disabled={takeBack.running} />
        <div>
          <Button type="submit" kind="primary" disabled={!ready}>{`Take back ${countWords(aliases.length, 'name')}`}</Button>
        </div>
        <p className={styles['hint']}>The name can be mapped again. Both are events of the audit trail.</p>
        {refusal ? <Notice tone="error" title={refusal.message} copyText={refusal.message} /> : null}
      </form>
    </Pane>
  );
}

/** What goes with the names: it was added for them. */
function addedSentence(added: readonly AliasListing[]): string {
  const [only] = added;
  return added.length === 1 && only
    ? `The ${only.kind} ${only.targetCode} was added for it and goes too.`
    : `${countText(added.length)} items or locations were added for them and go too.`;
}
