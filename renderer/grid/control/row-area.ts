/** The part of the window in which rows are seen, below the heads. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where rows can be seen: the scrolled area without the head that stays at its top and without scroll bars. */
export function rowArea(frame: HTMLElement): Area | undefined {
  const viewport = frame.querySelector('.ag-grid-viewport');
  if (!viewport) return undefined;
  const { left, top } = viewport.getBoundingClientRect();
  const head = frame.querySelector('[role="columnheader"]')?.getBoundingClientRect();
  return { left, right: left + viewport.clientWidth, top: Math.max(top, head?.bottom ?? top), bottom: top + viewport.clientHeight };
}
