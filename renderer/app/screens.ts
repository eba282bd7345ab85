/**
 * The screens of the window, and how to write one.
 *
 * A feature is a folder under `renderer/features/` that exports its screens from `index.ts`; each is listed once
 * below, and nowhere else. A screen is a component without props:
 *
 * - it reads where it stands from `useWorkspace()`: the workbook, the period, whether anything may be changed
 *   (`canEdit`, and `whyNot` in words), and moves on with `openScreen(id, focus)`;
 * - it reads with `useQuery(channel, input)` and acts with `useCall(channel)` from `renderer/api`;
 * - it carries out commands of the one list (`shared/contract/commands.ts`) with
 *   `useCommands({ 'reconcile.run': { run, enabled } })`; menu, palette, shortcut and cheat sheet follow by themselves;
 * - it puts its figures into the status bar with `useStatus([{ label, value }])` and says results to screen readers
 *   with `useAnnounce()`;
 * - it fills the height it is given and scrolls inside itself.
 *
 * Features never import each other; what two of them need goes to `renderer/ui` (knows no inventory) or here.
 */
import type { ComponentType } from 'react';
import type { CommandId } from '@shared/contract/commands';
import type { LineFilter } from '@shared/domain/lines';
import type { Step } from '@shared/contract/workbook';

/** A step of the close, or a place beside it that opens as a tab of its own. */
export type ScreenId = Step | 'overview' | 'reports' | 'rules' | 'countSheets' | 'profiles' | 'audit' | 'auditRoom' | 'people';

/** What the start screen is given: it is shown while no workbook is open, and for a new one. */
export interface StartScreenProps {
  /** Begins with the form of a new workbook. */
  readonly startsNew: boolean;
  /** Back to the workbook that is open; undefined where none is. */
  readonly onBack: (() => void) | undefined;
}

export interface ScreenDefinition {
  readonly id: ScreenId;
  readonly title: string;
  readonly component: ComponentType;
  /** The command of the shared list that opens it: its shortcut and its place in the menu. */
  readonly command: CommandId;
  /** Further commands that open it, and what it is then asked to show; while it is shown it may lend them itself. */
  readonly alsoOpenedBy?: Partial<Record<CommandId, ScreenFocus>>;
  /** What the field in the header finds on this screen; without it the field is not shown. */
  readonly findLabel?: string;
}

/** What a screen is asked to show when it is opened from elsewhere. */
export interface ScreenFocus {
  /** The line to select. */
  readonly stockKeyId?: number;
  /** A quick filter or view by name. */
  readonly view?: string;
  /** Exactly these lines, under a name: what a figure elsewhere counts. */
  readonly lines?: { readonly label: string; readonly filter: LineFilter };
  /** What the audit trail is asked: the events of a line as `SKU, location`, and which of them to show. */
  readonly trail?: { readonly line: string; readonly sequence: number | null };
  /** Text to find. */
  readonly text?: string;
  /** Files to import, by path. */
  readonly importPaths?: readonly string[];
  /** The row of an import to show. */
  readonly importRow?: { readonly importId: number; readonly rowNumber: number };
}
