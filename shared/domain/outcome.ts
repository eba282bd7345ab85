/**
 * The result of something that may be refused: a value, or one failure of a closed list with a message for people.
 *
 * Expected refusals travel as values; a bug throws.
 */
export type Outcome<T, F extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F; readonly message: string };

/** The successful outcome. */
export function done<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A refusal: its identifier, and a message that states the place, the figures and the next step. */
export function refused<F extends string>(
  failure: F,
  message: string,
): { readonly ok: false; readonly failure: F; readonly message: string } {
  return { ok: false, failure, message };
}
