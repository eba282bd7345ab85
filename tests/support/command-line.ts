/**
 * The command line as a person has it: the built program in a process of its own, with a folder and identities that last
 * as long as the test.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { temporaryFolder, type WhenFinished } from './workbooks';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** The built command line. */
export const PROGRAM = path.join(ROOT, 'dist/main/cli.js');
const FIXTURES = path.join(ROOT, 'tests/fixtures/cli');

/** A file of the small month that these tests close. */
export const monthFile = (name: string): string => path.join(FIXTURES, name);
export const MONTH_FILES = ['snapshot.csv', 'movements.csv', 'count.csv', 'trial-balance.csv'].map(monthFile);

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface JsonRun extends Run {
  /** What stood on stdout, and nothing else did. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface CommandLine {
  readonly folder: string;
  /** A path in the folder. */
  at(...names: string[]): string;
  run(...words: string[]): Promise<Run>;
  /** With `--json`. */
  json(...words: string[]): Promise<JsonRun>;
  /** Runs with further variables in the environment. */
  with(environment: Readonly<Record<string, string>>): CommandLine;
}

const STACK_LINE = /^\s+at .+[:(]/m;

function start(words: readonly string[], folder: string, environment: Readonly<Record<string, string>>): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...words], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        TIEOUT_HOME: path.join(folder, 'home'),
        // Loading the program is most of what a short command costs.
        NODE_COMPILE_CACHE: path.join(ROOT, 'node_modules/.cache/tieout/compile'),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
    child.on('error', reject);
    child.on('close', (exitCode) => {
      // Whatever a person does, what they get is a message.
      expect(texts.stderr, words.join(' ')).not.toMatch(STACK_LINE);
      resolve({ exitCode, ...texts });
    });
  });
}

function commandLineIn(folder: string, environment: Readonly<Record<string, string>>): CommandLine {
  const run = (...words: string[]) => start(words, folder, environment);
  return {
    folder,
    at: (...names) => path.join(folder, ...names),
    run,
    json: async (...words) => {
      const ran = await run(...words, '--json');
      return { ...ran, json: JSON.parse(ran.stdout) as Record<string, unknown> };
    },
    with: (more) => commandLineIn(folder, { ...environment, ...more }),
  };
}

/** A command line in a folder of its own. */
export const commandLine = (whenFinished?: WhenFinished): CommandLine => commandLineIn(temporaryFolder(whenFinished), {});

/** A command line whose folder holds an empty workbook in US dollars and Los Angeles time. */
export async function withEmptyWorkbook(whenFinished?: WhenFinished): Promise<CommandLine & { readonly workbook: string }> {
  const tieout = commandLine(whenFinished);
  const made = await tieout.run('new', 'Close', '--company', 'Harbor & Pine', '--currency', 'USD', '--time-zone', 'America/Los_Angeles');
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  return { ...tieout, workbook: tieout.at('Close.tieout') };
}

/** Stands for every byte of a file: the same where nothing was written. */
export const hashOfFile = (filePath: string): string => createHash('sha256').update(fs.readFileSync(filePath)).digest('hex');

/** Stands for everything a workbook holds, however its pages lie. */
export function hashOfContent(filePath: string): string {
  const database = new Database(filePath, { readonly: true });
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all() as string[];
    const hash = createHash('sha256');
    for (const table of tables) hash.update(JSON.stringify([table, database.prepare(`SELECT * FROM "${table}"`).all()]));
    return hash.digest('hex');
  } finally {
    database.close();
  }
}
