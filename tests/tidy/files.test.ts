/**
 * What every file owes its reader: a size that can be read at a sitting, and nothing of the machine it was written on.
 */
import { expect, test } from 'vitest';
import { filesBelow, sourceFiles, textOf } from './source-files';

const LINES_MAX = 450;
const CODE = /\.(tsx?|mjs|cjs|css|c|html)$/;
/** A migration is one schema told in one place: its length is the schema's. */
const OF_ANY_LENGTH = /^electron\/workbook\/migrations\//;
const TEXT = /(\.(tsx?|mjs|cjs|css|c|html|json|md|ya?ml|sql|csv|svg|sh)|\/run)$/;

test(`no file of code is over ${LINES_MAX} lines`, () => {
  const long = sourceFiles(['electron', 'renderer', 'shared', 'scripts', 'tests'], CODE)
    .filter((file) => !OF_ANY_LENGTH.test(file))
    .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > LINES_MAX);
  expect(long).toEqual([]);
});

test('no file names a path of the machine it was written on', () => {
  // Put together from parts, so that this file does not contain what it looks for.
  const homes = ['work', 'root', 'home/[a-z]', 'Users/[A-Za-z]', 'tmp/[a-z]+/'].map((folder) => `/${folder}`);
  const machinePath = new RegExp(`(?:^|[\\s'"\`(=:])(?:${homes.join('|')})(?:/|\\b|$)`, 'm');
  const naming = filesBelow('.').filter((file) => TEXT.test(file) && machinePath.test(textOf(file)));
  expect(naming).toEqual([]);
});

test('the lock file names no registry, so that every machine asks its own', () => {
  const resolved = [...textOf('package-lock.json').matchAll(/"resolved": "(https?:[^"]+)"/g)].map((match) => match[1]);
  expect(resolved).toEqual([]);
});

test('no merge was left half done', () => {
  const marker = /^(<{7}|>{7}) /m;
  expect(filesBelow('.').filter((file) => TEXT.test(file) && marker.test(textOf(file)))).toEqual([]);
});

test('every action that is written to the audit trail is told there as a sentence', () => {
  const written = sourceFiles(['electron/services'], /\.ts$/)
    .flatMap((file) => textOf(file).split('\n'))
    .filter((line) => /\baction\b/.test(line))
    .flatMap((line) => [...line.matchAll(/'([a-z][A-Za-z]+\.[a-z][A-Za-z]+)'/g)].map((match) => match[1]!));
  expect(written.length).toBeGreaterThan(40);
  const told = `${textOf('electron/services/audit-sentences.ts')}${textOf('electron/services/audit-room/trail.ts')}`;
  expect([...new Set(written)].filter((action) => !told.includes(`\n  '${action}': (`)).sort()).toEqual([]);
});
