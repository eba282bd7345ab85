/**
 * Texts on their way into cells, headers and footers: everything that Excel would read as something else is escaped.
 */

const ILLEGAL_CHARACTERS = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** The most that Excel keeps in a cell. */
const CELL_CHARACTERS_MAX = 32_767;
/** The most that Excel keeps in a page header or footer, with its codes. */
const PAGE_SECTION_CHARACTERS_MAX = 80;

/**
 * A text for a cell: line ends as line feeds, nothing that XML cannot hold, `_x0041_` kept literally (ECMA-376 part 1,
 * 22.9.2.19), and past 32,767 characters a statement of how much is left out.
 */
export function cellText(value: string): string {
  const clean = value
    .replace(/\r\n?/g, '\n')
    .replace(ILLEGAL_CHARACTERS, '')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  if (clean.length <= CELL_CHARACTERS_MAX) return clean;
  const notice = ` … (${clean.length} characters; the rest is in the workbook)`;
  return clean.slice(0, CELL_CHARACTERS_MAX - notice.length).replace(/[\uD800-\uDBFF]$/, '') + notice;
}

/** A text for a page header or footer, where & starts a code and a digit after a font size would join it. */
export function pageText(value: string): string {
  const clean = value.replace(ILLEGAL_CHARACTERS, '').replace(/[\n\t]/g, ' ');
  const short =
    clean.length > PAGE_SECTION_CHARACTERS_MAX ? `${clean.slice(0, PAGE_SECTION_CHARACTERS_MAX - 1)}…` : clean;
  return short.replace(/&/g, '&&');
}
