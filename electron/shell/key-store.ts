/**
 * Pass phrases that people chose to leave to the key store of their system: Keychain, DPAPI, libsecret or KWallet.
 *
 * The only module that touches `safeStorage`, and always through the object, so that tests can answer for it. The file beside the
 * settings holds what the store encrypted, by fingerprint; the pass phrase in the open goes to the workbook process alone.
 *
 * The synchronous calls, although Electron 46 drops them: the stand-in runtime for development and tests (33) has no others. What they
 * encrypted `decryptStringAsync` reads, so the change to those touches this file alone.
 */
import fs from 'node:fs';
import path from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import type { KeyStoreState } from '@shared/contract/signing';

const Stored = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.base64());

/** Stores of Linux that keep nothing secret: the key lies in the program itself. */
const OPEN_BACKENDS: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/** Why nothing can be kept on this computer; empty where it can. */
function whyUnavailable(): string {
  if (process.platform === 'linux' && OPEN_BACKENDS.has(safeStorage.getSelectedStorageBackend())) {
    return 'This computer has no key store that can be used: install and unlock GNOME Keyring or KWallet.';
  }
  return safeStorage.isEncryptionAvailable() ? '' : 'The key store of this computer is locked or missing.';
}

export class KeyStore {
  readonly #path: string;
  readonly #onChanged: (state: KeyStoreState) => void;

  /** @param onChanged what is kept has changed */
  constructor(settingsFolder: string, onChanged: (state: KeyStoreState) => void) {
    this.#path = path.join(settingsFolder, 'key-store.json');
    this.#onChanged = onChanged;
  }

  #stored(): Record<string, string> {
    try {
      return Stored.parse(JSON.parse(fs.readFileSync(this.#path, 'utf8')));
    } catch {
      // Nothing was kept yet, or the file is damaged: then the pass phrase is typed again.
      return {};
    }
  }

  #write(stored: Readonly<Record<string, string>>): void {
    fs.mkdirSync(path.dirname(this.#path), { recursive: true });
    fs.writeFileSync(`${this.#path}.partial`, JSON.stringify(stored), { mode: 0o600 });
    fs.renameSync(`${this.#path}.partial`, this.#path);
    this.#onChanged(this.state());
  }

  state(): KeyStoreState {
    return { unavailable: whyUnavailable(), kept: Object.keys(this.#stored()) };
  }

  /** @returns undefined where none is kept, or the store does not give it */
  read(fingerprint: string): string | undefined {
    const encrypted = this.#stored()[fingerprint];
    if (encrypted === undefined || whyUnavailable() !== '') return undefined;
    try {
      return safeStorage.decryptString(Buffer.from(encrypted, 'base64'));
    } catch (error) {
      console.error(error);
      return undefined;
    }
  }

  /** Does nothing where the computer has no key store. */
  keep(fingerprint: string, passPhrase: string): void {
    if (whyUnavailable() !== '') return;
    this.#write({ ...this.#stored(), [fingerprint]: safeStorage.encryptString(passPhrase).toString('base64') });
  }

  /** Also where the store is no longer available. */
  forget(fingerprint: string): void {
    const { [fingerprint]: _forgotten, ...others } = this.#stored();
    this.#write(others);
  }
}
