/**
 * The guide and the README say what the product does: every link and picture is there, and every command, reason code, cause
 * and word of the command line has its place.
 */
import { RuleSet } from '@shared/domain/rules';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Command, COMMANDS, shortcutsOf } from '@shared/contract/commands';
import { CAUSES } from '@shared/domain/variance';
import { ImportProfile } from '@shared/domain/import-profile';
import { KIND_WORDS, SYSTEM_WORDS } from '@shared/domain/import-words';
import { COMMANDS as CLI_ENTRIES } from '../../electron/cli/commands/index';
import { filesBelow, root, textOf } from './source-files';

const GUIDE = 'resources/guide';
const GUIDE_BYTES_MAX = 4_000_000;
const page = (name: string): string => textOf(`${GUIDE}/${name}.html`);
const guideFiles = filesBelow(GUIDE);
const pages = guideFiles.filter((file) => file.endsWith('.html'));
const withoutTags = (html: string): string =>
  html.replace(/<[^>]+>/g, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');

/** The rows of a page's tables as the texts of their cells. */
const rowsOf = (html: string): readonly (readonly string[])[] =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => [...row!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => withoutTags(cell!)));

const CLI_COMMANDS = await Promise.all(CLI_ENTRIES.map(({ load }) => load()));

describe('links and pictures', () => {
  test.each(pages)('%s leads only to what is there', (file) => {
    const html = textOf(file);
    const targets = [...html.matchAll(/\b(?:href|src)="([^"]+)"/g)].map(([, target]) => target!);
    const missing = targets.filter((target) => {
      const [place, anchor] = target.split('#') as [string, string?];
      const aim = place === '' ? file : path.posix.join(path.posix.dirname(file), place);
      if (!fs.existsSync(path.join(root, aim))) return true;
      return anchor !== undefined && !textOf(aim).includes(`id="${anchor}"`);
    });
    expect(missing).toEqual([]);
    expect(targets.length).toBeGreaterThan(0);
  });

  test('the README leads only to what is there', () => {
    const targets = [...textOf('README.md').matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target!);
    expect(targets.filter((target) => !fs.existsSync(path.join(root, target)))).toEqual([]);
  });

  test('every page is in the list of every page', () => {
    const names = pages.map((file) => path.basename(file));
    expect(pages.flatMap((file) => names.filter((name) => !textOf(file).includes(`<li><a href="${name}"`)).map((name) => `${file}: ${name}`))).toEqual([]);
  });

  test('every picture is used, says what it shows, and the guide stays small', () => {
    const all = [...pages, 'README.md'].map(textOf).join('\n');
    expect(guideFiles.filter((file) => file.endsWith('.png') && !all.includes(`pictures/${path.basename(file)}`))).toEqual([]);
    expect([...all.matchAll(/<img [^>]*>/g)].filter(([image]) => !/alt="[^"]{10,}"/.test(image))).toEqual([]);
    const byteLength = guideFiles.reduce((sum, file) => sum + fs.statSync(path.join(root, file)).size, 0);
    expect(byteLength).toBeLessThan(GUIDE_BYTES_MAX);
  });

  test('nothing is asked of another machine, and no script runs', () => {
    const text = guideFiles.filter((file) => /\.(html|css)$/.test(file)).map(textOf).join('\n');
    expect(text.match(/https?:|src="\/\/|@import|url\(|<script|\son\w+=/gi)).toBeNull();
  });
});

describe('what the guide lists', () => {
  test('every command with its shortcut, and no other', () => {
    const told = rowsOf(page('grid').split('<h2>Commands</h2>')[1]!)
      .filter((cells) => cells.length === 2)
      .map(([label, shortcut]) => `${label} | ${shortcut}`);
    const known = COMMANDS.map((command: Command) =>
      `${command.label} | ${shortcutsOf(command).join(' or ').replaceAll('CmdOrCtrl', 'Ctrl')}`);
    expect(told).toEqual(known);
  });

  test('every reason code with name, owner, account and next step', () => {
    const codes = JSON.parse(textOf('resources/reason-codes.json')) as readonly Record<string, string | null>[];
    const told = rowsOf(page('journal')).filter((cells) => cells.length === 5);
    expect(told).toEqual(codes.map(({ code, name, defaultOwner, offsetAccount, nextStep }) => [code, name, defaultOwner, offsetAccount ?? 'nothing', nextStep]));
  });

  test('every cause, in its order', () => {
    const told = rowsOf(page('explain')).flatMap((cells) => (CAUSES as readonly string[]).filter((cause) => cells[1] === cause));
    expect(told).toEqual(CAUSES);
  });

  test('the tolerances of a new workbook', () => {
    const { tolerances } = RuleSet.parse(JSON.parse(textOf('resources/rules.json')));
    const told = rowsOf(page('explain')).filter(([tier]) => tier === 'A' || tier === 'B' || tier === 'C');
    expect(told).toEqual(
      tolerances.map(({ tier, unitsScaled, percentHundredths, valueMinor }) => [
        tier, String(unitsScaled / 10_000), `${percentHundredths / 100} %`, (valueMinor / 100).toFixed(2),
      ]),
    );
  });

  test('the command line knows each command by its own name', () => {
    expect(CLI_COMMANDS.map(({ name }) => name)).toEqual(CLI_ENTRIES.map(({ name }) => name));
  });

  test.each(CLI_COMMANDS.map((command) => [command.name, command] as const))('tieout %s with its words and options', (name, command) => {
    const text = withoutTags(page('command-line').split(`<h3 id="${name}">`)[1]?.split('<h3')[0] ?? '');
    const expected = [`tieout ${name} ${command.words}`.trimEnd(), ...Object.entries(command.options).flatMap(([option, { help }]) => [`--${option}`, help])];
    expect(expected.filter((words) => !text.includes(words))).toEqual([]);
  });

  test('every profile, with what it tells and the states it holds', () => {
    const profiles = filesBelow('resources/profiles').map((file) => ImportProfile.parse(JSON.parse(textOf(file)))).filter(({ source }) => source !== 'plain' && source !== 'tieout');
    const told = rowsOf(page('import').split('<h2>The rehearsal</h2>')[0]!).map((cells) => cells.join(' | '));
    const expected = profiles.map(({ name, kind, system, statesHeld }) =>
      [name, [KIND_WORDS[kind], system && SYSTEM_WORDS[system]].filter(Boolean).join(', '), statesHeld.map((state) => state.replaceAll('_', ' ')).join(', ')].join(' | '),
    );
    expect(expected.filter((line) => !told.includes(line))).toEqual([]);
  });

  test('the exact header of each plain format', () => {
    const profiles = filesBelow('resources/profiles').filter((file) => path.basename(file).startsWith('plain-'));
    const headers = profiles.map((file) => ImportProfile.parse(JSON.parse(textOf(file))).columns.map((column) => column.headers[0]).join(','));
    expect(headers.filter((header) => !page('import').includes(`>${header}</code>`))).toEqual([]);
    expect(headers).toHaveLength(6);
  });
});
