/** Where windows go and what is kept of them on the machine. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { KeptFiles } from '../../electron/shell/kept-files';
import { placeWindow } from '../../electron/shell/placing';
import { printedPages } from '../../electron/shell/printed-pages';
import { SettingsFile } from '../../electron/shell/settings';

const MAIN = { x: 0, y: 0, width: 1920, height: 1040 };
const SECOND = { x: 1920, y: 0, width: 2560, height: 1400 };
const KEPT = { x: 2200, y: 100, width: 1600, height: 1000 };

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-shell-'));
});

describe('the place of a window', () => {
  test('it is where it was', () => {
    expect(placeWindow(KEPT, [MAIN, SECOND], undefined)).toEqual(KEPT);
  });

  test('it is brought back when its screen is gone, no larger than the screen that is left', () => {
    const placed = placeWindow(KEPT, [{ x: 0, y: 0, width: 1366, height: 728 }], undefined);
    expect(placed).toEqual({ x: 0, y: 0, width: 1366, height: 728 });
  });

  test('a title bar above the screen cannot be taken, so the window is not left there', () => {
    expect(placeWindow({ ...KEPT, x: 100, y: -200 }, [MAIN], undefined).y).toBeGreaterThanOrEqual(0);
  });

  test('a further window stands a step beside the one before, and begins anew where the screen ends', () => {
    expect(placeWindow(undefined, [MAIN], { x: 100, y: 80, width: 1440, height: 900 })).toMatchObject({ x: 128, y: 108 });
    expect(placeWindow(undefined, [MAIN], { x: 1850, y: 900, width: 1440, height: 900 })).toMatchObject({ x: 28, y: 28 });
  });

  test('two windows of the same place do not hide each other', () => {
    expect(placeWindow(KEPT, [MAIN, SECOND], KEPT)).toMatchObject({ x: KEPT.x + 28, y: KEPT.y + 28 });
  });
});

describe('what is kept of a workbook’s window', () => {
  const place = { x: 1, y: 2, width: 1100, height: 700, isMaximized: false, isFullScreen: false };

  test('place, size and state are there again, each workbook its own', () => {
    const kept = new KeptFiles(folder);
    kept.update('/a.tieout', { place });
    kept.update('/a.tieout', { state: { place: { screen: 'explain' } }, zoomLevel: 0.5 });
    expect(new KeptFiles(folder).read('/a.tieout')).toEqual({ path: '/a.tieout', place, zoomLevel: 0.5, state: { place: { screen: 'explain' } } });
    expect(kept.read('/b.tieout')).toEqual({ path: '/b.tieout', zoomLevel: 0, state: {} });
  });

  test('a damaged file is as good as none', () => {
    const kept = new KeptFiles(folder);
    kept.update('/a.tieout', { place });
    const [file] = fs.readdirSync(path.join(folder, 'windows'));
    fs.writeFileSync(path.join(folder, 'windows', file!), '{"path": "/a.tieout", "place": 7}');
    expect(kept.read('/a.tieout').place).toBeUndefined();
  });

  test('the oldest are forgotten', () => {
    const kept = new KeptFiles(folder);
    for (let index = 0; index < 70; index += 1) kept.update(`/${index}.tieout`, { place });
    expect(fs.readdirSync(path.join(folder, 'windows'))).toHaveLength(60);
  });
});

describe('settings', () => {
  test('a preference is kept, the others stay, and a theme of an older version is taken over', () => {
    fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ theme: 'dark' }));
    const settings = new SettingsFile(folder);
    expect(settings.preferences).toMatchObject({ theme: 'dark', negatives: 'minus', reopens: true });
    settings.setPreferences({ negatives: 'brackets', theme: undefined });
    expect(new SettingsFile(folder).preferences).toMatchObject({ theme: 'dark', negatives: 'brackets', reopens: true });
  });

  test('an unknown preference costs the preferences and not the recent workbooks', () => {
    const recent = [{ path: '/a.tieout', name: 'a', openedInstant: 1 }];
    fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ recent, preferences: { negatives: 'red' } }));
    const settings = new SettingsFile(folder);
    expect(settings.current.recent).toEqual(recent);
    expect(settings.preferences.negatives).toBe('minus');
  });
});

test('the pages of a PDF say whose figures they are, when, and how many there are; words are never markup', () => {
  const pages = printedPages({ head: 'Harbor & Pine <script>', foot: 'Printed 23 Nov 2026', landscape: true, paper: 'Letter' });
  expect(pages).toMatchObject({ landscape: true, displayHeaderFooter: true, pageSize: 'Letter' });
  expect(pages.headerTemplate).toContain('Harbor &#38; Pine &#60;script&#62;');
  expect(pages.footerTemplate).toMatch(/Printed 23 Nov 2026.*class="pageNumber".*class="totalPages"/);
});
