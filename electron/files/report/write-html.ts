/**
 * A report as one HTML file for paper: on every page the company and the period at the top, the page's number at the foot,
 * and the heads of a table that goes over several pages.
 */
import type { PaperFormat } from '@shared/domain/journal-workbook';
import { plainCell, STALE_WORDS, standsForFacts, type Cell, type Report, type ReportColumn, type ReportSection } from '@shared/domain/report';
import { escapeHtml, facts, htmlPage, section as htmlSection } from '../html-page';

const MINUS = '\u2212';

/** `-1234.5` as `−1,234.5`. */
function grouped(decimal: string): string {
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  return `${decimal.startsWith('-') ? MINUS : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** Text as a string of CSS: nothing in it can end the string. */
const cssText = (text: string): string => `"${text.replace(/[^A-Za-z0-9 ,.-]/gu, (character) => `\\${character.codePointAt(0)!.toString(16)} `)}"`;

const isFigure = ({ kind }: ReportColumn): boolean => kind !== 'text' && kind !== 'instant';

function cellText(cell: Cell, column: ReportColumn, report: Report, blank: boolean): string {
  const plain = plainCell(cell, column.kind, report.standsFor);
  if (plain === null) return blank ? '' : 'unknown';
  if (column.kind === 'instant') return plain.slice(0, 16).replace('T', ' ');
  return isFigure(column) && typeof cell === 'number' ? grouped(plain) : plain;
}

function headOf({ columns }: ReportSection): string {
  const attribute = (column: ReportColumn) => (isFigure(column) ? ' class="figure"' : '');
  const names = `<tr>${columns.map((column) => `<th scope="col"${attribute(column)}>${escapeHtml(column.title)}</th>`).join('')}</tr>`;
  if (columns.every(({ group }) => group === null)) return names;
  const groups: { name: string | null; span: number }[] = [];
  for (const { group } of columns) {
    const last = groups.at(-1);
    if (last && last.name === group) last.span += 1;
    else groups.push({ name: group, span: 1 });
  }
  return `<tr>${groups.map(({ name, span }) => `<th scope="colgroup" colspan="${span}"${name === null ? '' : ' class="group"'}>${escapeHtml(name ?? '')}</th>`).join('')}</tr>\n${names}`;
}

function tableOf(section: ReportSection, report: Report): string {
  const rowOf = (cells: readonly Cell[], kind: string, isBlank: boolean) =>
    `<tr${kind === 'line' ? '' : ` class="${kind}"`}>${section.columns
      .map((column, index) => `<td${isFigure(column) ? ` class="figure${cells[index] === null && !isBlank ? ' unknown' : ''}"` : column.wide ? ' class="wide"' : ''}>${escapeHtml(cellText(cells[index] ?? null, column, report, isBlank || column.kind === 'text'))}</td>`)
      .join('')}</tr>`;
  const body = section.rows.map(({ cells, kind }) => rowOf(cells, kind, kind !== 'line')).join('\n');
  const empty = section.rows.length === 0 ? `<tr><td colspan="${section.columns.length}" class="soft">Nothing.</td></tr>` : '';
  // A row of the body and not of a foot, which a browser would print under every page.
  const total = section.total === null || section.rows.length === 0 ? '' : `\n${rowOf(section.total.map((cell, index) => (cell === null && section.columns[index]!.sums ? 'unknown' : cell)), 'total', true)}`;
  return `<table class="report">\n<thead>${headOf(section)}</thead>\n<tbody>\n${body}${empty}${total}\n</tbody>\n</table>`;
}

const styleOf = ({ standsFor, title }: Report, paper: PaperFormat): string => `
body { max-width: 277mm; }
table.report { font-size: 8pt; line-height: 1.35; } table.report th, table.report td { padding: .7mm 1.4mm; overflow-wrap: normal; }
table.report th { vertical-align: bottom; border-bottom: 1px solid #14171a; } th.group { text-align: center; border-bottom: 0; border-top: 1px solid #14171a; }
td.wide { min-width: 30mm; overflow-wrap: anywhere; } td.unknown { color: #4a5159; font-style: italic; }
tr.subtotal td { font-weight: 600; } tr.other td, tr.rounding td { color: #4a5159; }
tr.total td { font-weight: 600; border-top: 1px solid #14171a; border-bottom: 3px double #14171a; break-before: avoid; }
.stale { margin: 2mm 0; padding: 1.5mm 3mm; border: 1px solid #b0241c; color: #b0241c; font-weight: 600; }
.notes p { max-width: 190mm; }
@page { size: ${paper === 'a4' ? 'A4' : 'letter'} landscape; margin: 17mm 12mm 15mm;
  @top-left { content: ${cssText(standsFor.company)}; font: 8pt system-ui, sans-serif; color: #4a5159; }
  @top-right { content: ${cssText(`${title}, ${standsFor.periodCode}${standsFor.isStale ? ', STALE' : ''}`)}; font: 8pt system-ui, sans-serif; color: #4a5159; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt system-ui, sans-serif; color: #4a5159; } }`;

/** The report as a whole document. */
export function writeReportHtml(report: Report, paper: PaperFormat): string {
  const { standsFor } = report;
  const paragraphs = (texts: readonly string[]) => texts.map((each) => `<p>${escapeHtml(each)}</p>`).join('\n');
  const proposals = report.proposals.length === 0
    ? ''
    : paragraphs(report.proposals.map(({ sku, itemName, from, to, evidence }) => `${sku} ${itemName}: from tier ${from} to tier ${to}. ${evidence}`));
  return htmlPage({
    title: `${report.title}, ${standsFor.company}, ${standsFor.periodCode}`,
    style: styleOf(report, paper),
    body: `<h1>${escapeHtml(report.title)}</h1>
<p>${escapeHtml(standsFor.company)}</p>
${standsFor.isStale ? `<p class="stale">${escapeHtml(STALE_WORDS)}</p>\n` : ''}${facts(standsForFacts(report))}
${report.sections
  .map((each) => htmlSection(each.title, `${each.note === '' ? '' : `<p class="soft">${escapeHtml(each.note)}</p>\n`}${tableOf(each, report)}`))
  .join('')}${htmlSection('Proposed risk tiers', proposals)}<div class="notes">${htmlSection('How it is read', paragraphs(report.notes))}</div><footer>Instants in ${escapeHtml(standsFor.timeZone)}. ${escapeHtml(standsFor.ruleVersions.join('; '))}.</footer>`,
  });
}
