/**
 * The files that wait to be imported into one period: each is looked at, rehearsed, and written as rehearsed.
 *
 * One thing at a time. It outlives the screen, so that a person may look elsewhere while files are read. What is
 * shown of it is the screen's business.
 */
import type { InputOf, OutcomeOf, WorkbookConnection } from '../../api';
import type { Progress } from '@shared/contract/call';
import type { FileInspection, ImportProfileText, Rehearsal } from '@shared/domain/import';
import { byImportOrder, type FileGiven, type NewFile, type QueuedFile, withoutUndefined } from './queued-file';

export type ImportCalls = Pick<WorkbookConnection, 'call'>;

export interface QueueState {
  /** In the order in which they are written. */
  readonly files: readonly QueuedFile[];
  /** The file whose rehearsal is shown. */
  readonly chosen: number | undefined;
  /** What runs now. */
  readonly running:
    { readonly key: number; readonly progress: Progress | undefined; readonly startedInstant: number } | undefined;
  /** All are being written, one after another. */
  readonly writesAll: boolean;
  /** Why writing all came to a halt; empty otherwise. */
  readonly halted: string;
}

/** Refusals that a person mends by saying when or where. */
const ASKING_MENDS: ReadonlySet<string> = new Set([
  'as_of_needed',
  'as_of_outside_period',
  'location_needed',
  'location_unknown',
  'date_style_needed',
  'number_style_needed',
]);

export class ImportQueue {
  readonly #calls: ImportCalls;
  readonly #periodId: number;
  readonly #listeners = new Set<() => void>();
  #state: QueueState = { files: [], chosen: undefined, running: undefined, writesAll: false, halted: '' };
  #nextKey = 1;
  readonly #asked: (() => Promise<void>)[] = [];
  #working = false;
  #abort: AbortController | undefined;

  constructor(calls: ImportCalls, periodId: number) {
    this.#calls = calls;
    this.#periodId = periodId;
  }

  get state(): QueueState {
    return this.#state;
  }

  /** @returns stops listening */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Puts files into the queue and shows the first of them. A path that waits already is not taken twice. */
  add(files: readonly NewFile[]): void {
    const waiting = new Set(this.#state.files.filter((file) => file.phase !== 'written').map((file) => file.filePath));
    const added = files
      .filter((file) => file.filePath === undefined || !waiting.has(file.filePath))
      .map((file): QueuedFile => {
        const key = this.#nextKey;
        this.#nextKey += 1;
        return {
          key,
          fileName: file.fileName,
          filePath: file.filePath,
          bytes: file.bytes,
          phase: 'to_inspect',
          given: withoutUndefined({ asOfInstant: file.asOfInstant }),
          inspection: undefined,
          rehearsal: undefined,
          isStale: false,
          refusal: undefined,
          importId: undefined,
        };
      });
    if (added.length === 0) return;
    this.#change({ files: [...this.#state.files, ...added], chosen: added[0]!.key, halted: '' });
    void this.#work();
  }

  /** Shows a file; where a write came after its rehearsal, it is rehearsed again. */
  choose(key: number): void {
    this.#change({ chosen: key });
    void this.#work();
  }

  /** Takes a file out; where it is being read, that stops. Nothing was written of it. */
  remove(key: number): void {
    if (this.#state.running?.key === key) this.#abort?.abort();
    const place = this.#state.files.findIndex((file) => file.key === key);
    const files = this.#state.files.filter((file) => file.key !== key);
    const chosen = this.#state.chosen === key ? files[Math.min(place, files.length - 1)]?.key : this.#state.chosen;
    this.#change({ files, chosen, halted: '' });
  }

  /** Forgets the files that were written. */
  clearWritten(): void {
    const files = this.#state.files.filter((file) => file.phase !== 'written');
    if (files.length === this.#state.files.length) return;
    this.#change({
      files,
      chosen: files.some((file) => file.key === this.#state.chosen) ? this.#state.chosen : files[0]?.key,
    });
  }

  /**
   * What a person says that the file does not, or says otherwise; the file is rehearsed with it. What changes how its rows
   * read (sheet, encoding, profile) is looked at first.
   */
  give(key: number, given: FileGiven): void {
    const file = this.#find(key);
    if (!file) return;
    const other =
      (given.sheet !== undefined && given.sheet !== file.inspection?.sheet) ||
      ('encoding' in given && given.encoding !== file.given.encoding) ||
      ('profileId' in given && given.profileId !== file.given.profileId);
    this.#set(key, {
      given: withoutUndefined({ ...file.given, ...given }),
      phase: other ? 'to_inspect' : 'to_rehearse',
      refusal: undefined,
    });
    void this.#work();
  }

  /** Reads the file with a person's mapping, kept as a profile or for this once. */
  map(key: number, how: { readonly profileId: string } | { readonly mapping: ImportProfileText }): void {
    const file = this.#find(key);
    if (!file) return;
    const { profileId: _profile, mapping: _mapping, ...rest } = file.given;
    this.#set(key, { given: { ...rest, ...how }, phase: 'profileId' in how ? 'to_inspect' : 'to_rehearse', refusal: undefined });
    void this.#work();
  }

  /** To the mapping, of a file that no profile knows or that a person means otherwise. */
  mapAgain(key: number): void {
    this.#set(key, { phase: 'unrecognised', rehearsal: undefined, refusal: undefined });
  }

  /** Looks at the file again from the beginning. */
  retry(key: number): void {
    this.#set(key, { phase: 'to_inspect', refusal: undefined });
    void this.#work();
  }

  /** Stops what runs. A write that was cancelled leaves the workbook as it was. */
  cancel(): void {
    this.#change({ writesAll: false });
    this.#abort?.abort();
  }

  /**
   * Writes exactly what the rehearsal says, as soon as what runs now is done.
   *
   * @returns whether it was written; where not, the file says why
   */
  write(key: number): Promise<boolean> {
    const shown = this.#find(key);
    if (shown?.phase !== 'ready' || !shown.rehearsal) return Promise.resolve(false);
    this.#set(key, { phase: 'writing' });
    return this.#ask(async () => {
      const written = await this.#rehearseAndWrite(key, shown.rehearsal!);
      if (written) this.#ageOthers();
      return written;
    });
  }

  /**
   * Writes every file that is ready, in order. One that was rehearsed before another was written is rehearsed again,
   * because that one may have brought items it names; if it would now quarantine more rows than was shown, the run stops.
   */
  writeAll(): Promise<void> {
    const shown = this.#state.files.flatMap(({ key, phase, rehearsal }) =>
      phase === 'ready' && rehearsal ? [{ key, rehearsal }] : [],
    );
    this.#change({ writesAll: true, halted: '' });
    return this.#ask(async () => {
      for (const { key, rehearsal } of shown) {
        if (!this.#state.writesAll || this.#find(key)?.phase !== 'ready') break;
        this.#change({ chosen: key });
        this.#set(key, { phase: 'writing' });
        if (!(await this.#rehearseAndWrite(key, rehearsal))) {
          const stopped = this.#find(key);
          if (stopped && this.#state.writesAll)
            this.#change({
              halted: `${stopped.fileName} was not written. The files before it are, the ones after it wait.`,
            });
          break;
        }
        this.#ageOthers();
      }
      this.#change({ writesAll: false });
    });
  }

  /** Writes a file whose rehearsal still stands, or stands again without a row more in the quarantine than was shown. */
  async #rehearseAndWrite(key: number, shown: Rehearsal): Promise<boolean> {
    if (this.#find(key)?.isStale) {
      await this.#rehearse(key);
      const fresh = this.#find(key);
      if (fresh?.phase !== 'ready' || !fresh.rehearsal) return false;
      if (fresh.rehearsal.rowsQuarantined > shown.rowsQuarantined) {
        this.#set(key, {
          refusal: {
            failure: 'figures_changed',
            message: `${fresh.fileName} would now quarantine ${fresh.rehearsal.rowsQuarantined} rows, not ${shown.rowsQuarantined} as rehearsed. Read the new figures, then write it.`,
          },
        });
        return false;
      }
    } else {
      this.#set(key, { phase: 'ready' });
    }
    return this.#write(key);
  }

  /** What a write changed may change what the others would do: they are rehearsed again when shown or written. */
  #ageOthers(): void {
    for (const file of this.#state.files) {
      if (file.phase === 'ready') this.#set(file.key, { isStale: true });
    }
  }

  /** Queues what a person asked for before anything that is only read ahead. */
  #ask<Answer>(task: () => Promise<Answer>): Promise<Answer> {
    return new Promise((resolve) => {
      this.#asked.push(async () => resolve(await task()));
      void this.#work();
    });
  }

  /** Does what was asked for, then looks at and rehearses whatever waits for it, until nothing is left. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (;;) {
      const asked = this.#asked.shift();
      const next = asked ? undefined : this.#nextToRead();
      if (asked) await asked();
      else if (next?.phase === 'to_inspect') await this.#inspect(next.key);
      else if (next) await this.#rehearse(next.key);
      else break;
    }
    this.#working = false;
  }

  /** The chosen file first; of what was rehearsed before a write only the chosen one is rehearsed again. */
  #nextToRead(): QueuedFile | undefined {
    const waits = (file: QueuedFile) => file.phase === 'to_inspect' || file.phase === 'to_rehearse';
    const chosen = this.#find(this.#state.chosen);
    if (chosen && (waits(chosen) || (chosen.phase === 'ready' && chosen.isStale))) return chosen;
    return this.#state.files.find(waits);
  }

  async #inspect(key: number): Promise<void> {
    const file = this.#find(key)!;
    const {
      periodId: _period,
      mapping: _mapping,
      asOfInstant: _asOf,
      locationCode: _location,
      dateStyle: _dateStyle,
      numberStyle: _numberStyle,
      supersedesImportId: _supersedes,
      ...request
    } = this.#request(file);
    const outcome = await this.#run(key, 'imports:inspect', { ...request, periodId: this.#periodId });
    if (!outcome) return;
    if (!outcome.ok) return this.#set(key, { phase: 'refused', refusal: outcome });
    this.#inspected(key, outcome.value);
  }

  #inspected(key: number, inspection: FileInspection): void {
    const { profileId, ...rest } = this.#find(key)!.given;
    // A profile that was asked for and does not fit this sheet or encoding is asked for no longer.
    const given: FileGiven = profileId === inspection.profile?.id ? withoutUndefined({ ...rest, profileId }) : rest;
    const known = inspection.profile !== null || given.mapping !== undefined;
    const lacks =
      (inspection.needs.asOf && given.asOfInstant === undefined) ||
      (inspection.needs.location && !given.locationCode) ||
      (inspection.needs.dateStyle && given.dateStyle === undefined) ||
      (inspection.needs.numberStyle && given.numberStyle === undefined);
    this.#set(key, {
      inspection,
      given,
      phase: inspection.alreadyImported ? 'held' : !known ? 'unrecognised' : lacks ? 'asking' : 'to_rehearse',
      refusal: undefined,
    });
  }

  async #rehearse(key: number): Promise<void> {
    const outcome = await this.#run(key, 'imports:rehearse', {
      ...this.#request(this.#find(key)!),
      before: this.#bringersBefore(key).map((file) => this.#request(file)),
    });
    if (!outcome) return;
    if (outcome.ok) {
      const rehearsal: Rehearsal = outcome.value;
      return this.#set(key, {
        rehearsal,
        isStale: false,
        phase: rehearsal.alreadyImported ? 'held' : 'ready',
        refusal: undefined,
      });
    }
    const phase =
      ASKING_MENDS.has(outcome.failure) && this.#asks(key)
        ? 'asking'
        : outcome.failure === 'file_unrecognised' || outcome.failure === 'profile_invalid'
          ? 'unrecognised'
          : outcome.failure === 'already_imported'
            ? 'held'
            : 'refused';
    this.#set(key, { phase, refusal: outcome, isStale: false });
  }

  async #write(key: number): Promise<boolean> {
    const file = this.#find(key);
    if (!file?.rehearsal || file.phase !== 'ready') return false;
    this.#set(key, { phase: 'writing' });
    const outcome = await this.#run(key, 'imports:commit', {
      request: this.#request(file),
      token: file.rehearsal.token,
    });
    if (!outcome) return false;
    if (outcome.ok) {
      this.#set(key, {
        phase: 'written',
        importId: outcome.value.importId,
        rehearsal: outcome.value.rehearsal,
        bytes: undefined,
        refusal: undefined,
      });
      return true;
    }
    if (outcome.failure === 'cancelled') {
      this.#set(key, { phase: 'ready', refusal: outcome });
    } else if (outcome.failure === 'workbook_changed') {
      await this.#rehearse(key);
      if (this.#find(key)?.phase === 'ready') this.#set(key, { refusal: outcome });
    } else {
      this.#set(key, { phase: 'refused', refusal: outcome });
    }
    return false;
  }

  /** Whether as-of or location are for a person to give; what the file itself says cannot be given otherwise. */
  #asks(key: number): boolean {
    const { inspection, given } = this.#find(key)!;
    return (
      inspection === undefined ||
      inspection.profile === null ||
      inspection.needs.asOf ||
      inspection.needs.location ||
      inspection.needs.dateStyle ||
      inspection.needs.numberStyle ||
      given.asOfInstant !== undefined ||
      given.locationCode !== undefined
    );
  }

  /** Files written before this one that bring items or locations which it may name. */
  #bringersBefore(key: number): readonly QueuedFile[] {
    const place = this.#state.files.findIndex((file) => file.key === key);
    return this.#state.files
      .slice(0, place)
      .filter(({ phase, rehearsal }) => phase === 'ready' && rehearsal && rehearsal.newItems.length + rehearsal.newLocations.length > 0);
  }

  #request(file: QueuedFile): InputOf<'imports:commit'>['request'] {
    return withoutUndefined({
      periodId: this.#periodId,
      fileName: file.fileName,
      filePath: file.filePath,
      bytes: file.bytes,
      ...file.given,
    });
  }

  /** Carries out one call of a file, with its progress; undefined where the file was taken out meanwhile. */
  async #run<Channel extends 'imports:inspect' | 'imports:rehearse' | 'imports:commit'>(
    key: number,
    channel: Channel,
    input: InputOf<Channel>,
  ): Promise<OutcomeOf<Channel> | undefined> {
    const abort = new AbortController();
    this.#abort = abort;
    const startedInstant = Date.now();
    this.#change({ running: { key, progress: undefined, startedInstant } });
    const outcome = await this.#calls.call(channel, input, {
      signal: abort.signal,
      onProgress: (progress) => this.#change({ running: { key, progress, startedInstant } }),
    });
    this.#change({ running: undefined });
    return this.#find(key) ? outcome : undefined;
  }

  #find(key: number | undefined): QueuedFile | undefined {
    return this.#state.files.find((file) => file.key === key);
  }

  #set(key: number, change: Partial<QueuedFile>): void {
    this.#change({ files: this.#state.files.map((file) => (file.key === key ? { ...file, ...change } : file)) });
  }

  #change(change: Partial<QueueState>): void {
    const next = { ...this.#state, ...change };
    this.#state = { ...next, files: [...next.files].sort(byImportOrder) };
    for (const listener of this.#listeners) listener();
  }
}
