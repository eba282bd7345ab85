/**
 * Import: files are queued, looked at and rehearsed; a person reads exactly what would be written and writes it.
 *
 * Until there are files, the screen shows what the period holds and what it still lacks.
 */
import { useEffect } from 'react';
import { pathsOfFiles, shellCall, useQuery } from '../../api';
import { useCommands } from '../../app/commands';
import { notify } from '../../app/notifications';
import { useScreenFocus, useStatus, useWorkspace } from '../../app/workspace';
import { countText, QuietBar } from '../../ui';
import { FileDesk } from './file-desk';
import { ImportsOverview } from './imports-overview';
import { fileNameOf, type NewFile } from './queued-file';
import { useImportQueue } from './use-import-queue';

export function ImportScreen() {
  const { period, canEdit } = useWorkspace();
  const { queue, state } = useImportQueue(period.periodId);
  const summary = useQuery('imports:summary', { periodId: period.periodId });

  const add = (files: readonly NewFile[]) => {
    if (canEdit && files.length > 0) queue.add(files);
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

  useCommands({ 'import.files': { run: () => void choose(), enabled: canEdit } });
  useScreenFocus(({ importPaths, view }) => {
    if (importPaths) addPaths(importPaths);
    if (view === 'choose' && canEdit) void choose();
  });
  // What was written is in the list of imports; coming back finds the queue with what still waits.
  useEffect(() => () => queue.clearWritten(), [queue]);

  const imports = summary.value?.imports ?? [];
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
      {state.files.length > 0 ? (
        <FileDesk queue={queue} state={state} summary={summary.value} {...actions} />
      ) : (
        <ImportsOverview summary={summary.value} refusal={summary.refusal} onReload={summary.reload} {...actions} />
      )}
    </div>
  );
}
