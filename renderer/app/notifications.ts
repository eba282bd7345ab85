/**
 * What the window has to say about something done outside a screen, as a copy saved: one strip under the steps, the
 * newest message wins.
 */
import { useSyncExternalStore } from 'react';
import type { Progress } from '@shared/contract/call';
import type { NoticeProps } from '../ui';

export interface Notification {
  readonly tone: NoticeProps['tone'];
  readonly title: string;
  readonly text?: string;
  /** One thing to do about it. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** It goes by itself: only an answer to a key. */
  readonly passes?: boolean;
  /** Work that is under way. */
  readonly running?: Progress & { readonly startedInstant: number; readonly onCancel: () => void };
}

/** How long a message that passes is shown. */
const PASSES_MS = 1_500;
let passing: ReturnType<typeof setTimeout> | undefined;

let current: Notification | undefined;
const listeners = new Set<() => void>();

/** Shows a message; undefined takes it away. */
export function notify(notification: Notification | undefined): void {
  current = notification;
  clearTimeout(passing);
  if (notification?.passes) passing = setTimeout(() => notify(undefined), PASSES_MS);
  for (const listener of listeners) listener();
}

export const useNotification = (): Notification | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
