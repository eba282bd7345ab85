/**
 * The imports of the period, the chosen one beside them: its evidence sheet, its difference from the one it replaced,
 * undoing it.
 */
import { useState } from 'react';
import { createPortal } from 'react-dom';
import type { ImportListing } from '@shared/domain/import';
import { IMPORT_STATE_WORDS } from '@shared/domain/import-words';
import { shellCall, useCall, useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { printedWords, usePrinting } from '../../app/printing';
import { useAnnounce, useWorkspace } from '../../app/workspace';
import { Badge, Button, ChevronLeftIcon, countWords, Desk, ExportIcon, Notice, Pane, Pending, periodName, type PickEntry, PickList, Tabs, type Tone } from '../../ui';
import { DifferenceView } from './difference-table';
import { EvidenceView } from './evidence-view';
import { UndoForm } from './undo-form';
import { kindAndSystem, nameOf } from './words';
import styles from './import.module.css';

export const STATE_TONE: Readonly<Record<ImportListing['state'], Tone>> = { standing: 'cleared', superseded: 'neutral', undone: 'warning' };

export function StateBadge({ listing, plain = false }: { readonly listing: ImportListing; readonly plain?: boolean }) {
  return (
    <Badge tone={STATE_TONE[listing.state]} plain={plain} {...(listing.stateWhy === null ? {} : { title: listing.stateWhy })}>
      {IMPORT_STATE_WORDS[listing.state]}
    </Badge>
  );
}

export interface ImportsDeskProps {
  readonly imports: readonly ImportListing[];
  readonly chosen: number;
  readonly onChoose: (importId: number) => void;
  readonly onBack: () => void;
}

export function ImportsDesk({ imports, chosen, onChoose, onBack }: ImportsDeskProps) {
  const { period } = useWorkspace();
  const listing = imports.find((each) => each.importId === chosen);
  return (
    <Desk
      head={
        <>
          <h2>{`Imports of ${periodName(period.code)}`}</h2>
          <Button kind="quiet" icon={ChevronLeftIcon} onClick={onBack}>
            Back
          </Button>
        </>
      }
      list={
        <PickList
          label="Imports"
          asideBelow
          entries={imports.map(entryOf)}
          chosen={String(chosen)}
          onChoose={(key) => onChoose(Number(key))}
          testId="imports-list"
        />
      }
    >
      {listing ? <ImportPane key={listing.importId} listing={listing} /> : null}
    </Desk>
  );
}

const entryOf = (each: ImportListing): PickEntry => ({
  key: String(each.importId),
  title: `${each.importId} · ${each.fileName}`,
  aside: <StateBadge listing={each} plain />,
  detail: `${kindAndSystem(each.kind, each.system)}, ${countWords(each.rowsAccepted, 'row')}`,
  name: `Import ${each.importId}, ${each.fileName}, ${IMPORT_STATE_WORDS[each.state]}`,
});

type Part = 'evidence' | 'difference' | 'undo';

function ImportPane({ listing }: { readonly listing: ImportListing }) {
  const { importId, fileName } = listing;
  const { canEdit, info, period } = useWorkspace();
  const announce = useAnnounce();
  const [part, setPart] = useState<Part>('evidence');
  const evidence = useQuery('imports:evidence', { importId }, { keepsPrevious: true });
  const save = useCall('imports:saveEvidence');
  const canUndo = canEdit && listing.state === 'standing';
  const shown: Part = part === 'undo' && !canUndo ? 'evidence' : part;

  const printing = usePrinting();
  const heading = `${fileName}, import ${importId}`;
  const print = () => printing.print({ head: `${info.company}. Evidence of ${heading}, ${periodName(period.code)}`, timeZone: info.timeZone });
  const saveSheet = async () => {
    const chosen = await shellCall('shell:chooseSavePath', { suggestedName: `${info.company} import ${importId} evidence.html`, kind: 'html' });
    if (!chosen.ok) {
      if (chosen.failure !== 'dialog_cancelled') notify({ tone: 'error', title: chosen.message });
      return;
    }
    const outcome = await save.run({ importId, path: chosen.value.path });
    if (outcome.ok) announce(`The evidence sheet of ${fileName} is saved to ${outcome.value.path}.`);
    else notify({ tone: 'error', title: 'The evidence sheet was not saved', text: outcome.message });
  };
  useCommands({
    'import.undo': { run: () => setPart('undo'), enabled: canUndo },
    'import.printEvidence': { run: print, enabled: evidence.value !== undefined },
    'import.saveEvidence': { run: () => void saveSheet(), enabled: evidence.value !== undefined },
  });
  return (
    <Pane
      title={heading}
      aside={<StateBadge listing={listing} />}
      testId="import-pane"
      footer={
        <>
          <span className={styles['footText']}>{`Imported by ${nameOf(listing.importedBy)}`}</span>
          <Button icon={ExportIcon} onClick={() => void saveSheet()} disabled={!evidence.value || save.running}>
            Save the sheet
          </Button>
          <Button onClick={print} disabled={!evidence.value} shortcut="CmdOrCtrl+P">
            Print
          </Button>
        </>
      }
    >
      {listing.state === 'standing' ? null : (
        <div className={styles['outcome']}>
          <Notice tone="info" title={listing.state === 'undone' ? `Undone by ${nameOf(listing.stateBy ?? '')}: its rows are not in the figures` : 'Replaced: its rows are not in the figures'}>
            {listing.stateWhy}
          </Notice>
        </div>
      )}
      <Tabs<Part>
        label="Parts of the import"
        active={shown}
        onActive={setPart}
        tabs={[
          { id: 'evidence', label: 'Evidence' },
          ...(listing.supersedesImportId === null ? [] : [{ id: 'difference' as const, label: 'Difference' }]),
          ...(canUndo ? [{ id: 'undo' as const, label: 'Undo' }] : []),
        ]}
      >
        <div className={styles['part']}>
          {shown === 'evidence' && evidence.value ? <EvidenceView sheet={evidence.value} /> : null}
          {shown === 'evidence' && evidence.refusal ? <Notice tone="error" title="The evidence could not be read">{evidence.refusal.message}</Notice> : null}
          {shown === 'difference' ? <KeptDifference listing={listing} /> : null}
          {shown === 'undo' ? <UndoForm importId={importId} fileName={fileName} onUndone={announce} /> : null}
        </div>
      </Tabs>
      {evidence.value
        ? createPortal(
            <div data-printed>
              <h1>{`Evidence of import ${importId}: ${fileName}`}</h1>
              <p>{`${info.company}, ${printedWords(Date.now(), info.timeZone)}. ${IMPORT_STATE_WORDS[listing.state]}${listing.stateWhy === null ? '' : `: ${listing.stateWhy}`}`}</p>
              <EvidenceView sheet={evidence.value} />
            </div>,
            document.body,
          )
        : null}
    </Pane>
  );
}

function KeptDifference({ listing }: { readonly listing: ImportListing }) {
  const difference = useQuery('imports:difference', { importId: listing.importId, offset: 0, limit: 500 }, { areas: [] });
  if (difference.refusal) return <Notice tone="info" title="No difference was kept">{difference.refusal.message}</Notice>;
  if (!difference.value) return <Pending of={difference} label="The difference" size="part" />;
  return (
    <>
      <p className={styles['quiet']}>{`Written in the place of import ${listing.supersedesImportId}. Before is that import, after is this one.`}</p>
      <DifferenceView difference={difference.value} importId={listing.importId} />
    </>
  );
}
