/**
 * Count sheets: every sheet of the period with where it stands, one of them in full, and the form that makes new ones.
 */
import { useState } from 'react';
import type { CountSheet, SheetStanding } from '@shared/domain/count-sheet';
import { useQuery } from '../../api';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { Button, countText, countWords, Desk, EmptyState, Notice, Pending, type PickEntry, PickList, PlusIcon, SheetIcon } from '../../ui';
import { FollowUpPane, openCounts } from './follow-up-pane';
import { NewSheetForm } from './new-sheet-form';
import { FIRST_DRAFT } from './choice-draft';
import { SheetPane } from './sheet-pane';
import { SheetStateBadge } from './sheet-state';
import { StrayRows } from './stray-rows';
import styles from './count-sheets.module.css';

const NEW = 'new';
const STRAYS = 'strays';
const FOLLOW_UP = 'followUp';
/** New sheets for exactly the lines that want a second count. */
const RECOUNT = 'recount';

export function CountSheetsScreen() {
  const { period, canEdit, whyNot } = useWorkspace();
  const standing = useQuery('countSheets:standing', { periodId: period.periodId }, { keepsPrevious: true });
  const followUp = useQuery('followUp:counts', { periodId: period.periodId, limit: 200 }, { areas: ['lines', 'imports', 'countSheets', 'followUp'], keepsPrevious: true });
  const asked = followUp.value ? openCounts(followUp.value) : 0;
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [result, setResult] = useState('');

  const sheets = standing.value?.sheets ?? [];
  const strays = standing.value?.strays ?? [];
  const shown = chosen ?? firstToShow(standing.value);
  const sheet = sheets.find((each) => String(each.countSheetId) === shown);
  const show = (key: string) => {
    setChosen(key);
    setResult('');
  };

  useScreenFocus(({ view }) => {
    if (view === 'new') show(NEW);
    if (view === RECOUNT) show(RECOUNT);
  });
  const out = sheets.filter(({ state }) => state === 'issued' || state === 'partly_back');
  useStatus([
    { label: 'count sheets', value: countText(sheets.length) },
    { label: 'not back', value: countText(out.length) },
    { label: 'extra rows', value: countText(strays.length) },
  ]);
  if (!standing.value) return <Pending of={standing} label="Count sheets" />;
  return (
    <div data-testid="count-sheets">
      <Desk
        head={
          <>
            <h2>Count sheets</h2>
            {canEdit ? (
              <Button kind="quiet" icon={PlusIcon} shortcut="CmdOrCtrl+Shift+N" onClick={() => show(NEW)}>
                New
              </Button>
            ) : null}
          </>
        }
        list={
          <PickList
            label="Count sheets"
            chosen={shown}
            onChoose={show}
            entries={[
              ...(strays.length > 0 ? [strayEntry(strays.length)] : []),
              ...(asked > 0 ? [followUpEntry(asked)] : []),
              ...((shown === NEW || shown === RECOUNT) && canEdit ? [{ ...NEW_ENTRY, key: shown }] : []),
              ...sheets.map(entryOf),
            ]}
            testId="count-sheet-list"
          />
        }
        foot={sheets.length > 0 ? <p className={styles['standing']}>{standingWords(sheets)}</p> : undefined}
        strip={
          <>
            {standing.refusal ? <Notice strip tone="error" title={standing.refusal.message} copyText={standing.refusal.message} /> : null}
            {result ? <Notice strip tone="done" title={result} /> : null}
          </>
        }
      >
        {sheet ? (
          <SheetPane key={sheet.countSheetId} sheet={sheet} onDone={setResult} />
        ) : shown === STRAYS && strays.length > 0 ? (
          <StrayRows rows={strays} />
        ) : shown === FOLLOW_UP && followUp.value && asked > 0 ? (
          <FollowUpPane lists={followUp.value} onIssue={() => show(RECOUNT)} />
        ) : canEdit ? (
          <NewSheetForm key={shown} scope={shown === RECOUNT ? 'recount_asked' : FIRST_DRAFT.scope} />
        ) : (
          <EmptyState icon={SheetIcon} title="No count sheet was issued">
            {whyNot}
          </EmptyState>
        )}
      </Desk>
    </div>
  );
}

/** What waits for a person comes first: rows that fit no sheet, then a sheet that came back in part. */
function firstToShow(standing: SheetStanding | undefined): string {
  const { sheets = [], strays = [] } = standing ?? {};
  if (strays.length > 0) return STRAYS;
  const first = sheets.find(({ state }) => state === 'partly_back') ?? sheets.find(({ state }) => state === 'issued') ?? sheets[0];
  return first ? String(first.countSheetId) : NEW;
}

const NEW_ENTRY: PickEntry = { key: NEW, title: 'New count sheet', detail: 'not issued yet', name: 'New count sheet, not issued yet' };

const followUpEntry = (lines: number): PickEntry => ({
  key: FOLLOW_UP,
  title: 'What the counts ask',
  detail: countWords(lines, 'line'),
  name: `What the counts ask, ${countWords(lines, 'line')}`,
});

const strayEntry = (rows: number): PickEntry => ({
  key: STRAYS,
  title: 'Not on any sheet',
  detail: `${countWords(rows, 'row')} in the quarantine`,
  name: `Not on any sheet, ${countWords(rows, 'row')} in the quarantine`,
});

const entryOf = (sheet: CountSheet): PickEntry => ({
  key: String(sheet.countSheetId),
  title: sheet.number,
  aside: <SheetStateBadge sheet={sheet} />,
  detail: `${sheet.location} · ${countText(sheet.linesCounted)} of ${countWords(sheet.lines, 'line')} counted${sheet.firstCountNo > 1 ? ' · recount' : ''}`,
  name: `${sheet.number}, ${sheet.location}, ${sheet.state.replace('_', ' ')}, ${countText(sheet.linesCounted)} of ${countWords(sheet.lines, 'line')} counted`,
});

/** `3 of 12 sheets back; 118 of 345 lines counted`; void sheets are out of both. */
function standingWords(sheets: readonly CountSheet[]): string {
  const valid = sheets.filter(({ state }) => state !== 'void');
  const sum = (figure: 'lines' | 'linesCounted') => valid.reduce((total, sheet) => total + sheet[figure], 0);
  const back = valid.filter(({ state }) => state === 'back').length;
  const voided = sheets.length - valid.length;
  return [
    `${countText(back)} of ${countWords(valid.length, 'sheet')} back`,
    `${countText(sum('linesCounted'))} of ${countWords(sum('lines'), 'line')} counted`,
    ...(voided > 0 ? [`${countText(voided)} void`] : []),
  ].join('; ');
}
