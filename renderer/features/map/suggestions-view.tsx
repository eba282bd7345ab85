/**
 * Every name that rows wait for and that something is suggested for: taken one by one, many at a time, or by the reason.
 */
import { useCallback, useMemo, useState } from 'react';
import type { AcceptedSuggestion, SuggestedName, Suggestion } from '@shared/domain/quarantine';
import { SUGGESTION_REASONS, SUGGESTION_WORDS, type SuggestionReason } from '@shared/domain/suggestions';
import { useCall } from '../../api';
import { useWorkspace } from '../../app/workspace';
import { DataGrid, type GridColumn, type PageSource } from '../../grid';
import { AlignmentIcon, Button, countText, countWords, EmptyState, Notice, ProgressBar, SelectField, Toolbar } from '../../ui';
import { replaySentence } from './groups';
import styles from './map.module.css';

interface Offer extends Suggestion {
  readonly source: string;
  readonly kind: SuggestedName['kind'];
  readonly alias: string;
  readonly rows: number;
}

type Reason = SuggestionReason | 'every';

const COLUMNS: readonly GridColumn<Offer>[] = [
  { kind: 'text', id: 'alias', title: 'Name in the file', width: 180, fitsUpTo: 320, value: (offer) => offer.alias },
  { kind: 'text', id: 'source', title: 'Source', width: 100, quiet: true, value: (offer) => offer.source },
  { kind: 'text', id: 'rows', title: 'Rows', align: 'end', width: 72, value: (offer) => countText(offer.rows) },
  { kind: 'text', id: 'target', title: 'May be', width: 160, fitsUpTo: 280, value: (offer) => offer.targetCode },
  { kind: 'text', id: 'reason', title: 'Reason', width: 170, value: (offer) => SUGGESTION_WORDS[offer.reason] },
  { kind: 'text', id: 'sentence', title: 'Because', width: 260, grows: true, quiet: true, value: (offer) => [offer.sentence, offer.targetName ? `${offer.targetCode} is ${offer.targetName}.` : ''].filter(Boolean).join(' ') },
];

const NO_ORDER: readonly never[] = [];
const keyOf = (offer: Offer) => JSON.stringify([offer.kind, offer.source, offer.alias, offer.targetCode]);
const nameOf = (offer: Offer) => JSON.stringify([offer.kind, offer.source, offer.alias]);
const rowsOf = (offers: readonly Offer[]) => offers.reduce((sum, { rows }) => sum + rows, 0);

/** One answer for each name: a name with two is left for a person to choose between. */
function plainAnswers(offers: readonly Offer[]): readonly Offer[] {
  const count = new Map<string, number>();
  for (const offer of offers) count.set(nameOf(offer), (count.get(nameOf(offer)) ?? 0) + 1);
  return offers.filter((offer) => count.get(nameOf(offer)) === 1);
}

const asked = ({ source, kind, alias, targetCode, reason }: Offer): AcceptedSuggestion => ({ source, kind, alias, targetCode, reason });

export interface SuggestionsViewProps {
  readonly names: readonly SuggestedName[];
  readonly loading: boolean;
  readonly onSettled: (sentence: string) => void;
}

export function SuggestionsView({ names, loading, onSettled }: SuggestionsViewProps) {
  const { period, canEdit } = useWorkspace();
  const [reason, setReason] = useState<Reason>('every');
  const [chosen, setChosen] = useState<readonly Offer[]>([]);
  const accept = useCall('quarantine:accept');
  const offers = useMemo(
    () => names.flatMap(({ suggestions, ...name }) => suggestions.map((suggestion): Offer => ({ ...name, ...suggestion }))),
    [names],
  );
  const shown = useMemo(() => (reason === 'every' ? offers : offers.filter((offer) => offer.reason === reason)), [offers, reason]);
  const source = useCallback<PageSource<Offer>>(
    ({ offset, limit }) => Promise.resolve({ total: shown.length, rows: shown.slice(offset, offset + limit) }),
    [shown],
  );
  const all = plainAnswers(shown);
  const some = plainAnswers(chosen);
  const take = async (taken: readonly Offer[]) => {
    const outcome = await accept.run({ periodId: period.periodId, accepted: taken.map(asked) });
    if (outcome.ok) onSettled(`${countWords(taken.length, 'name')} accepted: ${replaySentence(outcome.value)}`);
  };
  if (offers.length === 0) {
    return (
      <EmptyState icon={AlignmentIcon} title={loading ? 'Looking for names' : 'Nothing is suggested'}>
        Names are compared by barcode, leading zeros, separators, path, name and single characters. What is only alike is
        never mapped by itself.
      </EmptyState>
    );
  }
  const counts = SUGGESTION_REASONS.flatMap((each) => {
    const count = offers.filter((offer) => offer.reason === each).length;
    return count === 0 ? [] : [{ value: each as Reason, label: `${SUGGESTION_WORDS[each]} (${countText(count)})` }];
  });
  return (
    <div className={styles['view']}>
      <Toolbar label="Suggestions">
        <SelectField
          label="Reason"
          labelHidden
          value={counts.some(({ value }) => value === reason) ? reason : 'every'}
          choices={[{ value: 'every', label: `Every reason (${countText(offers.length)})` }, ...counts]}
          onValue={setReason}
        />
        <Button kind="primary" disabled={!canEdit || accept.running || some.length === 0} onClick={() => void take(some)}>
          {some.length === 0 ? 'Accept the chosen names' : `Accept ${countWords(some.length, 'chosen name')}`}
        </Button>
        <Button disabled={!canEdit || accept.running || all.length === 0} onClick={() => void take(all)}>
          {all.length === 1 ? 'Accept the name' : `Accept all ${countWords(all.length, 'name')}`}
        </Button>
        <span className={styles['hint']} data-testid="suggestions-touch">
          {some.length > 0
            ? `${countWords(rowsOf(some), 'row')} ${rowsOf(some) === 1 ? 'waits' : 'wait'} for the chosen.`
            : `${countWords(rowsOf(all), 'row')} ${rowsOf(all) === 1 ? 'waits' : 'wait'} for ${all.length === 1 ? 'this name' : 'these names'}.`}
        </span>
      </Toolbar>
      {accept.running ? (
        <div className={styles['progress']}>
          <ProgressBar
            title="Accepting names and replaying"
            stage={accept.progress?.stage ?? ''}
            done={accept.progress?.done ?? 0}
            total={accept.progress?.total ?? null}
            startedInstant={accept.startedInstant}
            onCancel={accept.cancel}
          />
        </div>
      ) : null}
      {accept.refusal ? <Notice strip tone="error" title={accept.refusal.message} copyText={accept.refusal.message} /> : null}
      <div className={styles['fill']}>
        <DataGrid<Offer>
          label="Suggested names"
          columns={COLUMNS}
          source={source}
          sourceKey={`${reason} ${shown.map(keyOf).join('\n')}`}
          rowId={keyOf}
          initialSort={NO_ORDER}
          tabLeaves
          onSelection={setChosen}
        />
      </div>
    </div>
  );
}
