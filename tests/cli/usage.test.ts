import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { QUARANTINE_REASONS } from '@shared/domain/import';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandLine, withEmptyWorkbook } from '../support/command-line';

/** Every command with the words it must have and an option of its own. */
const COMMANDS: Readonly<Record<string, { readonly words: readonly string[]; readonly options: readonly string[] }>> = {
  new: { words: ['WORKBOOK'], options: ['company', 'currency', 'time-zone', 'sample'] },
  identity: {
    words: [],
    options: [
      'name', 'email', 'role', 'algorithm', 'pass-phrase-file', 'file-pass-phrase-file', 'as', 'authority', 'authority-pass-phrase-file', 'root', 'list', 'day', 'reason', 'why', 'out',
    ],
  },
  profiles: { words: [], options: ['show'] },
  'count-sheet': {
    words: ['WORKBOOK'],
    options: ['period', 'only', 'location', 'category', 'tier', 'sku', 'sku-file', 'recount', 'lines', 'paper', 'out', 'number', 'why'],
  },
  import: { words: ['WORKBOOK', 'FILE'], options: ['period', 'profile', 'mapping', 'as-of', 'location', 'encoding', 'date-style', 'number-style', 'supersedes', 'rehearse'] },
  imports: { words: ['WORKBOOK'], options: ['period'] },
  undo: { words: ['WORKBOOK'], options: ['import', 'why', 'preview'] },
  evidence: { words: ['WORKBOOK'], options: ['import', 'out'] },
  quarantine: {
    words: ['WORKBOOK'],
    options: [
      'period', 'map-item', 'map-location', 'add-item', 'add-location', 'map-unit', 'unit', 'suggest', 'accept-suggestions', 'correct', 'rows', 'reads',
      'ignore', 'restore', 'why', 'rehearse', 'history', 'replay',
    ],
  },
  aliases: { words: ['WORKBOOK'], options: ['source', 'find', 'learnt', 'take-back', 'why', 'rehearse'] },
  locations: { words: ['WORKBOOK'], options: ['period', 'location', 'time-zone', 'currency', 'cut-off', 'start', 'by-time-zone', 'with-period', 'window-hours', 'why'] },
  rules: { words: ['WORKBOOK'], options: ['period', 'preview', 'set', 'why', 'history', 'evidence'] },
  'risk-window': { words: ['WORKBOOK'], options: ['id', 'kind', 'sku', 'location', 'from', 'until', 'note', 'why'] },
  tier: { words: ['WORKBOOK'], options: ['sku', 'to', 'why'] },
  reconcile: { words: ['WORKBOOK'], options: ['period'] },
  overview: { words: ['WORKBOOK'], options: ['period'] },
  lines: { words: ['WORKBOOK'], options: ['period', 'only', 'sku', 'where', 'find', 'group', 'view', 'csv'] },
  explain: { words: ['WORKBOOK'], options: ['period', 'sku', 'location'] },
  trace: { words: ['WORKBOOK'], options: ['file', 'row'] },
  tag: { words: ['WORKBOOK'], options: ['period', 'from'] },
  bulk: {
    words: ['WORKBOOK'],
    options: [
      'period', 'view', 'only', 'class', 'location', 'owner', 'status', 'where', 'find', 'all', 'set-reason', 'no-reason', 'set-owner', 'no-owner', 'set-due', 'no-due',
      'note', 'set-note', 'clear', 'rehearse', 'fingerprint', 'undo',
    ],
  },
  notes: { words: ['WORKBOOK'], options: ['period', 'sku', 'location', 'add', 'withdraw', 'why'] },
  attach: { words: ['WORKBOOK', 'FILE'], options: ['period', 'sku', 'location', 'said', 'list', 'save', 'out', 'withdraw', 'why'] },
  cases: { words: ['WORKBOOK'], options: ['period', 'sku', 'location', 'all', 'note'] },
  waived: { words: ['WORKBOOK'], options: ['period', 'as', 'pass-phrase-file', 'note'] },
  report: { words: ['WORKBOOK'], options: ['period', 'report', 'location', 'left', 'right', 'rows', 'out', 'section'] },
  checklist: { words: ['WORKBOOK'], options: ['period'] },
  journal: { words: ['WORKBOOK'], options: ['period', 'as', 'pass-phrase-file', 'kind', 'approver', 'no-second-person', 'comment', 'number', 'why', 'document', 'day', 'lines', 'out', 'for', 'set'] },
  'tie-out': { words: ['WORKBOOK'], options: ['period'] },
  lock: { words: ['WORKBOOK'], options: ['period', 'as', 'pass-phrase-file', 'override'] },
  reopen: { words: ['WORKBOOK'], options: ['period', 'as', 'pass-phrase-file', 'why', 'controller', 'controller-pass-phrase-file', 'no-second-person'] },
  seals: { words: ['WORKBOOK'], options: ['period', 'seal', 'changes', 'out', 'prove', 'files'] },
  compare: { words: ['WORKBOOK', 'FILE'], options: ['period', 'profile', 'mapping', 'as-of', 'location', 'encoding', 'date-style', 'number-style', 'out'] },
  pack: { words: ['WORKBOOK'], options: ['period', 'as', 'pass-phrase-file', 'out'] },
  verify: { words: ['FILE'], options: ['workbook', 'lodged', 'trust', 'crl', 'out'] },
  trail: { words: ['WORKBOOK'], options: ['text', 'period', 'person', 'line', 'action', 'reason', 'from', 'to', 'last', 'jsonl'] },
  sample: {
    words: ['WORKBOOK'],
    options: [
      'period', 'method', 'confidence', 'tolerable', 'expected', 'sizing', 'size', 'size-a', 'size-b', 'size-c', 'step', 'basis', 'purpose', 'seed', 'plan', 'file', 'auditor',
      'sample', 'count', 'cost', 'tick', 'conclude', 'repeat', 'out',
    ],
  },
  'cut-off': { words: ['WORKBOOK'], options: ['period', 'count'] },
  replay: { words: ['WORKBOOK'], options: ['period', 'file', 'differences'] },
  demo: { words: [], options: ['out'] },
};

/** Commands that take as many files as are given. */
const TAKES_MANY_FILES = ['import', 'attach'];

/** One message of one line, with nothing on stdout. */
const usage = (part: string | RegExp) => ({
  exitCode: 2,
  stdout: '',
  stderr: typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part),
});

test('the overview names every command, and is an answer only where it was asked for', async () => {
  const tieout = commandLine();
  const [asked, unasked, unknown] = await Promise.all([tieout.run('--help'), tieout.run(), tieout.run('reconsile')]);
  expect(asked).toMatchObject({ exitCode: 0, stderr: '' });
  const listed = [...asked.stdout.matchAll(/^ {2}([\w-]+) {2,}\S/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.keys(COMMANDS));
  expect(unasked).toEqual({ exitCode: 2, stdout: '', stderr: asked.stdout });
  expect(unknown).toEqual({ exitCode: 2, stdout: '', stderr: 'There is no command reconsile. tieout --help lists them.\n' });
});

describe.each(Object.entries(COMMANDS))('tieout %s', (name, { words, options }) => {
  test('has help that names its options, and refuses words and options it does not know', async () => {
    const tieout = commandLine();
    const [help, unknown, tooFew, tooMany] = await Promise.all([
      tieout.run(name, '--help'),
      tieout.run(name, '--frobnicate'),
      words.length > 0 ? tieout.run(name) : undefined,
      TAKES_MANY_FILES.includes(name) ? undefined : tieout.run(name, ...words, 'two', 'more', 'words'),
    ]);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout.split('\n')[0]).toMatch(new RegExp(`^tieout ${name}\\b.*${words[0] ?? ''}`));
    const named = [...help.stdout.matchAll(/^ {2}--([\w-]+)(?: [^ ]+)? {2,}\S/gm)].map((match) => match[1]);
    expect(named).toEqual([...options, 'json', 'help']);
    expect(unknown).toEqual({ exitCode: 2, stdout: '', stderr: `Unknown option '--frobnicate'. See tieout ${name} --help.\n` });
    if (tooFew) expect(tooFew).toMatchObject(usage(/^tieout [\w-]+ [^\n]+: 0 words given\. See tieout [\w-]+ --help\.\n$/));
    if (tooMany) expect(tooMany).toMatchObject(usage(/^tieout [\w-]+[^\n]*: \d words given\. See tieout [\w-]+ --help\.\n$/));
    expect(fs.readdirSync(tieout.folder)).toEqual([]);
  });
});

test.each([
  [['lines', 'w.tieout'], 'tieout lines needs --period YYYY-MM. See tieout lines --help.\n'],
  [['lines', 'w.tieout', '--period', '2026-13'], '--period 2026-13 is no month. Write it as YYYY-MM.\n'],
  [['lines', 'w.tieout', '--period'], "Option '--period <value>' argument missing. See tieout lines --help.\n"],
  [['lines', 'w.tieout', '--period', '-1'], "Option '--period' argument is ambiguous. See tieout lines --help.\n"],
  [['lines', 'w.tieout', '--period', '2026-10', '--only', 'lost'], expect.stringMatching(/^--only knows exceptions, [a-z, -]+; lost is none of its words\.\n$/)],
  [['import', 'w.tieout', 'f.csv', '--period', '2026-10', '--as-of', 'yesterday'], '--as-of yesterday is no instant. Write it as 2026-10-31T22:00:00-07:00.\n'],
  [['import', 'w.tieout', 'f.csv', '--period', '2026-10', '--date-style', 'us'], '--date-style us: write day-first, month-first or iso.\n'],
  [['import', 'w.tieout', 'f.csv', '--period', '2026-10', '--number-style', ','], '--number-style ,: write point or comma.\n'],
  [['explain', 'w.tieout', '--period', '2026-10', '--sku', 'A'], 'tieout explain needs --location CODE. See tieout explain --help.\n'],
  [['tag', 'w.tieout', '--period', '2026-10'], 'tieout tag needs --from FILE.csv. See tieout tag --help.\n'],
  [['quarantine', 'w.tieout', '--period', '2026-10', '--map-item', 'MUG'], '--map-item MUG: write SOURCE:NAME=TARGET, as in shopify:Main Street=Seattle Store.\n'],
  [['quarantine', 'w.tieout', '--period', '2026-10', '--ignore', '1'], '--ignore needs --why TEXT.\n'],
  [['quarantine', 'w.tieout', '--period', '2026-10', '--ignore', '1', '--why', ' '], '--ignore needs --why TEXT.\n'],
  [['quarantine', 'w.tieout', '--period', '2026-10', '--ignore', 'one', '--why', 'x'], `--ignore one: give row ids as the list shows them, or a reason: ${QUARANTINE_REASONS.join(', ')}.\n`],
  [['quarantine', 'w.tieout', '--period', '2026-10', '--ignore', '', '--why', 'x'], `--ignore : give row ids as the list shows them, or a reason: ${QUARANTINE_REASONS.join(', ')}.\n`],
  [['quarantine', 'w.tieout', '--period', '2026-10', '--correct', 'counted=1', '--why', 'x'], '--correct COLUMN=VALUE and --rows go together.\n'],
  [['aliases', 'w.tieout', '--take-back', 'item:plain:MUG'], '--take-back needs --why TEXT, or --rehearse.\n'],
  [['journal', 'w.tieout', 'post', '--period', '2026-10'], 'tieout journal knows draft, prepare, reverse, redraft, posted, show, approve, export; post is none of them.\n'],
  [['journal', 'w.tieout', 'reverse', '--period', '2026-10'], 'tieout journal reverse needs --number NUMBER.\n'],
  [['journal', 'w.tieout', 'redraft', '--period', '2026-10'], 'tieout journal redraft needs --why TEXT.\n'],
  [['journal', 'w.tieout', 'posted', '--period', '2026-10', '--document', 'JE-1', '--day', '31.10.2026'], '--day 31.10.2026 is no day. Write it as 2026-10-31.\n'],
  [['journal', 'w.tieout', 'prepare', '--period', '2026-10', '--kind', 'reversal'], '--kind reversal is none of adjustment, accrual, reclassification.\n'],
  [['journal', 'w.tieout', 'prepare', '--period', '2026-10'], 'tieout journal needs --as EMAIL here. See tieout journal --help.\n'],
  [['journal', 'w.tieout', 'export', '--period', '2026-10'], 'tieout journal export needs --out FILE.\n'],
  [['journal', 'w.tieout', 'export', '--period', '2026-10', '--out', 'x.csv', '--for', 'sage'], expect.stringMatching(/^--for knows netsuite-journal, [a-z, -]+; sage is none of them\.\n$/)],
  [['journal', 'w.tieout', 'export', '--period', '2026-10', '--out', 'x.csv', '--for', 'xero', '--set', 'tax-rate'], '--set tax-rate: write NAME=VALUE, as in dates=DD/MM/YYYY.\n'],
  [['lock', 'w.tieout', '--period', '2026-10'], 'tieout lock needs --as EMAIL of a controller.\n'],
  [['identity', 'forge'], 'tieout identity knows list, new, import, authority, issue, request, accept, trust, withdraw, revoke, revocations; forge is none of them.\n'],
  [['identity', 'import', '--role', 'auditor'], 'tieout identity import needs FILE.p12.\n'],
  [['identity', 'import', 'a.p12'], 'tieout identity import needs --role (controller, accountant, warehouse, operations, auditor).\n'],
  [['identity', 'issue', 'a.pem', '--out', 'b.pem'], 'tieout identity issue needs --authority NAME.\n'],
  [['identity', 'revoke', 'w.tieout', '--as', 'ana@example.com', '--reason', 'bored'], '--reason knows unspecified, key_lost, left, replaced, no_longer_used; bored is none of them.\n'],
  [['identity', 'revoke', 'w.tieout', '--as', 'ana@example.com', '--day', 'today'], '--day today is no day. Write it as YYYY-MM-DD.\n'],
  [['identity', 'withdraw', 'w.tieout', '--root', 'Harbor'], 'tieout identity withdraw needs --why TEXT.\n'],
  [['identity', 'new', '--name', 'Ana', '--email', 'ana@example.com', '--role', 'auditor', '--algorithm', 'rsa-1024'], '--algorithm knows rsa-3072, ecdsa-p256; rsa-1024 is none of them.\n'],
  [['identity', '--name', 'Ana', '--email', 'ana@example.com', '--role', 'boss'], 'tieout identity needs --email and --role (controller, accountant, warehouse, operations, auditor).\n'],
  [['trail', 'w.tieout', '--from', '31.10.2026'], '--from 31.10.2026 is no day. Write it as YYYY-MM-DD.\n'],
  [['trail', 'w.tieout', '--last', 'all'], '--last all is no whole number from 1 to 100000.\n'],
  [['demo'], 'tieout demo needs --out FOLDER. See tieout demo --help.\n'],
])('tieout %j says what is wrong before it looks for any file', async (words, message) => {
  const tieout = commandLine();
  expect(await tieout.run(...words)).toEqual({ exitCode: 2, stdout: '', stderr: message });
  expect(fs.readdirSync(tieout.folder)).toEqual([]);
});

test('with --json a refusal is JSON on stdout, and the message still goes to stderr', async () => {
  const tieout = commandLine();
  const [usageRefusal, fileRefusal] = await Promise.all([tieout.json('lines', 'w.tieout', '--period', 'May'), tieout.json('verify', 'w.tieout')]);
  expect(usageRefusal).toMatchObject({ exitCode: 2, json: { ok: false, failure: 'usage', message: '--period May is no month. Write it as YYYY-MM.' } });
  expect(fileRefusal).toMatchObject({ exitCode: 3, json: { ok: false, failure: 'file_missing' } });
  expect(fileRefusal.stderr).toBe(`${String(fileRefusal.json['message'])}\n`);
});

test('tieout profiles lists the plain formats and the systems it knows', async () => {
  const tieout = await withEmptyWorkbook();
  const { exitCode, stderr, json } = await tieout.json('profiles');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const ids = (json['profiles'] as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining([
      'shopify-inventory', 'netsuite-item-search', 'plain-snapshot', 'plain-movements', 'plain-count', 'plain-items', 'plain-trial-balance', 'plain-tags',
    ]),
  );
  const page = await tieout.run('profiles', '--show', 'odoo-stock-quant');
  expect(page).toMatchObject({ exitCode: 0, stderr: '' });
  expect(page.stdout).toContain('States unknown: Reserved, Damaged, Quarantined, Unavailable, In transit, Incoming: unknown, never zero');
  expect(page.stdout).toContain('Owned by others: "Owner" is filled.');
  expect(await tieout.run('profiles', '--show', 'none')).toMatchObject({ exitCode: 3 });
  const inWorkbook = await tieout.run('profiles', tieout.workbook);
  expect(inWorkbook).toMatchObject({ exitCode: 0, stderr: '' });
  for (const id of ids) expect(inWorkbook.stdout).toContain(id);
});

test('a reader that stops listening ends the program without a word', async () => {
  const program = path.resolve(import.meta.dirname, '../../dist/main/cli.js');
  const child = spawn(process.execPath, [program, 'profiles'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await new Promise((resolve) => child.on('close', resolve));
  expect(stderr).toBe('');
});
