/**
 * The window: the start screen while no workbook is open, the frame around the close while one is.
 */
import { useEffect, useState } from 'react';
import { useSession } from '../api';
import { EmptyState, FolderIcon, Pending } from '../ui';
import { CheatSheet } from './cheat-sheet';
import { useCommands, useCommandSources } from './commands';
import { Frame } from './frame';
import { NotificationStrip } from './notification-strip';
import { notify } from './notifications';
import { Palette } from './palette';
import { START_SCREEN as StartScreen } from './screen-list';
import { applyPreferences } from './preferences';
import { PreferencesPane } from './preferences-pane';
import { shellAction, shellCommands } from './shell-commands';
import styles from './app.module.css';

export function App() {
  const { shell, workbook, connection, trouble, cameBack, lostPath } = useSession();
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [cheatSheetOpen, setCheatSheetOpen] = useState(false);
  const [preferencesOpen, setPreferencesOpen] = useState(false);
  const [makesNew, setMakesNew] = useState(false);
  // Before anything is drawn with it: what is drawn below reads how figures are written while it draws.
  const writing = shell ? applyPreferences(shell) : '';

  useCommandSources();
  useCommands({
    ...shellCommands(workbook !== undefined, shell?.preferences.theme ?? 'system'),
    'view.preferences': { run: () => setPreferencesOpen((open) => !open) },
    'file.new': { run: () => setMakesNew(true) },
    'view.palette': { run: () => setPaletteOpen((open) => !open) },
    'help.shortcuts': { run: () => setCheatSheetOpen((open) => !open) },
  });
  useEffect(() => setMakesNew(false), [workbook]);
  useEffect(() => {
    if (!trouble) return;
    const again = () => void shellAction('shell:openWorkbook', { path: lostPath });
    notify({ tone: 'error', title: trouble, ...(lostPath ? { action: { label: 'Open it again', run: again } } : {}) });
  }, [trouble, lostPath]);
  useEffect(() => {
    if (cameBack) notify({ tone: 'info', title: cameBack.text });
  }, [cameBack]);
  useEffect(() => {
    document.title = workbook ? `${workbook.name}${workbook.pack ? `, audit pack signed by ${workbook.pack.signer}` : ''} - Tieout` : 'Tieout';
  }, [workbook]);

  if (!shell) return null;
  // The port comes with the workbook, or word that it could not be opened.
  if (!workbook && (shell.isOpening || shell.workbook !== null)) return <Pending of={{ reload: () => undefined }} label="The workbook" />;
  const showsStart = !workbook || !connection || makesNew;
  return (
    <div className={styles['app']}>
      {showsStart ? (
        <>
          <NotificationStrip />
          <main className={styles['start']}>
            {StartScreen ? (
              <StartScreen startsNew={makesNew} onBack={workbook ? () => setMakesNew(false) : undefined} />
            ) : (
              <EmptyState icon={FolderIcon} title="No workbook is open">File, Open workbook shows one.</EmptyState>
            )}
          </main>
        </>
      ) : (
        <Frame key={workbook.path} workbook={workbook} writing={writing} />
      )}
      {paletteOpen ? <Palette onClose={() => setPaletteOpen(false)} /> : null}
      {preferencesOpen ? <PreferencesPane onClose={() => setPreferencesOpen(false)} /> : null}
      {cheatSheetOpen ? <CheatSheet onClose={() => setCheatSheetOpen(false)} /> : null}
    </div>
  );
}
