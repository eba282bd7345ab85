/**
 * Typing a count sheet in: its lines as a grid, figures checked as they are typed, and brought in like a file that came back.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CountSheet, SheetLine } from '@shared/domain/count-sheet';
import { DAY_MS } from '@shared/domain/instant';
import { useCall } from '../../api';
import { useCommands } from '../../app/commands';
import { recall, remember } from '../../app/settings';
import { UndoStack } from '../../app/undo-stack';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { DataGrid, type GridChange, type GridHandle } from '../../grid';
import { Button, countWords, fieldOfInstant, instantOfField, Notice, Pane, TextField } from '../../ui';
import { changeBack, entryColumns, type EntryRow, type FigureChange, figuresOf, stillWanted, type TypedFigures, withChange, withEdits } from './typed-counts';
import styles from './count-sheets.module.css';

export interface EnterCountsProps {
  readonly sheet: CountSheet;
  readonly lines: readonly SheetLine[];
  readonly onClose: () => void;
  readonly onEntered: (sentence: string) => void;
}

/** Whoever types later than this after the month types what was counted before. */
const LATE_MS = 2 * DAY_MS;

/** What the field for the time begins with: now, or when the rest of the sheet was counted; empty where nobody can know. */
function usualField(lines: readonly SheetLine[], cutOffInstant: number, timeZone: string): string {
  const counted = lines.flatMap(({ counts }) => counts.map(({ countedInstant }) => countedInstant));
  const instant = counted.length > 0 ? Math.max(...counted) : Date.now() < cutOffInstant + LATE_MS ? Date.now() : undefined;
  return instant === undefined ? '' : fieldOfInstant(instant, timeZone);
}

const NO_ORDER: readonly never[] = [];

export function EnterCounts({ sheet, lines, onClose, onEntered }: EnterCountsProps) {
  const { info, period, timeZone } = useWorkspace();
  const announce = useAnnounce();
  const enter = useCall('countSheets:enter');
  const kept = `countSheets.typed.${info.workbookUuid}.${sheet.number}`;
  const [figures, setFigures] = useState<TypedFigures>(() => stillWanted(recall<TypedFigures>(kept) ?? {}, lines));
  const [countedBy, setCountedBy] = useState(info.actor.name);
  const [countedAt, setCountedAt] = useState(() => usualField(lines, period.cutOffInstant, timeZone));
  const [undo] = useState(() => new UndoStack<FigureChange>());
  const grid = useRef<GridHandle>(null);
  const entry = useRef<HTMLDivElement>(null);
  const buttons = useRef<HTMLSpanElement>(null);
  const now = useRef({ figures, lines });
  now.current = { figures, lines };
  useEffect(() => remember(kept, figures), [kept, figures]);

  const columns = useMemo(() => entryColumns(sheet), [sheet]);
  const show = (after: TypedFigures) => {
    now.current = { ...now.current, figures: after };
    setFigures(after);
    grid.current?.refresh();
  };
  const change = async (wanted: FigureChange) => {
    const before = now.current.figures;
    const after = withChange(before, wanted);
    show(after);
    return changeBack(before, after);
  };
  const move = async (way: 'undo' | 'redo') => {
    const entry = await undo[way](change);
    announce(entry === undefined ? `Nothing to ${way}` : `${way === 'undo' ? 'Undone' : 'Made again'}: ${entry.label}`);
  };
  /** In the lines Tab goes from figure to figure: this is the way past all of them, and back. */
  const switchPane = () => {
    if (entry.current?.contains(document.activeElement)) buttons.current?.parentElement?.querySelector('button')?.focus();
    else grid.current?.focusRow(Math.max(0, grid.current.focusedIndex()));
  };
  useCommands({
    // What is typed here is in no trail yet: undo takes back a figure of this sheet and nothing that was saved elsewhere.
    'edit.undo': { run: () => void move('undo') },
    'edit.redo': { run: () => void move('redo') },
    'view.switchPane': { run: switchPane },
  });
  const onEdits = async ({ edits }: GridChange<EntryRow>) => {
    const before = now.current.figures;
    const after = withEdits(before, edits);
    show(after);
    undo.record({ label: countWords(edits.length, 'figure'), token: changeBack(before, after) });
    return true;
  };

  const typed = figuresOf(figures);
  const instant = instantOfField(countedAt, timeZone);
  const ready = typed.length > 0 && countedBy.trim() !== '' && instant !== undefined && !enter.running;
  const bringIn = async () => {
    if (!ready) return;
    const outcome = await enter.run({ countSheetId: sheet.countSheetId, figures: typed, countedBy: countedBy.trim(), countedInstant: instant });
    if (!outcome.ok) return;
    const { lines: counted, fileName } = outcome.value;
    remember(kept, {});
    const sentence = `${countWords(counted, 'line')} of ${sheet.number} ${counted === 1 ? 'is' : 'are'} in, as ${fileName}.`;
    announce(sentence);
    onEntered(sentence);
    onClose();
  };
  return (
    <Pane
      title={`${sheet.number}: type in the counts`}
      testId="enter-counts"
      footer={
        <>
          <span ref={buttons} className={styles['footText']}>{typed.length === 0 ? 'Nothing typed yet.' : `${countWords(typed.length, 'figure')} typed, kept here until ${typed.length === 1 ? 'it is' : 'they are'} brought in.`}</span>
          <Button onClick={onClose}>Back to the sheet</Button>
          <Button kind="primary" disabled={!ready} onClick={() => void bringIn()}>{`Bring in ${countWords(typed.length, 'figure')}`}</Button>
        </>
      }
    >
      {enter.refusal ? (
        <div className={styles['note']}>
          <Notice tone="error" title="The figures were not brought in" copyText={enter.refusal.message}>{enter.refusal.message}</Notice>
        </div>
      ) : null}
      <div className={styles['counted']}>
        <TextField label="Counted by" value={countedBy} onValue={setCountedBy} problem={countedBy.trim() === '' ? 'Say who counted.' : undefined} />
        <TextField label={`Counted at, in ${timeZone}`} type="datetime-local" step={60} value={countedAt} onValue={setCountedAt} problem={instant === undefined ? 'Say when it was counted.' : undefined} />
      </div>
      <p className={styles['keys']}>Enter goes down, Tab to the right. F6 leaves the lines for the buttons below, and comes back.</p>
      <div ref={entry} className={styles['entry']}>
        <DataGrid<EntryRow>
          ref={grid}
          label={`Counts of ${sheet.number}`}
          columns={columns}
          source={({ offset, limit }) => Promise.resolve({ total: lines.length, rows: now.current.lines.slice(offset, offset + limit).map((line) => ({ ...line, typed: now.current.figures })) })}
          sourceKey={String(sheet.countSheetId)}
          rowId={({ line }) => String(line)}
          initialSort={NO_ORDER}
          rowNumbers={false}
          onEdits={onEdits}
          onChanging={(change) => void undo.saving(() => change)}
        />
      </div>
    </Pane>
  );
}
