/**
 * Starts the application for a test, watches its console, and ends it.
 *
 * Each start has its own user data folder, so that no test sees what another one left. What the window says on its console
 * as an error or a warning is a failure when the window is closed, unless the test has allowed it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { _electron, type Browser, chromium, type ElectronApplication, expect, type Page, test } from '@playwright/test';

/** Named where the tests were bundled elsewhere, as benchmarks are. */
export const projectFolder = process.env.TIEOUT_PROJECT_FOLDER ?? path.resolve(import.meta.dirname, '../..');

/** Chromium refuses to run as root with its sandbox; for everybody else the tests run with it. */
const isSuperuser = process.platform === 'linux' && process.getuid?.() === 0;
export const sandboxArguments = isSuperuser ? ['--no-sandbox'] : [];
const DEBUGGING_PORT_LIMIT_MS = 30_000;

/** Each worker has a display of its own, which whatever it starts inherits: windows of two tests would take each other's focus. */
const displayOfWorker = process.env.TIEOUT_DISPLAYS?.split(' ')[Number(process.env.TEST_PARALLEL_INDEX)];
if (displayOfWorker !== undefined) process.env.DISPLAY = displayOfWorker;

export interface LaunchOptions {
  /** Handed to the application as a person would on the command line: a workbook, for example. */
  readonly args?: readonly string[];
  /** Kept from an earlier start: settings and recent files. A new, empty folder unless given. */
  readonly userDataFolder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Console messages that this test provokes on purpose. */
  readonly allowedProblems?: readonly RegExp[];
}

export interface TieoutWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userDataFolder: string;
  /** Answers the next native dialogs for opening files as if these had been chosen; an empty list cancels. */
  answerOpenDialogs(files: readonly string[]): Promise<void>;
  /** Answers the next native dialogs for saving as if this place had been chosen; undefined cancels. */
  answerSaveDialogs(file: string | undefined): Promise<void>;
  /** Ends the application and fails when the window complained. */
  close(): Promise<void>;
}

/** A folder for one test, gone when the operating system clears its temporary files. */
export const temporaryFolder = (purpose: string): string =>
  fs.mkdtempSync(path.join(os.tmpdir(), `tieout-${purpose}-`));

/** The close is walked for a person to look at: its pictures go where they are looked for, in light and dark. */
export const onTour = process.env.TIEOUT_TOUR_FOLDER !== undefined;

/** The folder for what a person may look at afterwards: `out/` on a tour, otherwise beside the test's own results. */
export const outputFolder = (): string =>
  process.env.TIEOUT_TOUR_FOLDER ?? path.join(test.info().project.outputDir, 'close');

/** Dates and figures as the tests read them, whatever the machine's language is. */
function seedSettings(userDataFolder: string): void {
  const settings = path.join(userDataFolder, 'settings.json');
  if (fs.existsSync(settings)) return;
  fs.mkdirSync(userDataFolder, { recursive: true });
  fs.writeFileSync(settings, JSON.stringify({ preferences: { locale: 'en-GB' } }));
}

/**
 * Starts the application from `dist/` and waits for its window.
 * @throws when no window comes within Playwright's limit
 */
export async function launchTieout(options: LaunchOptions = {}): Promise<TieoutWindow> {
  const userDataFolder = options.userDataFolder ?? temporaryFolder('user');
  seedSettings(userDataFolder);
  const app = await _electron.launch({
    executablePath: createRequire(path.join(projectFolder, 'package.json'))('electron') as string,
    chromiumSandbox: !isSuperuser,
    // The theme is the application's own, not the test runner's.
    colorScheme: null,
    args: [...sandboxArguments, projectFolder, ...(options.args ?? [])],
    env: { ...inheritedEnvironment(), ...options.environment, TIEOUT_USER_DATA: userDataFolder },
  });
  const problems: string[] = [];
  // Before the window is asked for, so that nothing of the first load is missed.
  app.context().on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  app.context().on('weberror', (error) => problems.push(String(error.error())));
  const page = await app.firstWindow();
  return {
    app,
    page,
    userDataFolder,
    answerOpenDialogs: (files) =>
      app.evaluate(
        ({ dialog }, filePaths) => {
          dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths });
        },
        [...files],
      ),
    answerSaveDialogs: (file) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: filePath === '', filePath });
      }, file ?? ''),
    close: async () => {
      await app.close();
      const unexpected = problems.filter(
        (text) => !(options.allowedProblems ?? []).some((allowed) => allowed.test(text)),
      );
      expect(unexpected, 'errors and warnings on the console of the window').toEqual([]);
    },
  };
}

/** A picture of the window as it stood, beside the results of each test that failed. */
export function leavePictureOnFailure(windowNow: () => TieoutWindow | undefined): void {
  test.afterEach(async () => {
    if (test.info().status === test.info().expectedStatus) return;
    await windowNow()?.page.screenshot({ path: test.info().outputPath('failed.png') });
  });
}

export interface PackagedWindow {
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * Starts the packaged application as it ships. Its inspector is fused off, so it is watched over Chromium's own port.
 * @param executable the packaged executable
 */
export async function launchPackaged(executable: string, args: readonly string[] = []): Promise<PackagedWindow> {
  const userDataFolder = temporaryFolder('user');
  seedSettings(userDataFolder);
  const flags = [...sandboxArguments, '--remote-debugging-port=0', `--user-data-dir=${userDataFolder}`];
  const child = spawn(executable, [...flags, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: inheritedEnvironment(),
  });
  let browser: Browser;
  try {
    browser = await chromium.connectOverCDP(await debuggingAddress(child));
  } catch (error) {
    child.kill();
    throw error;
  }
  const context = browser.contexts()[0]!;
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  return {
    page,
    close: async () => {
      await browser.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill()) await ended;
    },
  };
}

/** What Chromium prints when it listens; what it printed instead, when it ended. */
function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const limit = setTimeout(
      () => reject(new Error(`no debugging port within the limit:\n${printed}`)),
      DEBUGGING_PORT_LIMIT_MS,
    );
    child.stderr!.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1];
      if (address === undefined) return;
      clearTimeout(limit);
      resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${printed}`)));
  });
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
