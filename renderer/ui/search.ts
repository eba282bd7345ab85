/**
 * Searching a short list by code or words: every word typed must occur, codes and beginnings first.
 */

export interface SearchEntry {
  readonly key: string;
  /** What the list shows and what is searched first. */
  readonly title: string;
  readonly detail?: string;
  /** Further words that find it and are not shown. */
  readonly words?: string;
  readonly disabled?: boolean;
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The entries that hold every word of `text`, best first; all of them, in their order, where `text` is empty. */
export function searchEntries<Entry extends SearchEntry>(entries: readonly Entry[], text: string): readonly Entry[] {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  const ranked: { readonly entry: Entry; readonly rank: number; readonly index: number }[] = [];
  entries.forEach((entry, index) => {
    const title = fold(entry.title);
    const all = `${title} ${fold(entry.key)} ${fold(entry.detail ?? '')} ${fold(entry.words ?? '')}`;
    if (!words.every((word) => all.includes(word))) return;
    const first = words[0]!;
    const rank =
      fold(entry.key) === fold(text).trim() ? 0
      : title.startsWith(first) || fold(entry.key).startsWith(first) ? 1
      : title.split(/[\s-]+/).some((part) => part.startsWith(first)) ? 2
      : title.includes(first) ? 3
      : 4;
    ranked.push({ entry, rank, index });
  });
  return ranked.sort((left, right) => left.rank - right.rank || left.index - right.index).map(({ entry }) => entry);
}
