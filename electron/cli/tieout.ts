/**
 * `tieout`: the services on the command line. Argument parsing and printing only.
 */
import { COMMANDS } from './commands/index';
import { CommandFailure, EXIT, type ExitCode, helpText, parseCommandArguments } from './command';
import { printJson, say } from './print';

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length)) + 2;
  return [
    'tieout: closes an inventory month in one file, offline.',
    '',
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    '',
    'Each command tells more with --help, and takes --json for machine-readable output.',
    'Exit codes: 0 done, 1 done with findings, 2 wrong words, 3 bad input or refused.',
    '',
  ].join('\n');
}

async function run(words: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined) throw new CommandFailure(overview().trimEnd(), EXIT.usage);
  if (name === '--help' || name === 'help') {
    process.stdout.write(overview());
    return EXIT.done;
  }
  const entry = COMMANDS.find((each) => each.name === name);
  if (!entry) throw new CommandFailure(`There is no command ${name}. tieout --help lists them.`, EXIT.usage);
  const command = await entry.load();
  const args = parseCommandArguments(command, rest);
  if (args.flag('help')) {
    process.stdout.write(helpText(command, entry.summary));
    return EXIT.done;
  }
  return await command.run(args);
}

/**
 * What ended the command. A system error names its place in its message; anything else is a fault of ours, whose stack is
 * shown where TIEOUT_STACK is set.
 */
function failureOf(error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  const { message, stack, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return new CommandFailure(`${message}. Check the path and what may be written there.`, EXIT.refused, 'system_error');
  const shown = process.env['TIEOUT_STACK'] ? stack : message;
  return new CommandFailure(`tieout ${process.argv[2] ?? ''} failed: ${shown}. This is a fault in Tieout.`, EXIT.refused, 'internal_error');
}

const words = process.argv.slice(2);
try {
  process.exitCode = await run(words);
} catch (error) {
  const { message, failure, exitCode } = failureOf(error);
  say(message);
  if (words.includes('--json')) printJson({ ok: false, failure, message });
  process.exitCode = exitCode;
}
