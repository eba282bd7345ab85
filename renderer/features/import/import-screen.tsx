/**
 * Import: files are queued, looked at and rehearsed; a person reads exactly what would be written and writes it.
 *
 * Until there are files, the screen shows what the period holds and what it still lacks.
 */
import { useEffect, useState } from 'react';
import { pathsOfFiles, shellCall, useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { countText, QuietBar } from '../../ui';
import { ComparePane } from './compare-pane';
import { FileDesk } from './file-desk';
import { ImportsDesk } from './imports-desk';
import { ImportsOverview } from './imports-overview';
import { fileNameOf, type NewFile } from './queued-file';
import { useImportQueue } from './use-import-queue';

export function ImportScreen() {
  const { period, canEdit, info } = useWorkspace();
  const [opened, setOpened] = useState<number | undefined>(undefined);
  const [compared, setCompared] = useState<NewFile | undefined>(undefined);
  /** A locked period takes no files; what comes is held against it. */
  const canCompare = period.state === 'locked' && !info.readOnly;
  const { queue, state } = useImportQueue(period.periodId);
  const summary = useQuery('imports:summary', { periodId: period.periodId });

  const add = (files: readonly NewFile[]) => {
    const [first] = files;
    if (!first) return;
    if (canEdit) queue.add(files);
    else if (canCompare) setCompared(first);
  };
  const addPaths = (paths: readonly string[]) =>
    add(paths.map((filePath) => ({ filePath, fileName: fileNameOf(filePath) })));
  const choose = async () => {
    const outcome = await shellCall('shell:chooseImportFiles', {});
    if (outcome.ok) addPaths(outcome.value.paths);
    else if (outcome.failure !== 'dialog_cancelled')
      notify({ tone: 'error', title: 'No file was chosen', text: outcome.message });
  };
  const addDropped = async (files: readonly File[]) => {
    const paths = new Set(pathsOfFiles(files));
    addPaths([...paths]);
    // A file that comes out of an archive or a mail has no path: its bytes stand for it.
    const pathless = files.filter((file) => pathsOfFiles([file]).length === 0);
    add(
      await Promise.all(
        pathless.map(async (file) => ({ fileName: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      ),
    );
  };

  useCommands({
    'import.files': { run: () => void choose(), enabled: canEdit },
    'import.compare': { run: () => void choose(), enabled: canCompare },
  });
  useEffect(() => {
    setOpened(undefined);
    setCompared(undefined);
  }, [period.periodId]);
  useScreenFocus(({ importPaths, view }) => {
    if (importPaths) addPaths(importPaths);
    if ((view === 'choose' && canEdit) || (view === 'compare' && canCompare)) void choose();
  });
  // What was written is in the list of imports; coming back finds the queue with what still waits.
  useEffect(() => () => queue.clearWritten(), [queue]);

  const all = summary.value?.imports ?? [];
  const imports = all.filter((each) => each.state === 'standing');
  const rows = imports.reduce((sum, each) => sum + each.rowsAccepted, 0);
  useStatus([
    { label: 'imports', value: countText(imports.length) },
    { label: 'rows', value: countText(rows) },
    { label: 'waiting', value: countText(summary.value?.waiting ?? 0) },
  ]);

  const actions = {
    onChoose: () => void choose(),
    onDropped: (files: readonly File[]) => void addDropped(files),
    onAdd: add,
  };
  return (
    <div style={{ display: 'flex', flexDirection: 'column' }} data-testid="import">
      <QuietBar shown={summary.loading && !summary.value} />
      {compared ? (
        <ComparePane key={compared.filePath ?? compared.fileName} file={compared} onClose={() => setCompared(undefined)} />
      ) : state.files.length > 0 && canEdit ? (
        <FileDesk queue={queue} state={state} summary={summary.value} {...actions} />
      ) : opened !== undefined && all.some((each) => each.importId === opened) ? (
        <ImportsDesk imports={all} chosen={opened} onChoose={setOpened} onBack={() => setOpened(undefined)} />
      ) : (
        <ImportsOverview
          summary={summary.value}
          refusal={summary.refusal}
          onReload={summary.reload}
          onOpen={setOpened}
          onCompare={canCompare ? () => void choose() : undefined}
          {...actions}
        />
      )}
    </div>
  );
}
