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
  readonly running: { readonly key: number; readonly progress: Progress | undefined; readonly startedInstant: number } | undefined;
  /** All are being written, one after another. */
  readonly writesAll: boolean;
  /** Why writing all came to a halt; empty otherwise. */
  readonly halted: string;
}

/** Refusals that a person mends by saying when or where. */
const ASKING_MENDS: ReadonlySet<string> = new Set(['as_of_needed', 'as_of_outside_period', 'location_needed', 'location_unknown']);

export class ImportQueue {
  readonly #calls: ImportCalls;
  readonly #periodId: number;
  readonly #listeners = new Set<() => void>();
  #state: QueueState = { files: [], chosen: undefined, running: undefined, writesAll: false, halted: '' };
  #nextKey = 1;
  #pumping = false;
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

  /** Puts files into the queue; the first of them is shown where none was. A path that waits already is not taken twice. */
  add(files: readonly NewFile[]): void {
    const waiting = new Set(this.#state.files.filter((file) => file.phase !== 'written').map((file) => file.filePath));
    const added = files
      .filter((file) => file.filePath === undefined || !waiting.has(file.filePath))
      .map((file): QueuedFile => {
        const key = this.#nextKey;
        this.#nextKey += 1;
        return {
          key, fileName: file.fileName, filePath: file.filePath, bytes: file.bytes, phase: 'to_inspect',
          given: withoutUndefined({ asOfInstant: file.asOfInstant }),
          inspection: undefined, rehearsal: undefined, refusal: undefined, importId: undefined,
        };
      });
    if (added.length === 0) return;
    const shown = this.#find(this.#state.chosen);
    const chosen = shown && shown.phase !== 'written' ? shown.key : added[0]!.key;
    this.#change({ files: [...this.#state.files, ...added], chosen, halted: '' });
    void this.#pump();
  }

  choose(key: number): void {
    this.#change({ chosen: key });
  }

  /** Takes a file out; where it is being read, that stops. Nothing was written of it. */
  remove(key: number): void {
    if (this.#state.running?.key === key) this.#abort?.abort();
    const place = this.#state.files.findIndex((file) => file.key === key);
    const files = this.#state.files.filter((file) => file.key !== key);
    const chosen = this.#state.chosen === key ? (files[Math.min(place, files.length - 1)]?.key) : this.#state.chosen;
    this.#change({ files, chosen, halted: '' });
  }

  /** Forgets the files that were written. */
  clearWritten(): void {
    const files = this.#state.files.filter((file) => file.phase !== 'written');
    if (files.length === this.#state.files.length) return;
    this.#change({ files, chosen: files.some((file) => file.key === this.#state.chosen) ? this.#state.chosen : files[0]?.key });
  }

  /** What a person says that the file does not; the file is rehearsed with it. Another sheet is looked at first. */
  give(key: number, given: FileGiven): void {
    const file = this.#find(key);
    if (!file) return;
    const other = given.sheet !== undefined && given.sheet !== file.inspection?.sheet;
    this.#set(key, { given: withoutUndefined({ ...file.given, ...given }), phase: other ? 'to_inspect' : 'to_rehearse', refusal: undefined });
    void this.#pump();
  }

  /** Reads the file with a person's mapping, kept as a profile or for this once. */
  map(key: number, how: { readonly profileId: string } | { readonly mapping: ImportProfileText }): void {
    const file = this.#find(key);
    if (!file) return;
    const { profileId: _profile, mapping: _mapping, ...rest } = file.given;
    this.#set(key, { given: { ...rest, ...how }, phase: 'to_rehearse', refusal: undefined });
    void this.#pump();
  }

  /** Back to the mapping of a file that no profile knew. */
  mapAgain(key: number): void {
    this.#set(key, { phase: 'unrecognised', rehearsal: undefined, refusal: undefined });
  }

  /** Looks at the file again from the beginning. */
  retry(key: number): void {
    this.#set(key, { phase: 'to_inspect', refusal: undefined });
    void this.#pump();
  }

  /** Stops what runs. A write that was cancelled leaves the workbook as it was. */
  cancel(): void {
    this.#change({ writesAll: false });
    this.#abort?.abort();
  }

  /** Writes exactly what the rehearsal says. */
  async write(key: number): Promise<boolean> {
    if (this.#pumping) return false;
    this.#pumping = true;
    const written = await this.#write(key);
    this.#pumping = false;
    if (written) this.#rehearseOthers();
    await this.#pump();
    return written;
  }

  /**
   * Writes every file that is ready, in order. Each is rehearsed again just before, because the one before it may have
   * brought items it names; a file that would now quarantine more rows than was shown stops the run.
   */
  async writeAll(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    this.#change({ writesAll: true, halted: '' });
    const keys = this.#state.files.filter((file) => file.phase === 'ready').map((file) => file.key);
    let wrote = false;
    for (const key of keys) {
      const shown = this.#find(key)?.rehearsal;
      if (!shown || !this.#state.writesAll) break;
      this.#change({ chosen: key });
      if (wrote) await this.#rehearse(key);
      const fresh = this.#find(key);
      if (!this.#state.writesAll || !fresh) break;
      if (fresh.phase !== 'ready') {
        this.#change({ halted: `${fresh.fileName} cannot be written as rehearsed. The files before it are written, the ones after it wait.` });
        break;
      }
      if (fresh.rehearsal!.rowsQuarantined > shown.rowsQuarantined) {
        this.#change({
          halted: `${fresh.fileName} would now quarantine ${fresh.rehearsal!.rowsQuarantined} rows, not ${shown.rowsQuarantined} as rehearsed. `
            + 'The files before it are written, this one and those after it wait.',
        });
        break;
      }
      if (!(await this.#write(key))) break;
      wrote = true;
    }
    this.#change({ writesAll: false });
    this.#pumping = false;
    if (wrote) this.#rehearseOthers();
    await this.#pump();
  }

  /** What a write changed may change what the others would do. */
  #rehearseOthers(): void {
    for (const file of this.#state.files) {
      if (file.phase === 'ready') this.#set(file.key, { phase: 'to_rehearse' });
    }
  }

  /** Looks at and rehearses whatever waits for it; the chosen file first. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (;;) {
      const waiting = this.#state.files.filter((file) => file.phase === 'to_inspect' || file.phase === 'to_rehearse');
      const next = waiting.find((file) => file.key === this.#state.chosen) ?? waiting[0];
      if (!next) break;
      if (next.phase === 'to_inspect') await this.#inspect(next.key);
      else await this.#rehearse(next.key);
    }
    this.#pumping = false;
  }

  async #inspect(key: number): Promise<void> {
    const file = this.#find(key)!;
    const { periodId: _period, profileId: _profile, mapping: _mapping, asOfInstant: _asOf, locationCode: _location, ...request } = this.#request(file);
    const outcome = await this.#run(key, 'imports:inspect', { ...request, periodId: this.#periodId });
    if (!outcome) return;
    if (!outcome.ok) return this.#set(key, { phase: 'refused', refusal: outcome });
    this.#inspected(key, outcome.value);
  }

  #inspected(key: number, inspection: FileInspection): void {
    const { given } = this.#find(key)!;
    const known = inspection.profile !== null || given.profileId !== undefined || given.mapping !== undefined;
    const lacks = (inspection.needs.asOf && given.asOfInstant === undefined) || (inspection.needs.location && !given.locationCode);
    this.#set(key, { inspection, phase: !known ? 'unrecognised' : lacks ? 'asking' : 'to_rehearse', refusal: undefined });
  }

  async #rehearse(key: number): Promise<void> {
    const outcome = await this.#run(key, 'imports:rehearse', this.#request(this.#find(key)!));
    if (!outcome) return;
    if (outcome.ok) {
      const rehearsal: Rehearsal = outcome.value;
      return this.#set(key, { rehearsal, phase: rehearsal.alreadyImported ? 'held' : 'ready', refusal: undefined });
    }
    const phase =
      ASKING_MENDS.has(outcome.failure) && this.#asks(key) ? 'asking'
      : outcome.failure === 'file_unrecognised' || outcome.failure === 'profile_invalid' ? 'unrecognised'
      : outcome.failure === 'already_imported' ? 'held'
      : 'refused';
    this.#set(key, { phase, refusal: outcome });
  }

  async #write(key: number): Promise<boolean> {
    const file = this.#find(key);
    if (!file?.rehearsal || file.phase !== 'ready') return false;
    this.#set(key, { phase: 'writing' });
    const outcome = await this.#run(key, 'imports:commit', { request: this.#request(file), token: file.rehearsal.token });
    if (!outcome) return false;
    if (outcome.ok) {
      this.#set(key, { phase: 'written', importId: outcome.value.importId, rehearsal: outcome.value.rehearsal, bytes: undefined, refusal: undefined });
      return true;
    }
    const again = outcome.failure === 'workbook_changed' || outcome.failure === 'cancelled';
    this.#set(key, { phase: again ? 'to_rehearse' : 'refused', refusal: outcome });
    if (again) await this.#rehearse(key);
    const rehearsed = this.#find(key);
    if (again && rehearsed?.phase === 'ready') this.#set(key, { refusal: outcome });
    return false;
  }

  /** Whether as-of or location are for a person to give; what the file itself says cannot be given otherwise. */
  #asks(key: number): boolean {
    const { inspection, given } = this.#find(key)!;
    return inspection === undefined || inspection.profile === null || inspection.needs.asOf || inspection.needs.location
      || given.asOfInstant !== undefined || given.locationCode !== undefined;
  }

  #request(file: QueuedFile): InputOf<'imports:rehearse'> {
    return withoutUndefined({ periodId: this.#periodId, fileName: file.fileName, filePath: file.filePath, bytes: file.bytes, ...file.given });
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
