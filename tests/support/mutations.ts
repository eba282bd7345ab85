/**
 * Files damaged by chance, the same way each time: what happens to exports on their way, and what a hostile hand would try.
 */

/** Numbers between 0 and 1 that look random and follow from the seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The chance of one mutant. */
class Chance {
  constructor(readonly random: () => number) {}

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  of<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }

  /** A place in the bytes, more often near their beginning, where titles and header stand. */
  place(length: number): number {
    return this.random() < 0.3 ? this.below(Math.min(length, 200)) : this.below(length);
  }
}

const spliced = (bytes: Buffer, at: number, removed: number, inserted: Uint8Array | string = ''): Buffer =>
  Buffer.concat([bytes.subarray(0, at), Buffer.from(inserted as string), bytes.subarray(at + removed)]);

const NASTY = [
  '\0', '\ufeff', '"', '""', '"""', ',', ';', '\t', '|', '\r', '\n', '\r\n', '\ufffd', '\u2028', '-', '--', '=1+1', '=cmd|"/c calc"!A1', '+1', '@SUM(A1)',
  "'0042", '1e999', '-1e-999', 'NaN', 'Infinity', '0x10', '9'.repeat(40), '0000-00-00', '9999-12-31', '2026-13-45T99:99:99Z', '01/02/03', '4.00001E+12', ' ', '\u00a0',
  '\u202e', '💥', 'é'.repeat(300), '../../x', '<!DOCTYPE a>', '&amp;', '%00',
];
const BYTES = [[0x00], [0xff], [0xfe, 0xff], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0xc3], [0xed, 0xa0, 0x80], [0x80], [0x1a], [0x1f, 0x8b], [0x50, 0x4b, 0x03, 0x04]];

const lineAt = (bytes: Buffer, at: number): readonly [start: number, end: number] => {
  const end = bytes.indexOf(0x0a, at);
  return [at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1, end < 0 ? bytes.length : end + 1];
};

type Mutation = (bytes: Buffer, chance: Chance) => Buffer;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a bit flipped': (bytes, chance) => {
    const copy = Buffer.from(bytes);
    copy[chance.place(copy.length)]! ^= 1 << chance.below(8);
    return copy;
  },
  'a byte replaced': (bytes, chance) => {
    const copy = Buffer.from(bytes);
    copy[chance.place(copy.length)] = chance.below(256);
    return copy;
  },
  'a stretch deleted': (bytes, chance) => spliced(bytes, chance.place(bytes.length), 1 + chance.below(chance.of([1, 8, 120]))),
  'a stretch doubled': (bytes, chance) => {
    const at = chance.place(bytes.length);
    return spliced(bytes, at, 0, bytes.subarray(at, at + 1 + chance.below(200)));
  },
  'a line doubled': (bytes, chance) => {
    const [start, end] = lineAt(bytes, chance.place(bytes.length));
    return spliced(bytes, start, 0, bytes.subarray(start, end));
  },
  'a line deleted': (bytes, chance) => {
    const [start, end] = lineAt(bytes, chance.place(bytes.length));
    return spliced(bytes, start, end - start);
  },
  'a line moved to the top': (bytes, chance) => {
    const [start, end] = lineAt(bytes, chance.place(bytes.length));
    return Buffer.concat([bytes.subarray(start, end), spliced(bytes, start, end - start)]);
  },
  'cut off': (bytes, chance) => bytes.subarray(0, chance.below(bytes.length)),
  'its beginning lost': (bytes, chance) => bytes.subarray(chance.below(Math.min(bytes.length, 300))),
  'a delimiter for another': (bytes, chance) => {
    const [from, to] = [chance.of([',', ';', '\t']), chance.of([';', '\t', '|', ',', ':', '""', ''])];
    return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
  },
  'a delimiter in one place': (bytes, chance) => spliced(bytes, chance.place(bytes.length), 0, chance.of([',', ';', '\t', '|'])),
  'a quote in one place': (bytes, chance) => spliced(bytes, chance.place(bytes.length), 0, '"'),
  'a quote lost': (bytes, chance) => {
    const at = bytes.indexOf('"', chance.place(bytes.length));
    return at < 0 ? bytes : spliced(bytes, at, 1);
  },
  'lines quoted whole': (bytes) => Buffer.from(bytes.toString('latin1').replace(/^.+$/gm, (line) => `"${line.replaceAll('"', '""')}"`), 'latin1'),
  'line breaks of another kind': (bytes, chance) => Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, chance.of(['\r', '\r\n', '\n\n', '\n\r'])), 'latin1'),
  'something nasty inside': (bytes, chance) => spliced(bytes, chance.place(bytes.length), chance.below(6), chance.of(NASTY)),
  'something nasty for a cell': (bytes, chance) => {
    const cells = bytes.toString('latin1').split(',');
    cells[chance.below(cells.length)] = Buffer.from(chance.of(NASTY)).toString('latin1');
    return Buffer.from(cells.join(','), 'latin1');
  },
  'bytes of another encoding': (bytes, chance) => spliced(bytes, chance.place(bytes.length), 0, Uint8Array.from(chance.of(BYTES))),
  'a mark in front': (bytes, chance) => Buffer.concat([Buffer.from(chance.of(BYTES)), bytes]),
  'written as UTF-16': (bytes, chance) => {
    const wide = Buffer.from(`${chance.of(['', '\ufeff'])}${bytes.toString('utf8')}`, 'utf16le');
    return chance.below(2) === 0 ? wide : wide.subarray(0, wide.length & ~1).swap16();
  },
  'a word of the header changed': (bytes, chance) => {
    const end = bytes.indexOf(0x0a) + 1 || bytes.length;
    const cells = bytes.toString('latin1', 0, end).split(',');
    cells[chance.below(cells.length)] = chance.of(['', 'sku', 'SKU', 'quantity', 'Location', 'x'.repeat(2000), cells[0]!]);
    return Buffer.concat([Buffer.from(cells.join(','), 'latin1'), bytes.subarray(end)]);
  },
  'columns in another order': (bytes) => Buffer.from(bytes.toString('latin1').replace(/^.*$/gm, (line) => line.split(',').reverse().join(',')), 'latin1'),
};

export interface Mutant {
  readonly bytes: Buffer;
  /** What was done to it, for the message of a failure. */
  readonly done: readonly string[];
}

/** The mutant that follows from the number: one to four kinds of damage, one after the other. */
export function mutantOf(bytes: Buffer, seed: number): Mutant {
  const chance = new Chance(randomOf(seed));
  const names = Object.keys(MUTATIONS);
  const done: string[] = [];
  let mutated = bytes;
  for (let left = chance.of([1, 1, 1, 2, 3, 4]); left > 0 && mutated.length > 0; left -= 1) {
    const name = chance.of(names);
    done.push(name);
    mutated = MUTATIONS[name]!(mutated, chance);
  }
  return { bytes: mutated, done };
}
