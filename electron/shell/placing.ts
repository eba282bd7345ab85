/**
 * Where a window goes: where it was, as long as that is on a screen that is still there; otherwise beside the one before it.
 */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest window, in pixels of the screen. */
export const WINDOW_LEAST = { width: 1024, height: 640 } as const;
const FIRST_SIZE = { width: 1440, height: 900 } as const;
/** How far each further window stands from the one before. */
const CASCADE_STEP = 28;
/** So much of the title bar must be in reach of the mouse. */
const IN_REACH = { width: 120, height: 24 } as const;

const overlap = (from: number, length: number, otherFrom: number, otherLength: number): number =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

const canBeTaken = (window: Rectangle, screen: Rectangle): boolean =>
  overlap(window.x, window.width, screen.x, screen.width) >= IN_REACH.width && window.y >= screen.y - 8 && window.y <= screen.y + screen.height - IN_REACH.height;

const sizeOn = (screen: Rectangle, wanted: { readonly width: number; readonly height: number }) => ({
  width: Math.min(Math.max(wanted.width, WINDOW_LEAST.width), Math.max(screen.width, WINDOW_LEAST.width)),
  height: Math.min(Math.max(wanted.height, WINDOW_LEAST.height), Math.max(screen.height, WINDOW_LEAST.height)),
});

/**
 * @param kept where the window was; undefined where it was never shown
 * @param screens the parts of the screens that windows may use, the main one first
 * @param before the window that the new one is opened from
 */
export function placeWindow(kept: Rectangle | undefined, screens: readonly Rectangle[], before: Rectangle | undefined): Rectangle {
  const home = kept && screens.find((screen) => canBeTaken(kept, screen));
  if (kept && home && !(before && before.x === kept.x && before.y === kept.y)) return { x: kept.x, y: kept.y, ...sizeOn(home, kept) };
  const main = (before && screens.find((screen) => canBeTaken(before, screen))) ?? screens[0]!;
  const size = sizeOn(main, kept ?? before ?? FIRST_SIZE);
  if (!before) {
    return { x: Math.max(main.x, Math.round(main.x + (main.width - size.width) / 2)), y: Math.max(main.y, Math.round(main.y + (main.height - size.height) / 2)), ...size };
  }
  const next = { x: before.x + CASCADE_STEP, y: before.y + CASCADE_STEP };
  const fits = next.x + IN_REACH.width <= main.x + main.width && next.y + size.height <= main.y + main.height + CASCADE_STEP * 8;
  return { ...(fits ? next : { x: main.x + CASCADE_STEP, y: main.y + CASCADE_STEP }), ...size };
}
