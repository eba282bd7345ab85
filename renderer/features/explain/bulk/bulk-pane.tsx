/**
 * One change for many lines: those that are selected, or all that the filter lets through. Stands over the grid and says what it
 * will do, in figures, before it does it; afterwards one undo takes it back.
 */
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { BulkTarget } from '@shared/domain/bulk';
import type { ReasonCode } from '@shared/contract/tags';
import { useCall } from '../../../api';
import { notify } from '../../../app/notifications';
import { useWorkspace } from '../../../app/workspace';
import { Button, Checkbox, ComboboxField, countWords, Pane, ProgressBar, type SearchEntry, SelectField, TextField } from '../../../ui';
import { OWNER_ENTRIES, reasonEntries } from '../line-columns';
import { recentReasons, rememberReason } from '../recent-reasons';
import { bulkChangeOf, type BulkForm, missingWords, NOTHING_ASKED, TAKE_AWAY } from './bulk-form';
import { Statement } from './bulk-statement';
import { useBulkStatement } from './use-bulk-statement';
import styles from './bulk-pane.module.css';

export interface BulkPaneProps {
  readonly selection: { readonly target: BulkTarget | undefined; readonly lines: number };
  readonly all: { readonly target: BulkTarget; readonly lines: number };
  readonly reasonCodes: readonly ReasonCode[];
  readonly onShow: (label: string, stockKeyIds: readonly number[]) => void;
  readonly onClose: () => void;
}

const KEEP: SearchEntry = { key: '', title: 'Leave as it is' };
const NOTE_CHOICES = [{ value: 'append', label: 'Add to the note' }, { value: 'set', label: 'Replace the note' }, { value: 'away', label: 'Take the note away' }] as const;
const DUE_CHOICES = [{ value: 'keep', label: 'Leave as it is' }, { value: 'set', label: 'On a day' }, { value: 'away', label: 'As the rules say' }] as const;

/** A chosen field can be let go again, and emptied. */
const choices = (entries: readonly SearchEntry[], value: string, away: string): readonly SearchEntry[] => [...(value === '' ? [] : [KEEP]), ...entries, { key: TAKE_AWAY, title: away }];

export function BulkPane({ selection, all, reasonCodes, onShow, onClose }: BulkPaneProps) {
  const { timeZone, recordChange, savingChange, announce } = useWorkspace();
  const [form, setForm] = useState<BulkForm>(NOTHING_ASKED);
  const [wantsAll, setWantsAll] = useState(selection.lines <= 1);
  const apply = useCall('tags:applyBulk');
  // A selection that is let go never turns into all lines by itself.
  const chosen = wantsAll ? all : selection;
  const set = (change: Partial<BulkForm>) => setForm((current) => ({ ...current, ...change }));
  const change = bulkChangeOf(form, timeZone);
  const missing = missingWords(form, change);
  const request = chosen.target && chosen.lines > 0 && change ? { target: chosen.target, change } : undefined;
  const { statement, refusal, isCurrent } = useBulkStatement(request);
  const canApply = request !== undefined && isCurrent && statement !== undefined && statement.changes > 0 && !apply.running;
  // Clearing books nothing, so only reasons that post nothing can be given with it.
  const reasons = useMemo(
    () => choices(reasonEntries(reasonCodes.filter(({ posting }) => !form.clear || posting === 'none'), { cause: null, class: null }, recentReasons()), form.reason, 'Take the reason away'),
    [reasonCodes, form.clear, form.reason],
  );

  const carryOut = () => savingChange(async () => {
    if (!canApply) return;
    const outcome = await apply.run({ ...request, fingerprint: statement.fingerprint });
    if (!outcome.ok) return;
    const { changed, sequence } = outcome.value;
    if (change?.reason) rememberReason(change.reason);
    const label = `Change of ${countWords(changed, 'line')}`;
    const undo = recordChange(label, { bulk: sequence });
    const title = `${countWords(changed, 'line')} changed.`;
    notify({ tone: 'done', title, action: { label: 'Undo', run: undo } });
    announce(title);
    onClose();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void carryOut();
  };
  return (
    <div className={styles['frame']} onKeyDown={onKeyDown}>
      <Pane title="Change lines" takesFocus onClose={apply.running ? undefined : onClose} testId="bulk-pane"
        footer={
          <Button kind="primary" shortcut="CmdOrCtrl+Enter" disabled={!canApply} onClick={() => void carryOut()} data-testid="bulk-apply">
            {statement && isCurrent ? `Change ${countWords(statement.changes, 'line')}` : 'Change lines'}
          </Button>
        }
      >
        <div className={styles['fields']}>
          <SelectField
            label="Which lines" value={wantsAll ? 'all' : 'selected'} disabled={apply.running} onValue={(value) => setWantsAll(value === 'all')}
            choices={[{ value: 'selected', label: selection.lines === 0 ? 'No line is selected' : `The ${countWords(selection.lines, 'selected line')}` }, { value: 'all', label: `All ${countWords(all.lines, 'line')} of this filter` }]}
          />
          <ComboboxField label="Reason" placeholder="Leave as it is" entries={reasons} value={form.reason} disabled={apply.running} onChoose={(reason) => set({ reason })} />
          <ComboboxField label="Owner" placeholder="Leave as it is" entries={choices(OWNER_ENTRIES, form.owner, 'Take the owner away')} value={form.owner} disabled={apply.running} onChoose={(owner) => set({ owner })} />
          <SelectField label="Due" value={form.due} disabled={apply.running} choices={DUE_CHOICES} onValue={(due) => set({ due })} />
          {form.due === 'set' ? <TextField label="Day" type="date" value={form.dueDay} disabled={apply.running} onValue={(dueDay) => set({ dueDay })} /> : null}
        </div>
        <div className={styles['noteRow']}>
          <TextField label="Note" value={form.note} maxLength={2000} disabled={apply.running || form.noteHow === 'away'} placeholder={form.clear ? 'Why nothing is booked' : 'Leave as it is'} onValue={(note) => set({ note })} />
          <SelectField label="What becomes of the note" value={form.noteHow} disabled={apply.running} choices={NOTE_CHOICES} onValue={(noteHow) => set({ noteHow })} />
          <div className={styles['clear']}>
            <Checkbox
              label="Clear without booking" checked={form.clear} disabled={apply.running}
              onChecked={(clear) => set({ clear, ...(clear && reasonCodes.some(({ code, posting }) => code === form.reason && posting !== 'none') ? { reason: '' } : {}) })}
            />
          </div>
        </div>
        {apply.running && apply.progress ? <ProgressBar title="Changing lines" {...apply.progress} startedInstant={apply.startedInstant} onCancel={apply.cancel} /> : null}
        {apply.refusal ? <p className={styles['refusal']} role="alert">{apply.refusal.message}</p> : null}
        {chosen.lines === 0 ? <p className={styles['hint']}>{wantsAll ? 'The filter lets no line through.' : 'Select lines in the grid, or choose all lines of the filter.'}</p> : missing ? <p className={styles['hint']} data-testid="bulk-hint">{missing}</p> : null}
        {refusal ? <p className={styles['refusal']} role="alert">{refusal}</p> : null}
        {request && !missing && !refusal && statement ? <Statement statement={statement} timeZone={timeZone} isStale={!isCurrent} onShow={onShow} /> : null}
        {!missing && !refusal && !statement && chosen.lines > 0 ? <p className={styles['hint']}>Working out what it does</p> : null}
      </Pane>
    </div>
  );
}
