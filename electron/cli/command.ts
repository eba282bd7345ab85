/**
 * What a command of the command line is: its words, its options, what it does. Parsing and help are made from it.
 */
import { parseArgs } from 'node:util';

/** done; done with findings; wrong words; bad input or refused. */
export const EXIT = { done: 0, findings: 1, usage: 2, refused: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends a command early: the message goes to stderr, the code to the shell. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.refused,
    /** The refusal's identifier, for `--json`. */
    readonly failure = exitCode === EXIT.usage ? 'usage' : 'refused',
  ) {
    super(message);
  }
}

export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** What stands for the value in the help: `YYYY-MM`, `FILE`. */
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
  /** May be given several times; `all` reads them. */
  readonly repeats?: boolean;
  readonly default?: string;
  /** What is wrong with a value, said before anything is opened; undefined where nothing is. */
  readonly check?: (value: string) => string | undefined;
}

export interface Arguments {
  readonly words: readonly string[];
  /** The value of a string option; undefined where it was not given. */
  text(name: string): string | undefined;
  /** The value of a required option, or one with a default. */
  needed(name: string): string;
  /** Every value of an option that may be repeated, in order. */
  all(name: string): readonly string[];
  flag(name: string): boolean;
}

export interface Command {
  readonly name: string;
  /** After the name: `WORKBOOK FILE...`. */
  readonly words: string;
  readonly wordsLeast: number;
  readonly wordsMost: number;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Lines beneath the options in the help. */
  readonly notes?: string;
  run(args: Arguments): Promise<ExitCode> | ExitCode;
}

/** Every command has these two. */
const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { type: 'boolean', help: 'machine-readable output on stdout' },
  help: { type: 'boolean', help: 'this text' },
};

/** Reads the words after a command's name; throws `CommandFailure` with the usage exit code. */
export function parseCommandArguments(command: Command, words: readonly string[]): Arguments {
  const options = { ...command.options, ...COMMON_OPTIONS };
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({
      args: [...words],
      options: Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, { type: spec.type, multiple: spec.repeats === true }])),
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    // Node.js goes on with advice on its own functions.
    const [what] = (error as Error).message.split(/\.(?:\s|$)/);
    throw new CommandFailure(`${what}. See tieout ${command.name} --help.`, EXIT.usage);
  }
  const { values, positionals } = parsed;
  const args: Arguments = {
    words: positionals,
    text: (name) => (values[name] as string | undefined) ?? options[name]?.default,
    needed: (name) => (values[name] as string | undefined) ?? options[name]!.default!,
    all: (name) => (values[name] as readonly string[] | undefined) ?? [],
    flag: (name) => values[name] === true,
  };
  if (args.flag('help')) return args;
  if (positionals.length < command.wordsLeast || positionals.length > command.wordsMost) {
    throw new CommandFailure(`tieout ${command.name} ${command.words}: ${positionals.length} words given. See tieout ${command.name} --help.`, EXIT.usage);
  }
  for (const [name, spec] of Object.entries(command.options)) {
    if (spec.repeats) continue;
    if (spec.required && args.text(name) === undefined) {
      throw new CommandFailure(`tieout ${command.name} needs --${name} ${spec.value ?? ''}. See tieout ${command.name} --help.`.replace(' .', '.'), EXIT.usage);
    }
    const value = args.text(name);
    const wrong = value === undefined ? undefined : spec.check?.(value);
    if (wrong !== undefined) throw new CommandFailure(wrong, EXIT.usage);
  }
  return args;
}

/** The help of one command; `summary` is what the overview says of it. */
export function helpText(command: Command, summary: string): string {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS });
  const shown = options.map(([name, spec]) => [`--${name}${spec.value ? ` ${spec.value}` : ''}`, spec] as const);
  const width = Math.max(...shown.map(([left]) => left.length)) + 2;
  const lines = shown.map(([left, spec]) => {
    const extra = spec.required ? ' (needed)' : spec.repeats ? ' (may be repeated)' : spec.default ? ` (${spec.default} unless given)` : '';
    return `  ${left.padEnd(width)}${spec.help}${extra}`;
  });
  return [`tieout ${command.name} ${command.words}`.trimEnd(), '', summary, '', ...lines, ...(command.notes ? ['', command.notes] : []), ''].join('\n');
}
