/**
 * One sheet: what it was issued for, what came back of each line, and taking it back while nothing was counted.
 */
import { type FormEvent, useState } from 'react';
import { countHeading, countNumbersOf, type CountSheet, lineRanges, type SheetLine } from '@shared/domain/count-sheet';
import { shellCall, useCall, useQuery } from '../../api';
import { notify } from '../../app/notifications';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Button, countText, ExportIcon, Facts, FolderIcon, instantText, Notice, NumberText, Pane, quantityText, Section, Table, TextField } from '../../ui';
import { EnterCounts } from './enter-counts';
import { SheetStateBadge } from './sheet-state';
import styles from './count-sheets.module.css';

export interface SheetPaneProps {
  readonly sheet: CountSheet;
  /** Something became of the sheet, in a sentence. */
  readonly onDone: (sentence: string) => void;
}

const nameOf = (actor: string): string => actor.replace(/ <.*>$/, '');

export function SheetPane({ sheet, onDone }: SheetPaneProps) {
  const { timeZone, canEdit, workbook } = useWorkspace();
  const announce = useAnnounce();
  const again = useCall('countSheets:export');
  const lines = useQuery('countSheets:lines', { countSheetId: sheet.countSheetId }, { keepsPrevious: true });
  const [types, setTypes] = useState(false);
  const notCounted = (lines.value ?? []).filter(({ counts }) => counts.length === 0).map(({ line }) => line);
  const saveAgain = async () => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${sheet.number}.xlsx`, kind: 'xlsx' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await again.run({ countSheetIds: [sheet.countSheetId], path: chosen.value.path });
    if (!outcome.ok) return;
    announce(`${sheet.number} is saved to ${outcome.value.path}.`);
    notify({ tone: 'done', title: `${sheet.number} is saved again`, text: outcome.value.path });
  };
  if (types && lines.value) return <EnterCounts sheet={sheet} lines={lines.value} onClose={() => setTypes(false)} onEntered={onDone} />;
  return (
    <Pane
      title={sheet.number}
      aside={<SheetStateBadge sheet={sheet} />}
      testId="sheet-pane"
      footer={
        <>
          <span className={styles['footText']} title={sheet.exportedTo}>
            {sheet.exportedTo}
          </span>
          <Button icon={FolderIcon} onClick={() => void showInFolder(sheet.exportedTo)}>
            Show in folder
          </Button>
          {sheet.state === 'void' || !canEdit ? null : <Button kind="primary" disabled={!lines.value} onClick={() => setTypes(true)}>Type in the counts</Button>}
          {sheet.state === 'void' || workbook.readOnly ? null : (
            <Button icon={ExportIcon} disabled={again.running} onClick={() => void saveAgain()}>
              Save this sheet again
            </Button>
          )}
        </>
      }
    >
      {again.refusal ? (
        <div className={styles['note']}>
          <Notice tone="error" title="The sheet was not saved" copyText={again.refusal.message}>
            {again.refusal.message}
          </Notice>
        </div>
      ) : null}
      {sheet.voidReason === null ? null : (
        <div className={styles['note']}>
          <Notice tone="info" title={`Void: ${sheet.voidReason}`}>
            {nameOf(sheet.voidedBy ?? '')}, {instantText(sheet.voidedInstant ?? 0, timeZone)}. Rows that come back with this number wait in the quarantine.
          </Notice>
        </div>
      )}
      {sheet.state === 'partly_back' && notCounted.length > 0 ? (
        <div className={styles['note']}>
          <Notice tone="warning" title={`Not counted: ${notCounted.length === 1 ? 'line' : 'lines'} ${lineRanges(notCounted)}`}>
            They stay unknown until the sheet comes back with them, or a recount does.
          </Notice>
        </div>
      ) : null}
      <div className={styles['facts']}>
        <Facts
          facts={[
            { name: 'Location', value: sheet.location },
            { name: 'Counts', value: countNumbersOf(sheet.firstCountNo).map(countHeading).join(', ') },
            { name: 'Counted', value: `${countText(sheet.linesCounted)} of ${countText(sheet.lines)}` },
          ]}
        />
        <Facts
          facts={[
            { name: 'Issued', value: `${nameOf(sheet.issuedBy)}, ${instantText(sheet.issuedInstant, timeZone)}` },
            { name: 'Chosen', value: sheet.choice },
          ]}
        />
      </div>
      <Section title="Lines">
        {lines.refusal ? <Notice tone="error" title={lines.refusal.message} copyText={lines.refusal.message} /> : null}
        <Table
          caption={`Lines of ${sheet.number}`}
          rows={lines.value ?? []}
          rowKey={({ line }) => line}
          testId="sheet-lines"
          columns={[
            { id: 'line', title: 'Line', align: 'end', width: 48, cell: ({ line }) => line },
            { id: 'bin', title: 'Bin', cell: ({ bin }) => bin || '–' },
            { id: 'sku', title: 'SKU', cell: ({ sku }) => sku },
            { id: 'item', title: 'Item', cell: ({ item }) => item },
            { id: 'unit', title: 'Unit', cell: ({ unit }) => unit },
            ...countNumbersOf(sheet.firstCountNo).map((countNo) => ({
              id: String(countNo),
              title: countHeading(countNo),
              align: 'end' as const,
              cell: (line: SheetLine) => <Counted line={line} countNo={countNo} />,
            })),
            { id: 'by', title: 'Counted by', cell: ({ counts }) => counts.at(-1)?.countedBy || '–' },
            { id: 'at', title: 'Counted at', cell: ({ counts }) => (counts.length > 0 ? instantText(counts.at(-1)!.countedInstant, timeZone) : '–') },
          ]}
        />
      </Section>
      {sheet.state === 'issued' && canEdit ? <VoidForm sheet={sheet} onDone={onDone} /> : null}
    </Pane>
  );
}

/** A figure, or a dash where nobody counted: never 0. */
function Counted({ line, countNo }: { readonly line: SheetLine; readonly countNo: number }) {
  const count = line.counts.find((each) => each.countNo === countNo);
  return count ? <NumberText text={quantityText(count.countedScaled)} /> : <span className={styles['quiet']}>–</span>;
}

async function showInFolder(path: string): Promise<void> {
  const outcome = await shellCall('shell:showInFolder', { path });
  if (!outcome.ok) notify({ tone: 'error', title: outcome.message });
}

/** Takes back a sheet that will not be counted. */
function VoidForm({ sheet, onDone }: SheetPaneProps) {
  const announce = useAnnounce();
  const [why, setWhy] = useState('');
  const takeBack = useCall('countSheets:void');
  const ready = why.trim() !== '' && !takeBack.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const outcome = await takeBack.run({ countSheetIds: [sheet.countSheetId], why: why.trim() });
    if (!outcome.ok) return;
    const sentence = `${sheet.number} is void. Its number is not given again.`;
    announce(sentence);
    onDone(sentence);
  };
  return (
    <Section title="Take it back">
      <form aria-label={`Void ${sheet.number}`} className={styles['void']} onSubmit={(event) => void submit(event)}>
        <TextField label="Why the sheet will not be counted" value={why} onValue={setWhy} disabled={takeBack.running} />
        <div className={styles['button']}>
          <Button type="submit" disabled={!ready}>
            Void {sheet.number}
          </Button>
        </div>
      </form>
      {takeBack.refusal ? (
        <Notice tone="error" title="The sheet stays" copyText={takeBack.refusal.message}>
          {takeBack.refusal.message}
        </Notice>
      ) : null}
    </Section>
  );
}
