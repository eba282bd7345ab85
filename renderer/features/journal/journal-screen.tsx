/**
 * Journal: the draft of what would be booked now, and every journal of the period with where it stands.
 */
import { useState } from 'react';
import type { Journal, JournalDraft } from '@shared/contract/journals';
import { DRAFTED_KINDS, type DraftedKind } from '@shared/domain/journal-kinds';
import { NO_SECOND_PERSON } from '@shared/domain/journal-words';
import { useQuery } from '../../api';
import { NotReconciled } from '../../app/not-reconciled';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import {
  Badge,
  Button,
  countText,
  countWords,
  Desk,
  EmptyState,
  moneyText,
  Notice,
  Pending,
  type PickEntry,
  PickList,
  SheetIcon,
  shortInstantText,
} from '../../ui';
import { DraftPane } from './draft-pane';
import { JournalPane } from './journal-pane';
import { JournalState, KIND_TITLES } from './journal-state';

const DRAFT = 'draft';
const draftKey = (kind: DraftedKind): string => `${DRAFT} ${kind}`;

export function JournalScreen() {
  const { period, currency, timeZone, openScreen } = useWorkspace();
  const input = { periodId: period.periodId };
  const journals = useQuery('journals:list', input, { keepsPrevious: true });
  const [kind, setKind] = useState<DraftedKind>('adjustment');
  const draft = useQuery('journals:draft', { ...input, kind }, { keepsPrevious: true });
  const people = useQuery('people:list', {}, { areas: ['people', 'workbook', 'journals'], keepsPrevious: true });
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [result, setResult] = useState('');

  const list = journals.value ?? [];
  const hasDraft = draft.value !== undefined && holdsSomething(draft.value);
  const first =
    list.find((journal) => journal.state === 'approved') ??
    list.find((journal) => journal.state === 'prepared') ??
    list.at(-1);
  const shown = chosen ?? (hasDraft || !first ? draftKey(kind) : String(first.journalId));
  const isLocked = period.state === 'locked';
  // A locked period is not booked any further: a draft that holds nothing is nothing to do there.
  const kinds = DRAFTED_KINDS.filter((each) => (isLocked ? hasDraft && each === kind : each === 'adjustment' || each === kind) || draft.value?.kindsWaiting.includes(each));
  const journal = list.find((each) => String(each.journalId) === shown);

  useScreenFocus(({ view }) => {
    if (view === 'draft') setChosen(draftKey(kind));
    if (view?.startsWith('journal ')) setChosen(view.slice('journal '.length));
    if (view === 'export') setChosen(undefined);
  });
  useStatus([
    { label: 'journals', value: countText(list.length) },
    { label: 'draft', value: draft.value ? `${moneyText(draft.value.debitTotalMinor, currency)} ${currency}` : '–' },
  ]);
  if (!journals.value) return <Pending of={journals} label="Journals" />;
  const refusal =
    journals.refusal ?? (draft.refusal && draft.refusal.failure !== 'not_reconciled' ? draft.refusal : undefined);
  return (
    <div data-testid="journal">
      <Desk
        head={<h2>Journals of the period</h2>}
        list={
          <PickList
            label="Journals"
            chosen={shown}
            onChoose={(key) => {
              setChosen(key);
              setResult('');
              const drafted = DRAFTED_KINDS.find((each) => draftKey(each) === key);
              if (drafted) setKind(drafted);
            }}
            entries={[...kinds.map((each) => draftEntry(each, draft.value, currency)), ...list.map((each) => entryOf(each, currency, timeZone))]}
            testId="journals"
          />
        }
        strip={
          <>
            {refusal ? <Notice strip tone="error" title={refusal.message} copyText={refusal.message} /> : null}
            {result ? <Notice strip tone="done" title={result} /> : null}
          </>
        }
      >
        {journal ? (
          <JournalPane
            key={journal.journalId}
            journal={journal}
            people={people.value ?? []}
            onExported={() => setChosen(String(journal.journalId))}
            onDone={(sentence, journalId) => {
              setChosen(journalId === undefined ? undefined : String(journalId));
              setResult(sentence);
            }}
          />
        ) : draft.refusal?.failure === 'not_reconciled' ? (
          <NotReconciled>A journal books reconciled lines that have a reason and an owner.</NotReconciled>
        ) : draft.value && !holdsSomething(draft.value) ? (
          <EmptyState
            icon={SheetIcon}
            title="Nothing to book"
            action={
              draft.value.untaggedLines > 0 ? (
                <Button kind="primary" onClick={() => openScreen('explain')}>
                  Go to Explain
                </Button>
              ) : (
                <Button kind="primary" onClick={() => openScreen('lock')}>
                  Go to Lock
                </Button>
              )
            }
          >
            {draft.value.untaggedLines > 0
              ? `${countWords(draft.value.untaggedLines, 'line')} still need a reason and an owner. A journal takes up lines that have both.`
              : isLocked
                ? 'The period is locked, and no line of it waits for a journal.'
                : 'No line has a reason and an owner that a journal does not hold already.'}
          </EmptyState>
        ) : draft.value ? (
          <DraftPane
            draft={draft.value}
            people={people.value ?? []}
            onPrepared={(prepared) => {
              setChosen(String(prepared.journalId));
              setResult(
                `${prepared.number} is prepared and signed by ${prepared.preparer}. It waits for ${prepared.namedApprover} in the Approve step.`,
              );
            }}
          />
        ) : null}
      </Desk>
    </div>
  );
}

/** Whether a journal made now would hold anything, if only lines whose reason posts nothing. */
const holdsSomething = (draft: JournalDraft): boolean =>
  draft.lines.length > 0 || draft.notPostingLines > 0 || draft.withoutCost.length > 0;

const draftEntry = (kind: DraftedKind, draft: JournalDraft | undefined, currency: string): PickEntry => {
  const isShown = draft?.kind === kind;
  const isEmpty = isShown ? !holdsSomething(draft) : !draft?.kindsWaiting.includes(kind);
  const held = isShown ? (holdsSomething(draft) ? `${countWords(draft.lines.length, 'line')}, ${moneyText(draft.debitTotalMinor, currency)} ${currency}` : 'nothing to book') : 'lines wait';
  return {
    key: draftKey(kind),
    title: kind === 'adjustment' ? 'Draft' : `Draft, ${kind}`,
    aside: (
      <Badge tone="neutral" plain>
        {isShown && draft.number !== null ? `${draft.number} again` : isEmpty ? 'nothing to book' : 'not prepared'}
      </Badge>
    ),
    detail: isEmpty ? 'no line waits' : held,
    name: `Draft of kind ${kind}, ${isEmpty ? 'nothing to book' : 'not prepared'}`,
  };
};

const entryOf = (journal: Journal, currency: string, timeZone: string): PickEntry => ({
  key: String(journal.journalId),
  title: journal.number,
  aside: <JournalState state={journal.state} isWithdrawn={journal.withdrawnInstant !== null} />,
  detail: journal.isAutomatic
    ? `${moneyText(journal.debitTotalMinor, currency)} ${currency} · due ${journal.bookingDay}`
    : `${moneyText(journal.debitTotalMinor, currency)} ${currency} · ${journal.preparer} · ${shortInstantText(journal.preparedInstant, timeZone)}`,
  name: `${journal.number}, ${KIND_TITLES[journal.kind].toLowerCase()}, ${journal.state}${journal.noSecondPerson === null ? '' : `, ${NO_SECOND_PERSON}`}`,
});
