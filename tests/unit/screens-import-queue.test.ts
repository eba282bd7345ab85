/**
 * The queue of files to import: what it asks of the workbook, in which order, and when it stops.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import type { FileInspection, ImportKind, Rehearsal } from '@shared/domain/import';
import type { System } from '@shared/domain/states';
import { type ImportCalls, ImportQueue } from '../../renderer/features/import/import-queue';

interface FileStory {
  readonly kind: ImportKind;
  readonly system?: System;
  readonly unrecognised?: boolean;
  /** Profiles that can read it; left out: any that is asked for. */
  readonly fits?: readonly string[];
  readonly needsAsOf?: boolean;
  /** How many rows it would quarantine after so many writes. */
  readonly bad?: (writes: number) => number;
  readonly refusedAtCommit?: string;
  readonly importedBefore?: boolean;
}

/** A workbook that answers by story: the token of a rehearsal stands until the next write. */
class StoryBook {
  readonly asked: string[] = [];
  writes = 0;
  /** Releases the call that waits, where `holds` is set. */
  release: () => void = () => undefined;
  holds = '';

  constructor(readonly stories: Readonly<Record<string, FileStory>>) {}

  call = async (channel: string, input: unknown, options: { readonly signal?: AbortSignal } = {}): Promise<unknown> => {
    const request = (channel === 'imports:commit' ? (input as { request: unknown }).request : input) as {
      fileName: string;
      asOfInstant?: number;
      profileId?: string;
    };
    this.asked.push(`${channel.split(':')[1]} ${request.fileName}`);
    if (this.holds === channel) {
      await new Promise<void>((resolve) => {
        this.release = resolve;
        options.signal?.addEventListener('abort', () => resolve());
      });
      if (options.signal?.aborted) return { ok: false, failure: 'cancelled', message: 'Cancelled.' };
    }
    const story = this.stories[request.fileName]!;
    if (channel === 'imports:inspect') return { ok: true, value: this.#inspection(request.fileName, story, request.profileId) };
    if (channel === 'imports:rehearse') return { ok: true, value: this.#rehearsal(request.fileName, story) };
    const { token } = input as { token: string };
    if (story.refusedAtCommit) return { ok: false, failure: story.refusedAtCommit, message: 'Refused.' };
    if (token !== `after ${this.writes}`)
      return { ok: false, failure: 'workbook_changed', message: 'The workbook changed.' };
    const rehearsal = this.#rehearsal(request.fileName, story);
    this.writes += 1;
    return { ok: true, value: { importId: this.writes, rehearsal } };
  };

  #inspection(fileName: string, story: FileStory, profileId: string | undefined): Partial<FileInspection> {
    return {
      fileName,
      sheets: [],
      sheet: null,
      columns: [],
      refusal: null,
      needs: { asOf: story.needsAsOf === true, location: false, dateStyle: false, numberStyle: false },
      profile: story.fits && !story.fits.includes(profileId ?? 'p')
        ? this.#profile(story)
        : profileId === undefined && story.unrecognised
          ? null
          : { ...this.#profile(story), id: profileId ?? 'p' },
      alreadyImported: story.importedBefore ? { importId: 1, fileName, atInstant: 0 } : null,
    };
  }

  #profile = (story: FileStory) => ({
    id: 'p',
    version: 1,
    name: 'P',
    source: 's',
    kind: story.kind,
    system: story.system ?? null,
    why: '',
  });

  #rehearsal(fileName: string, story: FileStory): Partial<Rehearsal> {
    return {
      fileName,
      profile: this.#profile(story),
      rowsAccepted: 10,
      newItems: [],
      newLocations: [],
      rowsQuarantined: story.bad?.(this.writes) ?? 0,
      alreadyImported: null,
      token: `after ${this.writes}`,
    };
  }
}

const queueOver = (stories: Readonly<Record<string, FileStory>>) => {
  const book = new StoryBook(stories);
  const queue = new ImportQueue({ call: book.call } as unknown as ImportCalls, 2);
  const add = (...names: string[]) =>
    queue.add(names.map((fileName) => ({ fileName, filePath: `/files/${fileName}` })));
  const phases = () => queue.state.files.map((file) => `${file.fileName} ${file.phase}`);
  return { book, queue, add, phases };
};

/** Until nothing more happens: every answer of the story book comes in the same turn of the event loop. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('reading', () => {
  test('a file is looked at, then rehearsed, and nothing is written', async () => {
    const { book, add, phases } = queueOver({ 'a.csv': { kind: 'count' } });
    add('a.csv');
    await settled();
    expect(book.asked).toEqual(['inspect a.csv', 'rehearse a.csv']);
    expect(phases()).toEqual(['a.csv ready']);
  });

  test('files are put in the order in which they have to be written', async () => {
    const { add, phases } = queueOver({
      'count.csv': { kind: 'count' },
      'shop.csv': { kind: 'snapshot', system: 'storefront' },
      'items.csv': { kind: 'items' },
      'erp.csv': { kind: 'snapshot', system: 'erp' },
      'tags.csv': { kind: 'tags' },
      'moves.csv': { kind: 'movements' },
    });
    add('count.csv', 'tags.csv', 'shop.csv', 'moves.csv', 'items.csv', 'erp.csv');
    await settled();
    expect(phases().map((each) => each.split('.')[0])).toEqual(['items', 'erp', 'shop', 'moves', 'count', 'tags']);
  });

  test('a file that does not say when it was taken asks, and is rehearsed once a person has said it', async () => {
    const { book, queue, add, phases } = queueOver({ 'a.csv': { kind: 'snapshot', system: 'erp', needsAsOf: true } });
    add('a.csv');
    await settled();
    expect(phases()).toEqual(['a.csv asking']);
    queue.give(queue.state.files[0]!.key, { asOfInstant: 1_793_000_000_000 });
    await settled();
    expect(phases()).toEqual(['a.csv ready']);
    expect(book.asked.at(-1)).toBe('rehearse a.csv');
  });

  test('a file that no profile knows wants a mapping, and is rehearsed with it', async () => {
    const { queue, add, phases } = queueOver({ 'a.csv': { kind: 'snapshot', unrecognised: true } });
    add('a.csv');
    await settled();
    expect(phases()).toEqual(['a.csv unrecognised']);
    queue.map(queue.state.files[0]!.key, { profileId: 'mapped-a' });
    await settled();
    expect(phases()).toEqual(['a.csv ready']);
    expect(queue.state.files[0]!.given).toEqual({ profileId: 'mapped-a' });
  });

  test('what changes how the rows read is looked at before it is rehearsed, and a profile that does not fit is asked for no longer', async () => {
    const { book, queue, add, phases } = queueOver({ 'a.csv': { kind: 'snapshot', fits: ['p', 'counts'] } });
    add('a.csv');
    await settled();
    const { key } = queue.state.files[0]!;
    for (const given of [{ profileId: 'counts' }, { encoding: 'windows-1252' }, { sheet: 'Second' }, { profileId: 'another' }] as const) {
      book.asked.length = 0;
      queue.give(key, given);
      await settled();
      expect([book.asked, phases()]).toEqual([['inspect a.csv', 'rehearse a.csv'], ['a.csv ready']]);
    }
    expect(queue.state.files[0]!.given).toEqual({ encoding: 'windows-1252', sheet: 'Second' });
  });

  test('the same path is not taken twice while it waits', async () => {
    const { add, phases } = queueOver({ 'a.csv': { kind: 'count' } });
    add('a.csv');
    add('a.csv');
    await settled();
    expect(phases()).toHaveLength(1);
  });

  test('bytes that were imported before are neither rehearsed nor written', async () => {
    const { book, queue, add, phases } = queueOver({
      'a.csv': { kind: 'snapshot', needsAsOf: true, importedBefore: true },
    });
    add('a.csv');
    await settled();
    expect(phases()).toEqual(['a.csv held']);
    expect(await queue.write(queue.state.files[0]!.key)).toBe(false);
    expect(book.asked).toEqual(['inspect a.csv']);
  });

  test('what was cancelled is named as refused and can be read again', async () => {
    const { book, queue, add, phases } = queueOver({ 'a.csv': { kind: 'count' } });
    book.holds = 'imports:inspect';
    add('a.csv');
    queue.cancel();
    await settled();
    expect(phases()).toEqual(['a.csv refused']);
    book.holds = '';
    queue.retry(queue.state.files[0]!.key);
    await settled();
    expect(phases()).toEqual(['a.csv ready']);
  });
});

describe('writing', () => {
  let story: ReturnType<typeof queueOver>;
  const keyOf = (name: string) => story.queue.state.files.find((file) => file.fileName === name)!.key;

  beforeEach(async () => {
    story = queueOver({
      'items.csv': { kind: 'items' },
      'shop.csv': { kind: 'snapshot', system: 'storefront', bad: (writes) => (writes === 0 ? 7 : 2) },
    });
    story.add('items.csv', 'shop.csv');
    await settled();
    story.book.asked.length = 0;
  });

  test('one file is written with the token of its rehearsal and without another rehearsal', async () => {
    expect(await story.queue.write(keyOf('items.csv'))).toBe(true);
    expect(story.book.asked).toEqual(['commit items.csv']);
    expect(story.phases()).toEqual(['items.csv written', 'shop.csv ready']);
  });

  test('a write makes the other rehearsals old; choosing one of them renews it', async () => {
    await story.queue.write(keyOf('items.csv'));
    const shop = () => story.queue.state.files[1]!;
    expect(shop().isStale).toBe(true);
    story.queue.choose(shop().key);
    await settled();
    expect(shop().isStale).toBe(false);
    expect(shop().rehearsal?.rowsQuarantined).toBe(2);
  });

  test('all are written in order, each against the workbook as the one before left it', async () => {
    await story.queue.writeAll();
    expect(story.book.asked).toEqual(['commit items.csv', 'rehearse shop.csv', 'commit shop.csv']);
    expect(story.phases()).toEqual(['items.csv written', 'shop.csv written']);
    expect(story.queue.state.halted).toBe('');
  });

  test('writing waits for what is being read, and comes before what is only read ahead', async () => {
    const waiting = queueOver({ 'a.csv': { kind: 'items' }, 'b.csv': { kind: 'count' }, 'c.csv': { kind: 'count' } });
    waiting.add('a.csv');
    await settled();
    waiting.book.holds = 'imports:inspect';
    waiting.add('b.csv', 'c.csv');
    const written = waiting.queue.write(waiting.queue.state.files[0]!.key);
    waiting.book.holds = '';
    waiting.book.release();
    expect(await written).toBe(true);
    await settled();
    expect(waiting.book.asked.slice(2)).toEqual([
      'inspect b.csv',
      'commit a.csv',
      'rehearse b.csv',
      'inspect c.csv',
      'rehearse c.csv',
    ]);
  });
});

describe('stopping', () => {
  test('a file that would quarantine more than was shown stops the run before it is written', async () => {
    const { queue, add, phases } = queueOver({
      'items.csv': { kind: 'items' },
      'shop.csv': { kind: 'snapshot', system: 'storefront', bad: (writes) => writes * 3 },
      'count.csv': { kind: 'count' },
    });
    add('items.csv', 'shop.csv', 'count.csv');
    await settled();
    await queue.writeAll();
    await settled();
    expect(phases()).toEqual(['items.csv written', 'shop.csv ready', 'count.csv ready']);
    expect(queue.state.halted).toContain('shop.csv was not written');
    expect(queue.state.files[1]!.refusal?.message).toContain('3 rows, not 0');
  });

  test('a workbook that changed elsewhere is rehearsed again instead of written', async () => {
    const { book, queue, add } = queueOver({ 'a.csv': { kind: 'count' } });
    add('a.csv');
    await settled();
    book.writes = 5;
    expect(await queue.write(queue.state.files[0]!.key)).toBe(false);
    expect(queue.state.files[0]).toMatchObject({ phase: 'ready', refusal: { failure: 'workbook_changed' } });
    expect(queue.state.files[0]!.rehearsal?.token).toBe('after 5');
  });

  test('a file that the commit refuses says so and stays unwritten', async () => {
    const { queue, add, phases } = queueOver({ 'a.csv': { kind: 'count', refusedAtCommit: 'period_locked' } });
    add('a.csv');
    await settled();
    expect(await queue.write(queue.state.files[0]!.key)).toBe(false);
    expect(phases()).toEqual(['a.csv refused']);
  });

  test('a file taken out while it is read is gone, and the next is read', async () => {
    const { book, queue, add, phases } = queueOver({ 'a.csv': { kind: 'count' }, 'b.csv': { kind: 'count' } });
    book.holds = 'imports:inspect';
    add('a.csv', 'b.csv');
    queue.remove(queue.state.files[0]!.key);
    book.holds = '';
    await settled();
    expect(phases()).toEqual(['b.csv ready']);
  });
});
