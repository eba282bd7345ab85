/** The part of the window in which rows are seen, below the heads. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What scrolls. */
export const viewportOf = (frame: HTMLElement): HTMLElement | null => frame.querySelector<HTMLElement>('.ag-grid-viewport');

/** Where rows can be seen: the scrolled area without the head that stays at its top and without scroll bars. */
export function rowArea(frame: HTMLElement): Area | undefined {
  const viewport = viewportOf(frame);
  if (!viewport) return undefined;
  const { left, top } = viewport.getBoundingClientRect();
  const headBottom = Math.max(top, ...[...frame.querySelectorAll('.ag-header-row')].map((row) => row.getBoundingClientRect().bottom));
  return { left, right: left + viewport.clientWidth, top: headBottom, bottom: top + viewport.clientHeight };
}
