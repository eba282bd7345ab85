/** `tieout notes` and `tieout attach`: what people say of a line and put beside it. */
import path from 'node:path';
import type { Period } from '@shared/contract/workbook';
import { bytesWords } from '@shared/domain/byte-size';
import { wordsFor } from '@shared/domain/explanation/words';
import { ATTACHMENTS_AT_ONCE_MAX, type Attachment, type LineNote, NOTE_LENGTH_MAX, SAID_LENGTH_MAX, shownName, WHY_LENGTH_MAX } from '@shared/domain/notes';
import { plural } from '@shared/domain/plural';
import type { ServiceContext } from '../../services/context';
import { attachFiles, saveAttachment, withdrawAttachment } from '../../services/notes/attachments';
import { addNote, notesAndAttachments, withdrawNote } from '../../services/notes/notes';
import { attachmentJson, attachmentTexts, noteJson, noteTexts } from '../../services/notes/told';
import { workbookRow } from '../../services/workbooks';
import { type Arguments, type Command, CommandFailure, EXIT } from '../command';
import { printJson, printLine } from '../print';
import { expectDone, neededPeriod, PERIOD_OPTION, withWorkbook } from '../session';
import { neededLine } from './lines';

const LINE_OPTIONS = {
  ...PERIOD_OPTION,
  sku: { type: 'string', value: 'SKU', help: 'the item', required: true },
  location: { type: 'string', value: 'CODE', help: 'the location', required: true },
} as const;

const isNumber = (option: string) => (value: string) => (/^[1-9]\d{0,8}$/.test(value) ? undefined : `--${option} ${value} is no number of the list. It begins with 1.`);
const noLongerThan = (option: string, most: number) => (value: string) => {
  const { length } = value.trim();
  if (length === 0) return `--${option} is empty.`;
  return length <= most ? undefined : `--${option} has ${length} characters; it holds at most ${most}.`;
};

/** The reason that withdrawing asks for. */
function neededReason(args: Arguments, command: string): string {
  const why = args.text('why')?.trim();
  if (why === undefined) throw new CommandFailure(`tieout ${command} --withdraw needs --why TEXT.`, EXIT.usage);
  return why;
}

/** The one of a list that a number names. */
function numbered<Each extends { readonly number: number }>(list: readonly Each[], number: string, what: string, args: Arguments): Each {
  const found = list.find((each) => each.number === Number(number));
  if (found) return found;
  throw new CommandFailure(`${args.needed('sku')} at ${args.needed('location')} has ${plural(list.length, what)}; ${number} is none of them.`, EXIT.refused, `${what}_missing`);
}

interface OnLine {
  readonly period: Period;
  readonly stockKeyId: number;
  readonly words: ReturnType<typeof wordsFor>;
}

const lineOf = (context: ServiceContext, args: Arguments): OnLine => {
  const period = neededPeriod(context, args);
  return { period, stockKeyId: neededLine(context, period.periodId, args), words: wordsFor(workbookRow(context.workbook).time_zone) };
};

export const notesCommand: Command = {
  name: 'notes',
  words: 'WORKBOOK',
  wordsLeast: 1,
  wordsMost: 1,
  options: {
    ...LINE_OPTIONS,
    add: { type: 'string', value: 'TEXT', help: 'writes a note', check: noLongerThan('add', NOTE_LENGTH_MAX) },
    withdraw: { type: 'string', value: 'N', help: 'withdraws the note of that number; it stays to be read', check: isNumber('withdraw') },
    why: { type: 'string', value: 'TEXT', help: 'why it is withdrawn', check: noLongerThan('why', WHY_LENGTH_MAX) },
  },
  notes: 'A note is never changed or erased.',
  run: (args) => {
    const [text, number] = [args.text('add'), args.text('withdraw')];
    if (text !== undefined && number !== undefined) throw new CommandFailure('tieout notes takes --add or --withdraw, not both.', EXIT.usage);
    const why = number === undefined ? '' : neededReason(args, 'notes');
    return withWorkbook(args.words[0]!, text === undefined && number === undefined ? 'read' : 'write', (context) => {
      const { period: { periodId }, stockKeyId, words } = lineOf(context, args);
      const known = () => notesAndAttachments(context.workbook, { periodId, stockKeyId }).notes;
      const show = (notes: readonly LineNote[]) => {
        if (args.flag('json')) printJson({ notes: notes.map((note) => noteJson(note, words)) });
        else if (notes.length === 0) printLine('No notes.');
        else for (const line of notes.flatMap((note) => noteTexts(note, words))) printLine(line);
      };
      if (text !== undefined) show([expectDone(addNote(context, { periodId, stockKeyId, text: text.trim() }))]);
      else if (number !== undefined) show([expectDone(withdrawNote(context, { lineNoteId: numbered(known(), number, 'note', args).lineNoteId, why }))]);
      else show(known());
      return EXIT.done;
    });
  },
};

export const attachCommand: Command = {
  name: 'attach',
  words: 'WORKBOOK [FILE...]',
  wordsLeast: 1,
  wordsMost: 1 + ATTACHMENTS_AT_ONCE_MAX,
  options: {
    ...LINE_OPTIONS,
    said: { type: 'string', value: 'TEXT', help: 'what is said with the files', check: noLongerThan('said', SAID_LENGTH_MAX) },
    list: { type: 'boolean', help: 'tells what is attached; the same without a file' },
    save: { type: 'string', value: 'N', help: 'writes the attachment of that number to --out', check: isNumber('save') },
    out: { type: 'string', value: 'FILE', help: 'where to write it' },
    withdraw: { type: 'string', value: 'N', help: 'withdraws the attachment of that number; its bytes stay', check: isNumber('withdraw') },
    why: { type: 'string', value: 'TEXT', help: 'why it is withdrawn', check: noLongerThan('why', WHY_LENGTH_MAX) },
  },
  notes: 'Several files are attached together or, where one is refused, none. The bytes are kept in the workbook under their SHA-256.',
  run: (args) => {
    const [workbookPath, ...files] = args.words as [string, ...string[]];
    const [saved, withdrawn, out] = [args.text('save'), args.text('withdraw'), args.text('out')];
    const asked = [files.length > 0, args.flag('list'), saved !== undefined, withdrawn !== undefined].filter(Boolean).length;
    if (asked > 1) throw new CommandFailure('tieout attach takes files, --list, --save or --withdraw: one of them.', EXIT.usage);
    if ((saved === undefined) !== (out === undefined)) throw new CommandFailure('tieout attach --save N needs --out FILE, and --out belongs to --save.', EXIT.usage);
    const why = withdrawn === undefined ? '' : neededReason(args, 'attach');
    return withWorkbook(workbookPath, files.length > 0 || withdrawn !== undefined ? 'write' : 'read', (context) => {
      const { period: { periodId }, stockKeyId, words } = lineOf(context, args);
      const known = () => notesAndAttachments(context.workbook, { periodId, stockKeyId }).attachments;
      const show = (attachments: readonly Attachment[]) => {
        if (args.flag('json')) printJson({ attachments: attachments.map((each) => attachmentJson(each, words)) });
        else if (attachments.length === 0) printLine('No attachments.');
        else for (const line of attachments.flatMap((each) => attachmentTexts(each, words))) printLine(line);
      };
      if (files.length > 0) {
        const given = files.map((file) => ({ path: path.resolve(file) }));
        show(expectDone(attachFiles(context, { periodId, stockKeyId, files: given, said: args.text('said')?.trim() ?? '' })));
      } else if (withdrawn !== undefined) show([expectDone(withdrawAttachment(context, { attachmentId: numbered(known(), withdrawn, 'attachment', args).attachmentId, why }))]);
      else if (saved !== undefined) {
        const attachment = numbered(known(), saved, 'attachment', args);
        const written = expectDone(saveAttachment(context.workbook, attachment.attachmentId, out!));
        if (args.flag('json')) printJson(written);
        else printLine(`Wrote ${shownName(attachment.fileName)} to ${written.path} (${bytesWords(written.byteLength)}, SHA-256 ${written.sha256}).`);
      } else show(known());
      return EXIT.done;
    });
  },
};
