/**
 * Shortcuts as text, written as Electron writes accelerators (`CmdOrCtrl+Shift+Z`): how one is matched against a key
 * press and shown on each platform.
 */

/** What is read of a keyboard event. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMED_KEYS: Readonly<Record<string, string>> = {
  Down: 'ArrowDown', Up: 'ArrowUp', Left: 'ArrowLeft', Right: 'ArrowRight', Esc: 'Escape', Space: ' ', Plus: '+',
};

interface Parsed {
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
  /** A printed sign, whose Shift depends on the keyboard's layout. */
  readonly isSign: boolean;
}

function parse(shortcut: string): Parsed {
  const parts = shortcut.split('+');
  const last = parts.pop() ?? '';
  const shift = parts.includes('Shift');
  // Electron has no name for the question mark but the keys that make it on an English keyboard.
  const key = shift && last === '/' ? '?' : (NAMED_KEYS[last] ?? last);
  return {
    control: parts.includes('CmdOrCtrl') || parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift,
    key,
    isSign: key.length === 1 && key.toLowerCase() === key.toUpperCase() && !/\d/.test(key),
  };
}

/** Whether a key press is this shortcut. */
export function matchesShortcut(press: KeyPress, shortcut: string, mac: boolean): boolean {
  const wanted = parse(shortcut);
  const control = mac ? press.metaKey : press.ctrlKey;
  const foreign = mac ? press.ctrlKey : press.metaKey;
  if (foreign || control !== wanted.control || press.altKey !== wanted.alt) return false;
  // On many keyboards the plus is the equals sign with Shift, and nobody holds Shift to enlarge.
  const key = wanted.key === '+' && press.key === '=' ? '+' : press.key;
  if (key.toLowerCase() !== wanted.key.toLowerCase()) return false;
  return wanted.isSign || press.shiftKey === wanted.shift;
}

/** Whether the shortcut would also type something: such a one does not act while a field has the keyboard. */
export function typesText(shortcut: string): boolean {
  const { control, alt, key } = parse(shortcut);
  return !control && !alt && key.length === 1;
}

const MAC_SIGNS: Readonly<Record<string, string>> = { CmdOrCtrl: '⌘', Ctrl: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩' };
const ARROWS: Readonly<Record<string, string>> = { Down: '↓', Up: '↑', Left: '←', Right: '→' };

/** The shortcut as the platform writes it. */
export function displayShortcut(shortcut: string, mac: boolean): string {
  if (shortcut === 'Shift+/') return '?';
  const parts = shortcut.split('+').map((part) => ARROWS[part] ?? part);
  return mac ? parts.map((part) => MAC_SIGNS[part] ?? part).join('') : parts.map((part) => (part === 'CmdOrCtrl' ? 'Ctrl' : part)).join('+');
}

/** Whether this machine's command key is Cmd. */
export const isMac = (): boolean => typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');
