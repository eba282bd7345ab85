/**
 * Tricks with the zip file around what is signed: programs read such files in different ways, or write where they should not.
 * One table for every kind of file that is a zip: a trick is told by what it does, not by what it does it to.
 */
import { zipItem } from '../../../electron/files/signatures/zip-writing';
import { itemsOf, packed } from '../signing';

export interface ZipTrick {
  readonly name: string;
  /** @param item one that the file holds, and that is signed */
  readonly play: (bytes: Uint8Array, item: string) => Uint8Array;
  /** What the finding must say. */
  readonly named: (item: string) => readonly string[];
}

interface Entry {
  readonly local: Buffer;
  readonly central: Buffer;
  /** Where the directory says that it begins, where that is not where it does. */
  readonly claimedOffset?: number;
}

const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;

function entriesOf(bytes: Uint8Array): Entry[] {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let place = file.readUInt32LE(end + 16);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    const length = CENTRAL_BYTES + file.readUInt16LE(place + 28) + file.readUInt16LE(place + 30) + file.readUInt16LE(place + 32);
    const central = Buffer.from(file.subarray(place, place + length));
    const start = central.readUInt32LE(42);
    const localBytes = LOCAL_BYTES + file.readUInt16LE(start + 26) + file.readUInt16LE(start + 28) + central.readUInt32LE(20);
    place += length;
    return { central, local: Buffer.from(file.subarray(start, start + localBytes)) };
  });
}

function zipOf(entries: readonly Entry[], comment = Buffer.alloc(0)): Buffer {
  let offset = 0;
  const central = entries.map((entry) => {
    const record = Buffer.from(entry.central);
    record.writeUInt32LE(entry.claimedOffset ?? offset, 42);
    offset += entry.local.length;
    return record;
  });
  const directoryBytes = central.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...entries.map(({ local }) => local), ...central, end, comment]);
}

const nameOf = ({ central }: Entry): string => central.toString('utf8', CENTRAL_BYTES, CENTRAL_BYTES + central.readUInt16LE(28));

/** The file with one item's entry changed. */
const withEntry = (bytes: Uint8Array, item: string, change: (entry: Entry) => Entry): Uint8Array => {
  const entries = entriesOf(bytes);
  const place = entries.findIndex((entry) => nameOf(entry) === item);
  if (place < 0) throw new Error(`no item ${item}`);
  return zipOf(entries.with(place, change(entries[place]!)));
};

/** The file with bytes put in front of an item, which the directory then finds behind them. */
const wedged = (bytes: Uint8Array, at: (entries: readonly Entry[]) => number): Uint8Array => {
  const entries = entriesOf(bytes);
  const offsets = entries.map((_, index) => entries.slice(0, index).reduce((sum, { local }) => sum + local.length, 0));
  const place = at(entries);
  const more = Buffer.from('more');
  return zipOf(entries.map((entry, index) => ({
    ...entry, local: index === place ? Buffer.concat([more, entry.local]) : entry.local, claimedOffset: offsets[index]! + (index >= place ? more.length : 0),
  })));
};

const centralWith = (entry: Entry, fields: Buffer): Entry => {
  const record = Buffer.from(entry.central);
  record.writeUInt16LE(fields.length, 30);
  return { ...entry, central: Buffer.concat([record, fields]) };
};

const added = (bytes: Uint8Array, name: string, content: Uint8Array, first = false): Uint8Array => {
  const item = entriesOf(packed(new Map([[name, content]])));
  return zipOf(first ? [...item, ...entriesOf(bytes)] : [...entriesOf(bytes), ...item]);
};

const FORGED = Buffer.from('<forged/>');
const UNICODE_PATH = Buffer.from('757009000100000000666f72', 'hex');
const BOMB_BYTES = 70 * 1024 * 1024;

const changed = (buffer: Buffer, change: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(buffer);
  change(copy);
  return copy;
};

const twice = (item: string) => [`${item} more than once`];
const beginsOtherwise = (text: string): string => text[0] === text[0]!.toLowerCase() ? text[0]!.toUpperCase() + text.slice(1) : text[0]!.toLowerCase() + text.slice(1);

export const ZIP_TRICKS: readonly ZipTrick[] = [
  { name: 'a second item of the same name, the forged one first', play: (bytes, item) => added(bytes, item, FORGED, true), named: twice },
  { name: 'a second item of the same name, the forged one last', play: (bytes, item) => added(bytes, item, FORGED), named: twice },
  { name: 'a second item in other letter case', play: (bytes, item) => added(bytes, beginsOtherwise(item), FORGED), named: (item) => twice(beginsOtherwise(item)) },
  { name: 'a second item with a slash in front', play: (bytes, item) => added(bytes, `/${item}`, FORGED), named: (item) => twice(`/${item}`) },
  { name: 'an item whose name leads out of the folder', play: (bytes) => added(bytes, '../../evil.xml', FORGED), named: () => ['../../evil.xml'] },
  { name: 'bytes put behind the end', play: (bytes) => Buffer.concat([bytes, Buffer.from('more')]), named: () => ['after the zip directory'] },
  { name: 'another zip put behind the end', play: (bytes, item) => Buffer.concat([bytes, packed(itemsOf(bytes).set(item, FORGED))]), named: () => ['zip'] },
  { name: 'bytes put before the first item', play: (bytes) => wedged(bytes, () => 0), named: () => ['bytes before the zip item'] },
  { name: 'bytes put between two items', play: (bytes) => wedged(bytes, () => 1), named: () => ['bytes before the zip item'] },
  { name: 'cut off', play: (bytes) => bytes.subarray(0, bytes.length - 200), named: () => ['zip'] },
  {
    name: 'another name in front of an item than in the directory', named: (item) => [`${item} is described in two different ways`],
    play: (bytes, item) => withEntry(bytes, item, (entry) => ({ ...entry, local: changed(entry.local, (local) => local.write('#', LOCAL_BYTES)) })),
  },
  {
    name: 'another size in front of an item than in the directory', named: (item) => [`${item} is described in two different ways`],
    play: (bytes, item) => withEntry(bytes, item, (entry) => ({ ...entry, local: changed(entry.local, (local) => local.writeUInt32LE(local.readUInt32LE(22) + 1, 22)) })),
  },
  {
    name: 'a wrong checksum', named: (item) => [item],
    play: (bytes, item) => withEntry(bytes, item, ({ central, local }) => ({ central: changed(central, (copy) => copy.writeUInt32LE(1, 16)), local: changed(local, (copy) => copy.writeUInt32LE(1, 14)) })),
  },
  {
    name: 'two items that share their bytes', named: () => ['zip item twin.txt overlaps'],
    play: (bytes, item) => {
      const entries = entriesOf(bytes);
      const place = entries.findIndex((entry) => nameOf(entry) === item);
      const [twin] = entriesOf(packed(new Map([['twin.txt', FORGED]])));
      const { central } = entries[place]!;
      const record = Buffer.concat([central.subarray(0, CENTRAL_BYTES), Buffer.from('twin.txt')]);
      record.writeUInt16LE('twin.txt'.length, 28);
      const offset = entries.slice(0, place).reduce((sum, { local }) => sum + local.length, 0);
      return zipOf([...entries, { ...twin!, central: record, local: Buffer.alloc(0), claimedOffset: offset }]);
    },
  },
  { name: 'ZIP64 sizes', play: (bytes, item) => withEntry(bytes, item, (entry) => ({ ...entry, central: changed(entry.central, (copy) => copy.writeUInt32LE(0xffffffff, 24)) })), named: () => ['ZIP64'] },
  { name: 'a second name that some programs follow', play: (bytes, item) => withEntry(bytes, item, (entry) => centralWith(entry, UNICODE_PATH)), named: (item) => [`${item} is a link, or has a second name`] },
  {
    name: 'a link in the place of a file', named: (item) => [`${item} is a link`],
    play: (bytes, item) => withEntry(bytes, item, (entry) => ({ ...entry, central: changed(entry.central, (copy) => { copy.writeUInt8(3, 5); copy.writeUInt32LE((0o120777 << 16) >>> 0, 38); }) })),
  },
  { name: 'an item that says it is encrypted', play: (bytes, item) => withEntry(bytes, item, (entry) => ({ ...entry, central: changed(entry.central, (copy) => copy.writeUInt16LE(1, 8)) })), named: () => ['is encrypted'] },
  { name: 'an item that unpacks to a thousand times its size', play: (bytes) => added(bytes, 'bomb.xml', new Uint8Array(BOMB_BYTES)), named: () => ['bomb.xml'] },
  {
    name: 'an item that unpacks to more than it states', named: () => ['bomb.xml'],
    play: (bytes) => {
      const bomb = zipItem('bomb.xml', new Uint8Array(BOMB_BYTES));
      const [entry] = entriesOf(packed(new Map([['bomb.xml', new Uint8Array(BOMB_BYTES)]])));
      const states = (copy: Buffer, at: number) => copy.writeUInt32LE(Math.min(10, bomb.contentBytes), at);
      return zipOf([...entriesOf(bytes), { central: changed(entry!.central, (copy) => states(copy, 24)), local: changed(entry!.local, (copy) => states(copy, 22)) }]);
    },
  },
];

/** The file with a comment behind its directory. */
export const withComment = (bytes: Uint8Array, comment: string): Uint8Array => zipOf(entriesOf(bytes), Buffer.from(comment));
