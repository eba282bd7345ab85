/**
 * Paper: every page says whose figures it shows, which, and when it was printed. What is printed stands beside the
 * application in an element `data-printed` while `isPrinting`.
 *
 * Chromium writes the lines of a PDF itself. For the printer's dialog they are margin boxes of the page where the runtime
 * has them; where it does not, the sheet's own head says it once and the tables repeat theirs.
 */
import { useEffect, useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { instantText, offsetText } from '../ui';
import { notify } from './notifications';
import { shellAction } from './shell-commands';

export interface Paper {
  /** Whose figures and which: `Harbor & Pine. Inventory by state, October 2026`. */
  readonly head: string;
  readonly timeZone: string;
  readonly landscape?: boolean;
}

/** `Printed 23 Nov 2026, 08:20, America/Los_Angeles (UTC−8)`. */
export const printedWords = (instant: number, timeZone: string): string => `Printed ${instantText(instant, timeZone)}, ${timeZone} (${offsetText(instant, timeZone)})`;

const cssText = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, ' ')}"`;

/** The lines of every page as a style sheet of the page's own margins. */
export function pageMargins({ head, timeZone, landscape = false }: Paper, instant: number): string {
  const font = 'font: 8pt system-ui, sans-serif; color: #46515b;';
  return `@page { size: ${landscape ? 'landscape' : 'portrait'}; margin: 17mm 12mm 15mm;
  @top-left { content: ${cssText(head)}; ${font} }
  @bottom-left { content: ${cssText(printedWords(instant, timeZone))}; ${font} }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); ${font} } }`;
}

export interface Printing {
  readonly isPrinting: boolean;
  /** Opens the system's dialog. */
  readonly print: (paper: Paper) => void;
  /** Asks where to, and writes a PDF. */
  readonly savePdf: (paper: Paper, suggestedName: string) => Promise<void>;
}

export function usePrinting(): Printing {
  const [isPrinting, setPrinting] = useState(false);
  const [paper, setPaper] = useState<Paper | undefined>(undefined);
  useLayoutEffect(() => {
    if (!paper) return undefined;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(pageMargins(paper, Date.now()));
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    };
  }, [paper]);
  useEffect(() => {
    const done = () => {
      setPrinting(false);
      setPaper(undefined);
    };
    window.addEventListener('afterprint', done);
    return () => window.removeEventListener('afterprint', done);
  }, []);
  return {
    isPrinting,
    print: (wanted) => {
      flushSync(() => {
        setPaper(wanted);
        setPrinting(true);
      });
      window.print();
    },
    savePdf: async ({ head, timeZone, landscape = false }, suggestedName) => {
      flushSync(() => setPrinting(true));
      const outcome = await shellAction('shell:savePdf', { suggestedName, head, foot: printedWords(Date.now(), timeZone), landscape });
      setPrinting(false);
      if (outcome.ok) notify({ tone: 'done', title: 'Saved as PDF', text: outcome.value.path });
    },
  };
}
