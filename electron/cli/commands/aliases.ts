/** `tieout aliases`: what sources call things, and taking it back. */
import { formatInstantUtc } from '@shared/domain/instant';
import { ALIAS_KINDS, type AliasKey, type AliasKind, type TakeBackResult } from '@shared/domain/quarantine';
import { listAliases, rehearseTakeBack, takeBackAliases } from '../../services/quarantine';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine, table } from '../print';
import { expectDone, withWorkbook } from '../session';

const ALL_NAMES = 1_000_000;

/** `item:shopify:Blue mug` as its three parts. */
function parseName(text: string): AliasKey {
  const match = /^([a-z]+):([^:]+):(.+)$/s.exec(text);
  if (!match || !(ALIAS_KINDS as readonly string[]).includes(match[1]!)) {
    throw new CommandFailure(`--take-back ${text}: write KIND:SOURCE:NAME with the kind ${ALIAS_KINDS.join(', ')}, as in location:shopify:Main Street.`, EXIT.usage);
  }
  return { kind: match[1] as AliasKind, source: match[2]!, alias: match[3]! };
}

function printTakenBack({ rowsReturned, rowsLockedMost, byImport }: TakeBackResult, alias: string, rehearsed: boolean): void {
  printLine(`${rehearsed ? 'Would take' : 'Took'} back ${alias}: ${rowsReturned} rows ${rehearsed ? 'would wait' : 'wait'} in the quarantine again.`);
  for (const each of byImport) printLine(`  ${each.fileName}, ${each.periodCode}: ${each.rows} rows`);
  if (rowsLockedMost > 0) printLine(`  Up to ${rowsLockedMost} rows of locked periods stay.`);
}

function list(context: Parameters<typeof listAliases>[0], args: Arguments): void {
  const page = listAliases(context, { source: args.text('source') ?? null, text: args.text('find') ?? '', acceptedOnly: !args.flag('learnt'), offset: 0, limit: ALL_NAMES });
  if (args.flag('json')) return printJson({ aliases: page.rows });
  if (page.total === 0) return printLine('No source has a name of its own yet.');
  const rows = page.rows.map((row) => [
    row.kind, row.source, row.alias, row.targetCode, row.how, row.acceptedInstant === null ? '' : formatInstantUtc(row.acceptedInstant), row.acceptedBy, String(row.rowsOpenMost),
  ]);
  return printLine(table(['kind', 'source', 'name', 'means', 'how', 'when', 'who', 'rows at most'], rows, [7]));
}

export const aliasesCommand: Command = {
  name: 'aliases',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    source: { type: 'string', value: 'SOURCE', help: 'only the names of this source' },
    find: { type: 'string', value: 'TEXT', help: 'only names that hold this text, or stand for what does' },
    learnt: { type: 'boolean', help: 'also the names that files spelled out as paths' },
    'take-back': { type: 'string', value: 'KIND:SOURCE:NAME', help: 'takes a name back; rows of open periods written through it wait again; needs --why' },
    why: { type: 'string', value: 'TEXT', help: 'the reason for taking it back' },
    rehearse: { type: 'boolean', help: 'only says what taking it back would do' },
  },
  run: (args) => {
    const name = args.text('take-back');
    if (name === undefined) {
      return withWorkbook(args.words[0]!, 'read', ({ workbook }) => {
        list(workbook, args);
        return EXIT.done;
      });
    }
    const key = parseName(name);
    const why = args.text('why')?.trim() ?? '';
    const rehearsed = args.flag('rehearse');
    if (why === '' && !rehearsed) throw new CommandFailure('--take-back needs --why TEXT, or --rehearse.', EXIT.usage);
    // A rehearsal writes and rolls back, so it needs the workbook as a writer has it.
    return withWorkbook(args.words[0]!, 'write', async (context) => {
      const result = expectDone(await (rehearsed ? rehearseTakeBack(context, [key]) : takeBackAliases(context, { aliases: [key], why })));
      if (args.flag('json')) printJson({ rehearsed, ...result });
      else printTakenBack(result, key.alias, rehearsed);
      return result.rowsReturned > 0 && !rehearsed ? EXIT.findings : EXIT.done;
    });
  },
};
