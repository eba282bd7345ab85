/**
 * The grid's look: AG Grid's theme parameters mapped to the design tokens, so that light and dark are the tokens' own.
 */
import { themeQuartz } from 'ag-grid-community';

const base = themeQuartz.withParams({
  fontFamily: 'inherit',
  fontSize: 'var(--size-body)',
  backgroundColor: 'var(--surface-page)',
  foregroundColor: 'var(--text)',
  browserColorScheme: 'inherit',
  accentColor: 'var(--accent)',
  borderColor: 'var(--line-quiet)',
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  rowHeight: 28,
  headerHeight: 28,
  headerBackgroundColor: 'var(--surface-sunken)',
  headerTextColor: 'var(--text-soft)',
  headerFontSize: 'var(--size-label)',
  headerFontWeight: 540,
  headerRowBorder: { color: 'var(--line)' },
  headerColumnBorder: false,
  headerColumnResizeHandleColor: 'var(--line)',
  headerColumnResizeHandleHeight: '50%',
  columnBorder: false,
  rowBorder: { color: 'var(--line-quiet)' },
  pinnedColumnBorder: { color: 'var(--line)' },
  oddRowBackgroundColor: 'var(--surface-page)',
  rowHoverColor: 'var(--surface-hover)',
  selectedRowBackgroundColor: 'var(--surface-selected)',
  cellHorizontalPadding: 6,
  spacing: 4,
  iconSize: 12,
  cellEditingBorder: { color: 'transparent' },
  cellEditingShadow: 'none',
  inputBorderRadius: 0,
});

/** How close rows stand: as the design's row heights have it. */
export type Density = 'compact' | 'normal' | 'roomy';
export const ROW_HEIGHT: Readonly<Record<Density, number>> = { compact: 24, normal: 28, roomy: 34 };

export const GRID_THEMES = {
  compact: base.withParams({ rowHeight: ROW_HEIGHT.compact, headerHeight: 26 }),
  normal: base,
  roomy: base.withParams({ rowHeight: ROW_HEIGHT.roomy, headerHeight: 32 }),
} as const satisfies Readonly<Record<Density, unknown>>;

/** The nonce under which AG Grid may add its styles; the page's policy allows no others. */
export function styleNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]');
  return meta?.content || undefined;
}
