/**
 * What this window remembers between starts and that is worth nothing elsewhere: the screen and period shown last.
 */
const read = (key: string): string | undefined => {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
};

/** What was kept under `key`; undefined where nothing was or it cannot be read. */
export function recall<Value>(key: string): Value | undefined {
  const text = read(`tieout.${key}`);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    localStorage.setItem(`tieout.${key}`, JSON.stringify(value));
  } catch {
    // A full or forbidden store only costs the comfort of being remembered.
  }
}
