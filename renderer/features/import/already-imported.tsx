/**
 * Says that the same bytes are in the workbook already.
 */
import type { AlreadyImported as Imported } from '@shared/domain/import';
import { useWorkspace } from '../../app/workspace';
import { instantText, Notice } from '../../ui';

export function AlreadyImported({ imported }: { readonly imported: Imported }) {
  const { timeZone } = useWorkspace();
  return (
    <Notice tone="locked" title="This file is imported already">
      {`The same bytes are import ${imported.importId}, ${imported.fileName}, of ${instantText(imported.atInstant, timeZone)}. Nothing is written a second time.`}
    </Notice>
  );
}
