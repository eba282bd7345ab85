/**
 * The built command line beside the window: the same services, asked by another program.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { projectFolder } from './electron';

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `tieout` to its end.
 *
 * @param homeFolder where it finds and keeps identities: a window's user data folder, or one of its own
 */
export function runTieout(homeFolder: string, args: readonly string[]): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(projectFolder, 'dist/main/cli.js'), ...args], {
      env: { ...process.env, TIEOUT_HOME: homeFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}

/** Runs a command with `--json` and reads what it prints. */
export async function askTieout<Answer>(homeFolder: string, args: readonly string[]): Promise<Answer> {
  const { stdout, stderr, exitCode } = await runTieout(homeFolder, [...args, '--json']);
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    throw new Error(`tieout ${args.join(' ')} ended with ${exitCode} and printed no JSON:\n${stdout}\n${stderr}`);
  }
}
