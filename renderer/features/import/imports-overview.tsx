/**
 * What the period holds and what it lacks, and the three ways to bring a file: drop it, choose it, or take the sample
 * company's files of the month.
 */
import { type ImportListing, type ImportSummary, MISSING_SOURCES } from '@shared/domain/import';
import { MISSING_SOURCE_WORDS } from '@shared/domain/import-words';
import { type Refusal, useQuery } from '../../api';
import { useWorkspace } from '../../app/workspace';
import {
  Badge,
  Button,
  ClearedIcon,
  countText,
  countWords,
  DropZone,
  FlagIcon,
  ImportIcon,
  instantText,
  MinusIcon,
  Notice,
  periodName,
  Section,
  SheetIcon,
  Table,
  WarningIcon,
} from '../../ui';
import { StateBadge } from './imports-desk';
import type { NewFile } from './queued-file';
import { kindAndSystem, nameOf } from './words';
import styles from './import.module.css';

export interface BringFiles {
  readonly onChoose: () => void;
  readonly onDropped: (files: readonly File[]) => void;
  readonly onAdd: (files: readonly NewFile[]) => void;
}

export interface ImportsOverviewProps extends BringFiles {
  readonly summary: ImportSummary | undefined;
  readonly refusal: Refusal | undefined;
  readonly onReload: () => void;
  /** Shows an import with its evidence sheet. */
  readonly onOpen: (importId: number) => void;
  /** Asks for a later export to hold against the locked period; undefined while it is open. */
  readonly onCompare: (() => void) | undefined;
}

export function ImportsOverview({ summary, refusal, onReload, onOpen, onCompare, onChoose, onDropped, onAdd }: ImportsOverviewProps) {
  const { period, canEdit, whyNot, openScreen } = useWorkspace();
  const month = periodName(period.code);
  return (
    <div className={styles['overview']}>
      {canEdit ? (
        <div className={styles['dropArea']}>
          <DropZone onFiles={onDropped} invitation="Drop files to rehearse them" testId="import-drop">
            <div className={styles['dropFrame']}>
              <ImportIcon size={24} />
              <div>
                <h2>Bring the files of {month}</h2>
                <p>
                  Drop CSV or Excel files here. Each is rehearsed first; nothing is written before you say so.
                </p>
              </div>
              <div className={styles['dropButtons']}>
                <SampleButton onAdd={onAdd} imports={summary?.imports ?? []} />
                <Button icon={SheetIcon} onClick={() => openScreen('countSheets')}>
                  Count sheets
                </Button>
                <Button
                  kind={summary?.missing.length === 0 ? 'plain' : 'primary'}
                  icon={ImportIcon}
                  onClick={onChoose}
                  shortcut="CmdOrCtrl+I"
                >
                  Choose files
                </Button>
              </div>
            </div>
          </DropZone>
        </div>
      ) : onCompare ? (
        <div className={styles['dropArea']}>
          <DropZone onFiles={onDropped} invitation="Drop a later export to compare it" testId="compare-drop">
            <div className={styles['dropFrame']}>
              <SheetIcon size={24} />
              <div>
                <h2>{`What changed in ${month} since the close?`}</h2>
                <p>Drop the same export again, taken now: it is held against the locked period line by line. Nothing of the period is changed.</p>
              </div>
              <div className={styles['dropButtons']}>
                <Button icon={SheetIcon} onClick={onCompare}>
                  Compare a later export
                </Button>
              </div>
            </div>
          </DropZone>
        </div>
      ) : null}
      {refusal ? (
        <Notice
          tone="error"
          title="The imports could not be read"
          copyText={refusal.message}
          actions={<Button onClick={onReload}>Read again</Button>}
        >
          {refusal.message}
        </Notice>
      ) : null}
      {summary ? <Needs summary={summary} onReconcile={() => openScreen('reconcile')} onMend={() => openScreen('map')} /> : null}
      {summary && (summary.imports.length > 0 || !canEdit) ? (
        <Section title={`Imported into ${month}`} testId="imports">
          <ImportsTable imports={summary.imports} onOpen={onOpen} empty={`Nothing was imported. ${whyNot}`} />
        </Section>
      ) : null}
    </div>
  );
}

/** The sample company's files that are not in yet. */
function SampleButton({
  imports,
  onAdd,
}: {
  readonly imports: readonly ImportListing[];
  readonly onAdd: (files: readonly NewFile[]) => void;
}) {
  const { info, period } = useWorkspace();
  const sample = useQuery('imports:sampleFiles', info.isSample ? { periodId: period.periodId } : null, { areas: [] });
  const held = new Set(imports.filter((each) => each.state === 'standing').map((each) => each.fileName));
  const files = (sample.value ?? []).filter((file) => !held.has(file.fileName));
  if (files.length === 0) return null;
  return (
    <Button
      icon={SheetIcon}
      kind="plain"
      onClick={() =>
        onAdd(
          files.map(({ filePath, fileName, asOfInstant }) => ({
            filePath,
            fileName,
            asOfInstant: asOfInstant ?? undefined,
          })),
        )
      }
    >
      {`Use the ${periodName(period.code).split(' ')[0]} files (${countText(files.length)})`}
    </Button>
  );
}

/** What the reconciliation wants, and what of it the period holds. */
function Needs({
  summary,
  onReconcile,
  onMend,
}: {
  readonly summary: ImportSummary;
  readonly onReconcile: () => void;
  readonly onMend: () => void;
}) {
  const { canEdit } = useWorkspace();
  const missing = new Set(summary.missing);
  const complete = missing.size === 0;
  return (
    <section aria-label="Needed for the reconciliation" className={styles['needs']} data-testid="needs">
      <h3>Needed for the reconciliation</h3>
      <ul>
        {MISSING_SOURCES.map((source) => (
          <li key={source} data-here={!missing.has(source)}>
            <Badge
              plain
              tone={missing.has(source) ? 'neutral' : 'cleared'}
              icon={missing.has(source) ? MinusIcon : ClearedIcon}
            >
              {`${MISSING_SOURCE_WORDS[source]}${missing.has(source) ? ' missing' : ''}`}
            </Badge>
          </li>
        ))}
      </ul>
      {summary.imports.length > 0 ? (
        <Button
          kind={canEdit && complete && summary.waiting === 0 ? 'primary' : 'plain'}
          onClick={onReconcile}
          hint={
            complete ? undefined : 'It runs without them too; variances whose figures are not all known stay unknown'
          }
        >
          Go to Reconcile
        </Button>
      ) : null}
      {summary.waiting > 0 ? (
        <Button kind={complete ? 'primary' : 'plain'} icon={FlagIcon} onClick={onMend}>
          {`Mend ${countWords(summary.waiting, 'row')}`}
        </Button>
      ) : null}
    </section>
  );
}

export function ImportsTable({
  imports,
  onOpen,
  empty,
}: {
  readonly imports: readonly ImportListing[];
  readonly onOpen: (importId: number) => void;
  readonly empty: string;
}) {
  const { timeZone, openScreen } = useWorkspace();
  // A table without rows has no sums either.
  const foot = (text: string) => (imports.length > 0 ? text : undefined);
  const sum = (figure: 'rowsAccepted' | 'waiting' | 'rowsIgnored') =>
    foot(countText(imports.reduce((total, each) => total + (each.state === 'standing' ? each[figure] : 0), 0)));
  const standing = imports.filter((each) => each.state === 'standing').length;
  return (
    <Table
      caption="Imports of the period"
      rows={imports}
      rowKey={(each) => each.importId}
      onChoose={(each) => onOpen(each.importId)}
      empty={empty}
      columns={[
        {
          id: 'file',
          title: 'File',
          cell: (each) => <span title={`SHA-256 ${each.sha256}`}>{each.fileName}</span>,
          foot: foot(standing === imports.length ? countWords(imports.length, 'import') : `${countText(standing)} of ${countWords(imports.length, 'import')} stand`),
        },
        { id: 'kind', title: 'Kind', cell: (each) => kindAndSystem(each.kind, each.system) },
        { id: 'profile', title: 'Profile', cell: (each) => each.profileName },
        { id: 'asOf', title: 'As of', cell: (each) => asOfWords(each, timeZone) },
        {
          id: 'rows',
          title: 'Rows written',
          align: 'end',
          cell: (each) => countText(each.rowsAccepted),
          foot: sum('rowsAccepted'),
        },
        {
          id: 'ignored',
          title: 'Passed over',
          align: 'end',
          cell: (each) => dashed(each.rowsIgnored),
          foot: sum('rowsIgnored'),
        },
        {
          id: 'waiting',
          title: 'Waiting',
          align: 'end',
          foot: sum('waiting'),
          cell: (each) =>
            each.waiting > 0 ? (
              <Badge tone="warning" icon={WarningIcon} plain>
                {countText(each.waiting)}
              </Badge>
            ) : (
              dashed(0)
            ),
        },
        { id: 'by', title: 'By', cell: (each) => <span title={each.importedBy}>{nameOf(each.importedBy)}</span> },
        { id: 'at', title: 'At', cell: (each) => instantText(each.importedInstant, timeZone) },
        { id: 'state', title: 'State', cell: (each) => <StateBadge listing={each} plain /> },
        {
          id: 'go',
          title: '',
          align: 'end',
          cell: (each) =>
            each.waiting > 0 ? (
              <button type="button" className={styles['link']} onClick={(event) => {
                event.stopPropagation();
                openScreen('map');
              }}>
                Mend
              </button>
            ) : null,
        },
      ]}
    />
  );
}

const dashed = (count: number): string => (count === 0 ? '–' : countText(count));

function asOfWords({ asOfFromInstant, asOfUntilInstant }: ImportListing, timeZone: string): string {
  if (asOfFromInstant === null) return '–';
  const from = instantText(asOfFromInstant, timeZone);
  return asOfUntilInstant === null || asOfUntilInstant === asOfFromInstant
    ? from
    : `${from} to ${instantText(asOfUntilInstant, timeZone)}`;
}
