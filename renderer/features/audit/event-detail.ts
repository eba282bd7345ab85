/**
 * An event's canonical JSON as rows a person reads: what was before, what is after, and everything else by name.
 */

export interface DetailRow {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface EventDetail {
  /** Fields with a before or an after; those that differ come first. */
  readonly changes: readonly DetailRow[];
  /** Why, where the person said it. */
  readonly why: string;
  /** Everything else. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as text: nothing for what is empty, lists with commas, deeper things as JSON. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(valueText).join(', ');
  if (isObject(value))
    return Object.entries(value)
      .map(([name, each]) => `${name} ${valueText(each)}`)
      .join(', ');
  return String(value);
}

/** `reasonCode` and `reason_code` as `reason code`. */
const nameText = (name: string): string =>
  name
    .replace(/_/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase();

/** Reads the detail of an event; text that is no JSON object is shown as it stands. */
export function readEventDetail(detail: string): EventDetail {
  let parsed: unknown;
  try {
    parsed = JSON.parse(detail);
  } catch {
    parsed = undefined;
  }
  if (!isObject(parsed))
    return { changes: [], why: '', facts: detail.trim() === '' ? [] : [{ name: 'detail', value: detail }] };
  const { before, after, why, ...rest } = parsed;
  const was = isObject(before) ? before : {};
  const is = isObject(after) ? after : {};
  const changes = [...new Set([...Object.keys(was), ...Object.keys(is)])].map((name) => ({
    name: nameText(name),
    before: before === undefined ? undefined : valueText(was[name]),
    after: after === undefined ? undefined : valueText(is[name]),
  }));
  // A before or after that is a plain value has no fields to compare; null stands for a thing that was not there.
  const isPlain = (value: unknown) => value !== undefined && value !== null && !isObject(value);
  const others = { ...rest, ...(isPlain(before) ? { before } : {}), ...(isPlain(after) ? { after } : {}) };
  return {
    changes: changes.sort((left, right) => Number(left.before === left.after) - Number(right.before === right.after)),
    why: typeof why === 'string' ? why : '',
    // What holds nothing says nothing: the whole record is in the copied text.
    facts: Object.entries(others)
      .map(([name, value]) => ({ name: nameText(name), value: valueText(value) }))
      .filter(({ value }) => value !== 'nothing'),
  };
}
