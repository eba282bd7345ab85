/**
 * Pages of a PDF: what stands at the top and at the foot of each. Chromium draws these lines itself, so they are there in
 * every version and the number of pages is right.
 */
import type { PrintToPDFOptions } from 'electron';

const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Chromium gives these lines no style of the page and no type size of their own. */
const STYLE = 'font-family:Inter,system-ui,sans-serif;font-size:8px;color:#46515b;width:100%;padding:0 12mm;display:flex;justify-content:space-between';

export interface PrintedPages {
  /** Whose figures and which: `Harbor & Pine. Inventory by state, October 2026`. */
  readonly head: string;
  /** When: `Printed 23 Nov 2026, 16:20, America/Los_Angeles`. */
  readonly foot: string;
  readonly landscape: boolean;
  readonly paper: 'A4' | 'Letter';
}

/** Paper of a country: Letter where it is the common one (https://en.wikipedia.org/wiki/Letter_(paper_size)). */
export function paperOf(locale: string): PrintedPages['paper'] {
  try {
    return ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE'].includes(new Intl.Locale(locale).maximize().region ?? '') ? 'Letter' : 'A4';
  } catch {
    return 'A4';
  }
}

export function printedPages({ head, foot, landscape, paper }: PrintedPages): PrintToPDFOptions {
  return {
    landscape,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: `<div style="${STYLE}"><span>${escapeHtml(head)}</span></div>`,
    footerTemplate: `<div style="${STYLE}"><span>${escapeHtml(foot)}</span><span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`,
    // In inches: room for the two lines.
    margins: { top: 0.75, bottom: 0.7, left: 0.47, right: 0.47 },
    pageSize: paper,
  };
}
