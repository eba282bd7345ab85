/**
 * Files dropped anywhere on the window: a workbook is opened, anything else goes to the import.
 */
import { type DragEvent, type ReactNode, useState } from 'react';
import { pathsOfFiles } from '../api';
import { ImportIcon } from '../ui';
import { shellAction } from './shell-commands';
import styles from './file-drop.module.css';

export interface FileDropProps {
  readonly onFiles: (paths: readonly string[]) => void;
  readonly children: ReactNode;
}

export function FileDrop({ onFiles, children }: FileDropProps) {
  const [over, setOver] = useState(false);
  const holdsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const onDrop = (event: DragEvent) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const paths = pathsOfFiles(event.dataTransfer.files);
    const workbook = paths.find((path) => path.toLowerCase().endsWith('.tieout'));
    if (workbook) void shellAction('shell:openWorkbook', { path: workbook });
    else if (paths.length > 0) onFiles(paths);
  };
  return (
    <div
      className={styles['area']}
      onDragOver={(event) => {
        if (!holdsFiles(event)) return;
        // A place on the screen that takes the files itself says so itself.
        setOver(!event.defaultPrevented);
        event.preventDefault();
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false);
      }}
      onDropCapture={() => setOver(false)}
      onDrop={onDrop}
    >
      {children}
      {over ? (
        <div className={styles['sign']} aria-hidden="true">
          <ImportIcon size={20} />
          <span>Drop files to import them, or a workbook to open it</span>
        </div>
      ) : null}
    </div>
  );
}
