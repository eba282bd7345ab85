/**
 * What a journal would book if it were prepared now, and what it leaves out.
 */
import type { JournalDraft } from '@shared/contract/journals';
import { costWords, needWords } from '@shared/domain/journal-words';
import { ROUNDING_WORDS } from '@shared/domain/rule-words';
import { useWorkspace } from '../../app/workspace';
import {
  Button,
  countText,
  countWords,
  Facts,
  Figure,
  LedgerTable,
  moneyText,
  Notice,
  Pane,
  roundingOfDebits,
  Section,
} from '../../ui';
import { PrepareForm, type PrepareFormProps } from './prepare-form';
import styles from './journal.module.css';

export function DraftPane({ draft, people, onPrepared }: PrepareFormProps) {
  const { currency, canEdit } = useWorkspace();
  return (
    <div className={styles['draft']}>
      <Pane title={draft.kind === 'adjustment' ? 'Draft: what would be booked now' : `Draft of the ${draft.kind}: what would be booked now`} testId="journal-draft">
        <div className={styles['figures']}>
          <Figure
            label={`Debit, ${currency}`}
            value={moneyText(draft.debitTotalMinor, currency)}
            testId="draft-debit"
          />
          <Figure
            label={`Credit, ${currency}`}
            value={moneyText(draft.creditTotalMinor, currency)}
            testId="draft-credit"
            note={draft.debitTotalMinor === draft.creditTotalMinor ? 'equal to the cent' : 'debit and credit differ'}
          />
          <Figure
            label={`Rounding moved, ${currency}`}
            value={roundingOfDebits(draft.lines)}
            note={`each line once, ${ROUNDING_WORDS[draft.rounding]}`}
          />
          <Figure
            label="Lines that book nothing"
            value={countText(draft.notPostingLines)}
            note="put before the approver with the rest"
          />
        </div>
        <Needs draft={draft} />
        <LeftOut draft={draft} />
        <Section title={countWords(draft.lines.length, 'line')}>
          <LedgerTable
            caption="Lines of the draft"
            currency={currency}
            lines={draft.lines}
            testId="journal-lines"
            debitTotalMinor={draft.debitTotalMinor}
            creditTotalMinor={draft.creditTotalMinor}
          />
        </Section>
      </Pane>
      {canEdit ? <PrepareForm draft={draft} people={people} onPrepared={onPrepared} /> : null}
    </div>
  );
}

/** What is said beforehand: how often it was prepared, where costs come from, what its approval will need. */
function Needs({ draft }: { readonly draft: JournalDraft }) {
  const { currency } = useWorkspace();
  const facts = [
    ...(draft.number === null ? [] : [{ name: 'Prepared again', value: `${draft.number}, version ${draft.version}` }]),
    { name: 'Booked on', value: draft.bookingDay },
    ...(draft.costs.length === 0 ? [] : [{ name: 'Unit costs', value: draft.costs.map(costWords).join('; ') }]),
    ...draft.needs.map((need) => ({ name: 'Approval', value: needWords(need, currency) })),
  ];
  return (
    <div className={styles['note']} data-testid="draft-needs">
      <Facts facts={facts} />
    </div>
  );
}

/** Lines that this journal does not take up, and why. */
function LeftOut({ draft: { withoutCost, untaggedLines, checksWaiting } }: { readonly draft: JournalDraft }) {
  const { openScreen } = useWorkspace();
  const more = withoutCost.length > 8 ? ` and ${countText(withoutCost.length - 8)} more` : '';
  return (
    <>
      {withoutCost.length > 0 ? (
        <div className={styles['note']}>
          <Notice
            tone="error"
            title={`${countWords(withoutCost.length, 'line has', 'lines have')} no unit cost and cannot be valued`}
            copyText={withoutCost.join('\n')}
            actions={<Button onClick={() => openScreen('import')}>Go to Import</Button>}
          >
            {`${withoutCost.slice(0, 8).join(', ')}${more}. Import a cost from the system that owns it.`}
          </Notice>
        </div>
      ) : null}
      {checksWaiting.length > 0 ? (
        <div className={styles['note']}>
          <Notice
            tone="error"
            title={`${countWords(checksWaiting.length, 'line waits', 'lines wait')} for a check of open orders, reservations and returns`}
            copyText={checksWaiting.join('\n')}
            actions={<Button onClick={() => openScreen('explain', { view: 'checks' })}>Look them up</Button>}
          >
            {`${checksWaiting.slice(0, 8).join(', ')}. No file tells of them; one note can answer for all.`}
          </Notice>
        </div>
      ) : null}
      {untaggedLines > 0 ? (
        <div className={styles['note']}>
          <Notice
            tone="info"
            title={`${countWords(untaggedLines, 'line is', 'lines are')} left out: no reason or no owner yet`}
            actions={<Button onClick={() => openScreen('explain')}>Go to Explain</Button>}
          >
            They can follow in another journal of the same period.
          </Notice>
        </div>
      ) : null}
    </>
  );
}
