/**
 * One byte form for a value that is hashed: JSON with keys in code-unit order, no white space, and whole numbers only.
 *
 * A subset of RFC 8785: since no fraction ever enters (quantities and money are integers or decimal text), number
 * formatting cannot differ between implementations.
 */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue };

/** Throws where a number is no safe integer: such a value has no place in anything that is hashed. */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new Error(`not a whole number: ${value}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each: CanonicalValue) => canonicalJson(each)).join(',')}]`;
  const record = value as { readonly [key: string]: CanonicalValue };
  const members = Object.keys(record)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key]!)}`);
  return `{${members.join(',')}}`;
}
