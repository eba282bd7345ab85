/**
 * Printing: results on stdout, messages and progress on stderr, tables aligned.
 */
import type { Job } from '../services/context';

export const printLine = (line = ''): void => void process.stdout.write(`${line}\n`);
export const printJson = (value: unknown): void => printLine(JSON.stringify(value, null, 2));
export const say = (message: string): void => void process.stderr.write(`${message}\n`);

// Whoever reads may stop before the end, as `head` does: that is no failure of the command.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    throw error;
  });
}

/** Rows as columns two spaces apart; a column named in `numeric` stands right-aligned. */
export function table(header: readonly string[], rows: readonly (readonly string[])[], numeric: readonly number[] = []): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (numeric.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** Rewrites one line of a terminal's stderr; silent where stderr is no terminal. */
export function terminalJob(): Job {
  let last = 0;
  return {
    progress: (stage, done, total) => {
      if (!process.stderr.isTTY) return;
      const now = performance.now();
      if (done !== total && now - last < 100) return;
      last = now;
      process.stderr.write(`\r\u001b[2K${stage} ${done}${total === null ? '' : ` of ${total}`}${done === total ? '\r\u001b[2K' : ''}`);
    },
    checkCancelled: () => undefined,
  };
}
