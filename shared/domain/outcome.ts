/**
 * What an operation answers when it may be refused.
 *
 * An expected refusal is a value from a closed list; a bug throws. The message gives the place, the figures
 * and the next step, and is what a person reads.
 */
export type Outcome<T, F extends string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F; readonly message: string };

/** The operation was carried out and answers `value`. */
export const done = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

/** The operation was refused: `failure` names why for programs, `message` says it to a person. */
export const refused = <F extends string>(
  failure: F,
  message: string,
): { readonly ok: false; readonly failure: F; readonly message: string } => ({ ok: false, failure, message });

/** Compile-time proof that a closed list has been handled whole; at run time it is a bug. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
