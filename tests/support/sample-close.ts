/**
 * What the close of the sample company comes to, told by the command line: `tieout demo` does the same close without a
 * window, and whatever the window shows is held against it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { SampleManifest } from '../../shared/domain/defaults';
import type { LineJson } from '../../shared/domain/lines-json';
import { askTieout, runTieout } from './command-beside-window';
import { projectFolder, temporaryFolder } from './electron';

export const sampleFolder = path.join(projectFolder, 'resources/sample');
export const manifest = SampleManifest.parse(JSON.parse(fs.readFileSync(path.join(sampleFolder, 'manifest.json'), 'utf8')));
export const MONTH = manifest.periods[1]!;
export type Answer = (typeof MONTH)['quarantineAnswers'][number];

/** Somebody of the story, by first name. */
export const person = (firstName: string) => manifest.people.find((each) => each.name.startsWith(`${firstName} `))!;

/** A file of the sample month, as the manifest names it. */
export const sampleFile = (file: string): string => path.join(sampleFolder, file);

interface ImportedFile {
  readonly fileName: string;
  readonly rowsWritten: string;
  readonly rowsQuarantined: string;
  readonly rowsIgnored: string;
}

/** The figures of the close without a window. */
export interface DemoClose {
  readonly imported: readonly ImportedFile[];
  readonly lines: number;
  readonly open: number;
  readonly cleared: number;
  readonly replayed: number;
  readonly ignored: number;
  /** Lines that needed a person. */
  readonly exceptions: readonly LineJson[];
  readonly journalNumber: string;
  readonly journalLines: number;
  /** Debits as decimal text; credits are the same. */
  readonly journalTotal: string;
}

interface DemoJson {
  readonly workbook: string;
  readonly balanced: boolean;
  readonly summary: { readonly lines: number; readonly byStatus: Record<'open' | 'cleared', { readonly lines: number }> };
}

const captured = (text: string, pattern: RegExp): string[] => {
  const found = pattern.exec(text);
  if (found === null) throw new Error(`${String(pattern)} is not in:\n${text}`);
  return found.slice(1).map((part) => part ?? '');
};

/** Closes the sample month on the command line and gathers what it says of it. */
export async function closeOnCommandLine(): Promise<DemoClose> {
  const home = temporaryFolder('demo');
  const demo = await runTieout(home, ['demo', '--out', home, '--json']);
  const told = demo.stderr;
  const { workbook, balanced, summary } = JSON.parse(demo.stdout) as DemoJson;
  if (!balanced) throw new Error(`the journal of the demo does not balance:\n${told}`);
  const ofMonth = ['--period', MONTH.code];
  const quarantine = await askTieout<{ replayed: number; ignored: number }>(home, ['quarantine', workbook, ...ofMonth]);
  const exceptions = await askTieout<{ lines: LineJson[] }>(home, ['lines', workbook, ...ofMonth, '--only', 'exceptions']);
  const [journalNumber = '', journalLines = ''] = captured(told, /prepared journal (\S+) with (\d+) lines/);
  const [journalTotal = ''] = captured(told, /debits ([\d.]+), credits \1 /);
  return {
    imported: [...told.matchAll(/^Imported (\S+) as .*: (\d+) rows written, (\d+) to the quarantine, (\d+) passed over/gm)].map(
      ([, fileName = '', rowsWritten = '', rowsQuarantined = '', rowsIgnored = '']) => ({ fileName, rowsWritten, rowsQuarantined, rowsIgnored }),
    ),
    lines: summary.lines,
    open: summary.byStatus.open.lines,
    cleared: summary.byStatus.cleared.lines,
    replayed: quarantine.replayed,
    ignored: quarantine.ignored,
    exceptions: exceptions.lines,
    journalNumber,
    journalLines: Number(journalLines),
    journalTotal,
  };
}
