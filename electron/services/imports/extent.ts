/**
 * What the rows of a file speak of, whether they were written or not: when, where, on which sheets.
 */
import type { RowValues } from '../../files/profiles/read-row';

/** A file that names more than this is not told apart further: it speaks of very much. */
const NAMES_MAX = 50_000;

export class Extent {
  firstInstant: number | null = null;
  lastInstant: number | null = null;
  /** Locations as the file writes them. */
  readonly locations = new Set<string>();
  /** Count sheets. */
  readonly sheets = new Set<string>();

  #lastLocation: string | undefined;

  note({ text, instants }: RowValues): void {
    const instant = instants.as_of ?? instants.posted_at ?? instants.counted_at;
    if (instant !== undefined) this.noteInstant(instant);
    if (text.location !== undefined && text.location !== this.#lastLocation && this.locations.size < NAMES_MAX) {
      this.locations.add(text.location);
      this.#lastLocation = text.location;
    }
    if (text.sheet !== undefined && this.sheets.size < NAMES_MAX) this.sheets.add(text.sheet);
  }

  noteLocation(text: string): void {
    if (this.locations.size < NAMES_MAX) this.locations.add(text);
  }

  noteInstant(instant: number): void {
    if (this.firstInstant === null || instant < this.firstInstant) this.firstInstant = instant;
    if (this.lastInstant === null || instant > this.lastInstant) this.lastInstant = instant;
  }
}
