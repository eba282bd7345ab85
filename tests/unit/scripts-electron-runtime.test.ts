/**
 * What the scripts do to get an Electron, as far as it needs no network: unpacking, fuses, the pin, and what may be released.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packAsar } from '../../scripts/setup/electron/asar.mjs';
import { readFuses, writeFuses } from '../../scripts/setup/electron/fuses.mjs';
import { releaseRefusal } from '../../scripts/setup/electron/runtime.mjs';
import { requirePinned } from '../../scripts/setup/electron/stand-in.mjs';
import { unpackZip, zipEntries } from '../../scripts/setup/electron/zip.mjs';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tieout-scripts-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const archiveOf = (files: Record<string, string>) =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));

describe('the zip reader', () => {
  const long = 'the close, '.repeat(500);

  test('reads stored and deflated entries and leaves folders out', () => {
    const stored = Buffer.from(
      zipSync({
        'folder/': new Uint8Array(),
        'a.txt': [strToU8('stored'), { level: 0 }],
        'folder/b.txt': strToU8(long),
      }),
    );
    expect([...zipEntries(stored)].map((entry) => [entry.name, entry.read().toString()])).toEqual([
      ['a.txt', 'stored'],
      ['folder/b.txt', long],
    ]);
  });

  test('unpacks entries where they are placed, with their permissions', () => {
    const archive = Buffer.from(
      zipSync({
        'App/run': [strToU8('#!'), { os: 3, attrs: 0o755 << 16 }],
        'App/docs/read.me': strToU8('text'),
        other: strToU8('no'),
      }),
    );
    const target = path.join(folder, 'unpacked');
    unpackZip(archive, target, (name) => (name.startsWith('App/') ? name.slice('App/'.length) : undefined));
    expect(fs.readdirSync(target).sort()).toEqual(['docs', 'run']);
    expect(fs.statSync(path.join(target, 'run')).mode & 0o777).toBe(0o755);
    expect(fs.statSync(path.join(target, 'docs/read.me')).mode & 0o777).toBe(0o644);
  });

  test('refuses an entry that points outside the folder', () => {
    const target = path.join(folder, 'inside');
    expect(() => unpackZip(archiveOf({ '../outside.txt': 'x' }), target, (name) => name)).toThrow(/points outside/);
    expect(fs.existsSync(path.join(folder, 'outside.txt'))).toBe(false);
  });

  test('refuses an entry whose content was altered', () => {
    const archive = Buffer.from(zipSync({ 'a.txt': [strToU8('48 counted'), { level: 0 }] }));
    archive.write('49', archive.indexOf('48 counted'));
    expect(() => [...zipEntries(archive)].map((entry) => entry.read())).toThrow(/a\.txt: the checksum does not match/);
  });

  test('refuses what is no archive', () => {
    expect(() => [...zipEntries(Buffer.from('not an archive, but long enough'))]).toThrow(/not a zip archive/);
  });
});

describe('the fuse writer', () => {
  const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
  const executable = (states: string, version = 1) => {
    const file = path.join(folder, `electron-${crypto.randomUUID()}`);
    fs.writeFileSync(
      file,
      Buffer.concat([
        Buffer.from(`code${SENTINEL}`),
        Buffer.from([version, states.length]),
        Buffer.from(`${states}more code`),
      ]),
    );
    return file;
  };

  test('changes the named fuses and nothing else', () => {
    const file = executable('10101010');
    writeFuses(file, { enableNodeCliInspectArguments: true, loadBrowserProcessSpecificV8Snapshot: false });
    expect(fs.readFileSync(file, 'latin1')).toContain('10111000more code');
    expect(readFuses(file)).toMatchObject({
      runAsNode: true,
      enableNodeCliInspectArguments: true,
      loadBrowserProcessSpecificV8Snapshot: false,
    });
  });

  test('leaves out fuses that the executable does not have', () => {
    const file = executable('1r0');
    expect(readFuses(file)).toEqual({ runAsNode: true, enableNodeOptionsEnvironmentVariable: false });
    expect(() => writeFuses(file, { grantFileProtocolExtraPrivileges: true })).toThrow(
      /no fuse grantFileProtocolExtraPrivileges/,
    );
  });

  test('refuses a file without a fuse wire and an unknown version of the wire', () => {
    const file = path.join(folder, 'plain');
    fs.writeFileSync(file, 'plain');
    expect(() => readFuses(file)).toThrow(/not an Electron executable/);
    expect(() => readFuses(executable('10101010', 2))).toThrow(/version 2/);
  });
});

test('an asar archive lists its files with their places behind the header', () => {
  const archive = packAsar({ 'package.json': '{}', 'main.js': 'über' });
  const headerBytes = archive.readUInt32LE(12);
  const { files } = JSON.parse(archive.toString('utf8', 16, 16 + headerBytes));
  expect(files).toEqual({ 'package.json': { size: 2, offset: '0' }, 'main.js': { size: 5, offset: '2' } });
  const content = 8 + archive.readUInt32LE(4);
  expect(archive.toString('utf8', content + 2, content + 7)).toBe('über');
});

describe('the pinned download', () => {
  const bytes = Buffer.from('runtime');
  const integrity = `sha512-${crypto.createHash('sha512').update(bytes).digest('base64')}`;

  test('is used when its hash is the pinned one', () => {
    expect(() => requirePinned(bytes, integrity)).not.toThrow();
  });

  test('is refused when one byte differs, naming both hashes', () => {
    expect(() => requirePinned(Buffer.from('runtimf'), integrity)).toThrow(integrity);
    expect(() => requirePinned(Buffer.from('runtimf'), integrity)).toThrow(/not the pinned one and is not used/);
  });
});

describe('a release', () => {
  const runtime = { folder: 'dist', executable: 'dist/electron', version: '45.4.1' };

  test('is built on the official Electron of the pinned version', () => {
    expect(releaseRefusal({ ...runtime, kind: 'official' }, '45.4.1')).toBeUndefined();
    expect(releaseRefusal({ ...runtime, kind: 'named' }, '45.4.1')).toBeUndefined();
  });

  test('is refused on the stand-in, also when its version is the pinned one', () => {
    expect(releaseRefusal({ ...runtime, kind: 'stand-in' }, '45.4.1')).toMatch(/stand-in Electron 45\.4\.1/);
  });

  test('is refused on another version than the pinned one', () => {
    expect(releaseRefusal({ ...runtime, kind: 'named' }, '45.5.0')).toMatch(
      /built on Electron 45\.5\.0.*dist holds 45\.4\.1/,
    );
  });
});
