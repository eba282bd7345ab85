/**
 * What a screen is checked for on behalf of people who do not see it, or do not use a mouse: axe's rules, the way of the
 * keyboard, and what is cut off where the text is larger.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a person cannot get past or is seriously hindered by. */
const WEIGHTY = ['serious', 'critical'];

/**
 * Entries of lists and marks of pictures are called by their title or figure, which their name holds; what stands beside it
 * in small is in the name in words of its own.
 */
const ENTRY = 'role="option"|data-mark';

declare const axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };

/**
 * What axe finds of weight on the page as it stands, one sentence each.
 * @param rules all; covered: without the size of what something else lies over, and without asking that what is hidden from screen
 *   readers under an open list takes no keyboard (leaving the list closes it, and its two guards pass the keyboard on at once); contrast
 *   alone where the rest was checked in the other theme
 */
export async function findings(page: Page, rules: 'all' | 'covered' | 'contrast'): Promise<string[]> {
  // The page's own rules forbid a script element; the debugger's door is not bound by them.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(
    async ({ only, weighty, entry, off }) => {
      const named = new RegExp(entry);
      const { violations } = await axe.run(document, { runOnly: only, resultTypes: ['violations'], rules: off });
      return violations
        .filter(({ impact }) => weighty.includes(impact ?? ''))
        .flatMap(({ id, impact, help, nodes }) =>
          nodes.filter(({ html }) => !(id === 'label-content-name-mismatch' && named.test(html))).map(({ target, html, any }) => `${impact} ${id}: ${help}. ${target.join(' ')} ${html.slice(0, 160)} ${any.map(({ message }) => message).join(' ')}`),
        );
    },
    {
      only: rules === 'contrast' ? { type: 'rule' as const, values: ['color-contrast'] } : { type: 'tag' as const, values: RULES },
      off: rules === 'covered' ? { 'target-size': { enabled: false }, 'aria-hidden-focus': { enabled: false } } : {},
      weighty: WEIGHTY, entry: ENTRY,
    },
  );
}

/** A stop of the keyboard, and what was seen of it. */
interface Stop {
  readonly name: string;
  readonly isSeen: boolean;
  readonly isGrid: boolean;
  /** It was there when the round began. */
  readonly isKnown: boolean;
  /** Where it stood before the round, in pixels: what is scrolled on the way does not count. */
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
}

interface Round {
  readonly stops: readonly Stop[];
  /** Controls that a person sees and the round never came to. */
  readonly missed: readonly string[];
  /** The round came back to where it began. */
  readonly isClosed: boolean;
}

/** Stands on the first control of the window and writes down every stop; what it needs stays in the page until `readRound`. */
const beginRound = (page: Page) =>
  page.evaluate(() => {
    const nameOf = (element: Element): string => {
      const name = element.getAttribute('aria-label') ?? element.getAttribute('placeholder') ?? (element as HTMLElement).innerText ?? '';
      return `${element.getAttribute('role') ?? element.localName} "${name.replaceAll(/\s+/g, ' ').trim().slice(0, 40)}"`;
    };
    /** What shows the focus: a ring or ground on the stop itself, on what encloses it, in it, or on what it stands for. */
    const looks = (element: Element): string => {
      const standsFor = element.getAttribute('aria-activedescendant');
      const around = [element, element.parentElement, element.parentElement?.parentElement, standsFor ? document.getElementById(standsFor) : null, element.firstElementChild, element.lastElementChild];
      return around
        .map((each) => {
          if (!each) return '';
          const { outlineStyle, outlineColor, outlineWidth, boxShadow, borderColor, backgroundColor, stroke, strokeWidth } = getComputedStyle(each);
          return [outlineStyle === 'none' ? '' : outlineColor + outlineWidth, boxShadow, borderColor, backgroundColor, stroke, strokeWidth].join();
        })
        .join('|');
    };
    /** Where it stands, or the edge behind which it is scrolled away. */
    const placeOf = (element: Element) => {
      let { top, left, bottom } = element.getBoundingClientRect();
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (!/auto|scroll/.test(getComputedStyle(around).overflowY)) continue;
        const frame = around.getBoundingClientRect();
        [top, bottom] = [Math.min(Math.max(top, frame.top), frame.bottom), Math.min(Math.max(bottom, frame.top), frame.bottom)];
      }
      return { top, left, bottom };
    };
    const isGrid = (element: Element) => element.closest('.ag-root') !== null;
    const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex]')].filter(
      (element) =>
        element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true }) && !isGrid(element) &&
        element.closest('[inert], [aria-hidden="true"], .visually-hidden') === null && element.getAttribute('role') !== 'presentation',
    );
    (document.activeElement as HTMLElement | null)?.blur();
    const before = new Map(controls.map((control) => [control as Element, { looks: looks(control), box: placeOf(control) }]));
    const stops: { element: Element; stop: unknown }[] = [];
    const onFocus = (event: FocusEvent) => {
      const element = event.target as HTMLElement;
      const known = before.get(element);
      const { top, left, bottom } = known?.box ?? placeOf(element);
      // The parts of a date are stops of the browser's own, and so is what it shows of them.
      const isSeen = known?.looks !== looks(element) || element.matches('[type^="date"]');
      stops.push({ element, stop: { name: nameOf(element), isSeen, isGrid: isGrid(element), isKnown: known !== undefined, top, left, bottom } });
    };
    controls[0]?.focus();
    document.addEventListener('focusin', onFocus, { capture: true });
    Reflect.set(globalThis, 'roundOfKeys', { stops, controls, nameOf, isGrid, end: () => document.removeEventListener('focusin', onFocus, { capture: true }) });
    return controls.length;
  });

/** Where the round stands: closed, in a grid that does not let Tab out, or on its way. */
const whereItStands = (page: Page) =>
  page.evaluate(() => {
    const { stops, controls, isGrid } = Reflect.get(globalThis, 'roundOfKeys');
    if (stops.some(({ element }: { element: Element }) => element === controls[0])) return 'closed';
    return document.activeElement !== null && isGrid(document.activeElement) ? 'in a grid' : 'on its way';
  });

const readRound = (page: Page) =>
  page.evaluate(() => {
    const { stops, controls, nameOf, end } = Reflect.get(globalThis, 'roundOfKeys');
    end();
    const seen = new Set(stops.map(({ element }: { element: Element }) => element));
    return {
      stops: stops.map(({ stop }: { stop: unknown }) => stop),
      // Of a group of radio buttons one is a stop; what was drawn anew on the way stands for what it replaced.
      missed: controls.flatMap((control: Element, index: number) => (seen.has(control) || control.matches('[type="radio"]') || !control.isConnected ? [] : [`${nameOf(control)}, control ${index + 1}`])),
      isClosed: seen.has(controls[0]),
    } as Round;
  });

/** How many keys are pressed before a look at where they led. */
const AT_ONCE = 12;

/**
 * Goes once round the window with a key, from its first control until that one has the keyboard again.
 * @param out the key that leaves a grid in which Tab goes from cell to cell
 */
export async function round(page: Page, key: 'Tab' | 'Shift+Tab', out = 'F6'): Promise<Round> {
  const controls = await beginRound(page);
  for (let pressed = 0; pressed < 2 * controls + 60; pressed += AT_ONCE) {
    // Not one after the other: the window hears them in their order anyway.
    await Promise.all(Array.from({ length: AT_ONCE }, () => page.keyboard.press(key)));
    const stands = await whereItStands(page);
    if (stands === 'closed') break;
    if (stands !== 'in a grid') continue;
    // Backwards the round ends at a grid whose cells it would go through one by one.
    if (key === 'Shift+Tab') return { ...(await readRound(page)), isClosed: true };
    await page.keyboard.press(out);
  }
  return readRound(page);
}

/**
 * Where the order of a round goes against the reading: a stop that lies above the one before it and not to its right, but
 * for the first line of the window, to which every round comes back.
 */
export function againstReading({ stops }: Round): string[] {
  const top = Math.min(...stops.map(({ bottom }) => bottom));
  return stops.flatMap((stop, index) => {
    const before = stops[index - 1];
    const goesBack = before !== undefined && stop.isKnown && before.isKnown && stop.bottom < before.top && stop.left <= before.left;
    return goesBack && stop.top > top ? [`${stop.name} after ${before.name}`] : [];
  });
}

/** Controls that a person cannot get at: beyond the window where nothing scrolls, cut off, or under something else. */
export const outOfReach = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wanted = 'button, a[href], input, select, textarea, [role="tab"], [role="option"], [role="menuitem"]';
    const found: string[] = [];
    for (const control of document.querySelectorAll<HTMLElement>(wanted)) {
      if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || control.closest('.visually-hidden, .ag-root, [aria-hidden="true"]')) continue;
      const box = control.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const name = `${control.localName} "${(control.getAttribute('aria-label') ?? control.innerText).replaceAll(/\s+/g, ' ').trim().slice(0, 40)}"`;
      // What it may be scrolled within; each part of it that nothing scrolls to must be in sight.
      let [left, top, right, bottom] = [0, 0, window.innerWidth, window.innerHeight];
      let [scrollsX, scrollsY] = [false, false];
      for (let around = control.parentElement; around; around = around.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(around);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const frame = around.getBoundingClientRect();
        if (/auto|scroll/.test(overflowX)) scrollsX = true;
        else if (!scrollsX) [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
        if (/auto|scroll/.test(overflowY)) scrollsY = true;
        else if (!scrollsY) [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
      }
      if ((!scrollsX && (box.left < left - 1 || box.right > right + 1)) || (!scrollsY && (box.top < top - 1 || box.bottom > bottom + 1))) {
        found.push(`${name} is cut off`);
        continue;
      }
      if (scrollsX || scrollsY) continue;
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (hit && !control.contains(hit) && !hit.contains(control) && !hit.closest('label')) found.push(`${name} is under ${hit.localName} "${(hit as HTMLElement).innerText?.slice(0, 30)}"`);
    }
    return found;
  });

/** What still moves where the system asks for no motion. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const seconds = (text: string) => Math.max(...text.split(',').map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 0.001 : 1)));
    return [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, transitionProperty, animationDuration, animationName } = getComputedStyle(element);
      const longest = Math.max(transitionProperty === 'none' ? 0 : seconds(transitionDuration), animationName === 'none' ? 0 : seconds(animationDuration));
      return longest > 0.0001 ? [`${element.localName}.${element.getAttribute('class')} ${longest} s`] : [];
    });
  });

/**
 * States that look as if they were not, beside another control of the same kind: where the system sets the colours, grounds
 * and shadows are gone, and what is left must tell them apart.
 */
export const alike = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const states = ['[aria-selected="true"]', '[aria-current]:not([aria-current="false"])', '[aria-pressed="true"]', ':disabled'];
    const looks = (element: Element): string => {
      const { outlineStyle, outlineColor, outlineWidth, borderColor, borderWidth, borderStyle, color, fontWeight, textDecorationLine } = getComputedStyle(element);
      const after = getComputedStyle(element, '::after');
      return [outlineStyle, outlineStyle === 'none' ? '' : outlineColor + outlineWidth, borderColor, borderWidth, borderStyle, color, fontWeight, textDecorationLine, after.content, after.backgroundColor].join();
    };
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('.visually-hidden') === null;
    return states.flatMap((state) =>
      [...document.querySelectorAll(state)].filter(isSeen).flatMap((element) => {
        const kind = `${element.localName}${element.getAttribute('role') ? `[role="${element.getAttribute('role')}"]` : ':not([role])'}`;
        const twin = [...document.querySelectorAll(kind)].find(
          (each) => each !== element && !each.matches(state) && isSeen(each) && each.classList[0] === element.classList[0] && each.parentElement?.className === element.parentElement?.className,
        );
        return twin && looks(twin) === looks(element) ? [`${state} of ${kind} "${(element as HTMLElement).innerText.slice(0, 30)}" looks like "${(twin as HTMLElement).innerText.slice(0, 30)}"`] : [];
      }),
    );
  });
