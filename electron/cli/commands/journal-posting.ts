/** `tieout journal … export --for SYSTEM`: the journal as the file that another system imports. */
import { POSTING_SYSTEM_IDS, type PostingSettings, type PostingSystemId } from '@shared/domain/posting/shapes';
import { POSTING_SYSTEMS } from '@shared/domain/posting/systems';
import type { ServiceContext } from '../../services/context';
import { exportJournalFor } from '../../services/posting/export-for';
import { type Arguments, CommandFailure, EXIT, type OptionSpec } from '../command';
import { printJson, printLine } from '../print';
import { expectDone } from '../session';

export const POSTING_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  for: { type: 'string', value: 'SYSTEM', help: `export: as the file that a system imports: ${POSTING_SYSTEM_IDS.join(', ')}` },
  set: { type: 'string', value: 'NAME=VALUE', repeats: true, help: 'export --for: what no file tells, as tax-rate=No VAT; kept for the next time' },
};

const settingsLine = (id: PostingSystemId): string =>
  `  ${id.padEnd(20)}${POSTING_SYSTEMS[id].settings.map((setting) => (setting.usual === null ? `${setting.id} (needed)` : setting.id)).join(', ')}`;

export const POSTING_NOTES = ['What --set knows:', ...POSTING_SYSTEM_IDS.map(settingsLine)].join('\n');

function givenSettings(args: Arguments): PostingSettings {
  return Object.fromEntries(
    args.all('set').map((given) => {
      const at = given.indexOf('=');
      if (at < 1) throw new CommandFailure(`--set ${given}: write NAME=VALUE, as in dates=DD/MM/YYYY.`, EXIT.usage);
      return [given.slice(0, at), given.slice(at + 1)];
    }),
  );
}

/** The work of `export --for`, its words looked at before the workbook is opened. */
export function exportFor(args: Arguments, target: string): (context: ServiceContext, journalId: number) => void {
  const system = POSTING_SYSTEM_IDS.find((id) => id === args.text('for'));
  if (!system) throw new CommandFailure(`--for knows ${POSTING_SYSTEM_IDS.join(', ')}; ${args.text('for')} is none of them.`, EXIT.usage);
  const settings = givenSettings(args);
  return (context, journalId) => {
    const written = expectDone(exportJournalFor(context, { journalId, system, path: target, settings }));
    if (args.flag('json')) return printJson({ system, ...written });
    for (const file of written.files) {
      printLine(`Wrote ${file.entries.join(', ')} to ${file.path} (${file.lines} lines, ${file.byteLength} bytes, SHA-256 ${file.sha256}).`);
    }
    const told = Object.entries(written.settings).filter(([, value]) => value !== '').map(([id, value]) => `${id} ${value}`);
    if (told.length > 0) printLine(`With ${told.join(', ')}.`);
    for (const note of written.notes) printLine(note);
  };
}
