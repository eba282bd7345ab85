/**
 * `tieout`: the services on the command line. Argument parsing and printing only.
 */
import { COMMANDS } from './commands/index';
import { CommandFailure, EXIT, type ExitCode, helpText, parseCommandArguments } from './command';
import { printJson, printLine, say } from './print';

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
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(overview());
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) throw new CommandFailure(`There is no command ${name}. tieout --help lists them.`, EXIT.usage);
  const args = parseCommandArguments(command, rest);
  if (args.flag('help')) {
    process.stdout.write(helpText(command));
    return EXIT.done;
  }
  return await command.run(args);
}

const words = process.argv.slice(2);
try {
  process.exitCode = await run(words);
} catch (error) {
  if (!(error instanceof CommandFailure)) throw error;
  say(error.message);
  if (words.includes('--json')) printJson({ ok: false, failure: error.failure, message: error.message });
  else if (error.exitCode === EXIT.usage && words.length === 0) printLine(overview());
  process.exitCode = error.exitCode;
}
