/**
 * Rows that come in never scroll.
 *
 * AG Grid's `ensureIndexVisible` listens on until the row it showed is read, and shows it again then, unless it has heard of
 * a scroll in between. A scroll is heard of a frame later than it is made: a page that comes first took whoever had scrolled
 * away back to the row, most often after something was saved, because every change is read anew.
 */
import { viewportOf } from './row-area';

/** Takes rows in and leaves the place in sight as it was. */
export function keepPlace(frame: HTMLElement | null, takeRows: () => void): void {
  const viewport = frame && viewportOf(frame);
  const top = viewport?.scrollTop;
  takeRows();
  if (viewport && top !== undefined && viewport.scrollTop !== top) viewport.scrollTop = top;
}
