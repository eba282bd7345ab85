/**
 * Text in the encodings that exports come in, found out from the bytes alone.
 */
import { expect, test } from 'vitest';
import { readTable, refusalOf } from '../support/tables';

/** Bytes of an encoding that Node.js does not write: every character by the decoder's own word. */
function encoderOf(encoding: string): (text: string) => Buffer {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const bytesOf = new Map<string, number[]>();
  const learn = (...bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !bytesOf.has(character)) bytesOf.set(character, bytes);
    } catch {
      // Not every pair of bytes is a character.
    }
  };
  for (let first = 0; first < 256; first += 1) learn(first);
  if (encoding !== 'windows-1252') for (let lead = 0x81; lead < 0xff; lead += 1) for (let trail = 0x40; trail < 0xff; trail += 1) learn(lead, trail);
  return (text) => Buffer.from([...text].flatMap((character) => bytesOf.get(character) ?? []));
}

const western = encoderOf('windows-1252');
const japanese = encoderOf('shift_jis');
const chinese = encoderOf('gb18030');
const wide = (text: string) => Buffer.from(text, 'utf16le');
const wideBigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

const WESTERN = 'sku;désignation;prix\nA-1;Café crème – 10 °C;4,20 €\nA-2;Größe L;3,00 €\nA-3;Señor’s “niño”;2\n';
const JAPANESE = '商品コード,商品名,在庫数\nA-1,コーヒーカップ（青）,12\nA-2,表示ソフト,3\nA-3,能楽の本,4\n';
const HALF_WIDTH = 'ｺｰﾄﾞ,ﾋﾝﾒｲ,ｽｳ\nA-1,ｺｰﾋｰ,12\nA-2,ｶｯﾌﾟ,3\n';
const CHINESE = '商品编码,商品名称,库存数量\nA-1,咖啡杯（蓝色）,12\nA-2,木制台灯,3\n';

test.each([
  ['UTF-8', 'utf-8', Buffer.from(JAPANESE), JAPANESE],
  ['UTF-8 with a mark', 'utf-8', Buffer.from(`\ufeff${WESTERN}`), WESTERN],
  ['UTF-16 with a mark', 'utf-16le', wide(`\ufeff${CHINESE}`), CHINESE],
  ['UTF-16 with a mark, the other order', 'utf-16be', wideBigEndian(`\ufeff${CHINESE}`), CHINESE],
  ['UTF-16 without a mark', 'utf-16le', wide(WESTERN), WESTERN],
  ['UTF-16 without a mark, the other order', 'utf-16be', wideBigEndian(WESTERN), WESTERN],
  ['Chinese in UTF-16 without a mark', 'utf-16le', wide(CHINESE), CHINESE],
  ['Windows-1252', 'windows-1252', western(WESTERN), WESTERN],
  ['Shift-JIS', 'shift_jis', japanese(JAPANESE), JAPANESE],
  ['half-width kana in Shift-JIS', 'shift_jis', japanese(HALF_WIDTH), HALF_WIDTH],
  ['GB18030', 'gb18030', chinese(CHINESE), CHINESE],
])('%s is found out and read', async (_name, encoding, bytes, text) => {
  const { table, cells } = await readTable(bytes);
  expect(table.encoding).toBe(encoding);
  const delimiter = text.includes(';') ? ';' : ',';
  expect(cells).toEqual(text.trimEnd().split('\n').map((line) => line.split(delimiter)));
});

test.each(['Müller', 'São Paulo', 'it’s', '“old” stock', '10 °C', '½ m', 'naïve', 'ÄRGER', '€', 'Łódź'.replace('Ł', 'L'), '5 – 6', 'é'])(
  'a Western file with "%s" as its only word beyond ASCII stays Western',
  async (word) => {
    const text = `sku,name\nA-1,plain\nA-2,${word}\nA-3,plain\n`;
    const { table, cells } = await readTable(Buffer.from([...western(text)]));
    expect([table.encoding, cells[2]]).toEqual(['windows-1252', ['A-2', [...word].map((letter) => (western(letter).length > 0 ? letter : '')).join('')]]);
  },
);

test.each([['shift_jis', japanese('日本'), '日本'], ['shift_jis', japanese('テスト'), 'テスト'], ['gb18030', chinese('上海'), '上海']])(
  'one word in %s is enough',
  async (encoding, word, expected) => {
    const { table, cells } = await readTable(Buffer.concat([Buffer.from('sku,location\nA-1,'), word, Buffer.from('\n')]));
    expect([table.encoding, cells[1]]).toEqual([encoding, ['A-1', expected]]);
  },
);

test('letters beyond ASCII that come late in a large file are found', async () => {
  const plain = Array.from({ length: 40_000 }, (_unused, index) => `SKU-${index},plain name ${index}\n`).join('');
  const { table, cells } = await readTable(Buffer.concat([Buffer.from(`sku,name\n${plain}`), japanese('Z,青いコーヒーカップ\nY,赤\n')]));
  expect([table.encoding, cells.at(-2)]).toEqual(['shift_jis', ['Z', '青いコーヒーカップ']]);
});

test('the encoding that a person names is used', async () => {
  const bytes = japanese('sku,name\nA,ｱｲｳ\n');
  expect((await readTable(bytes, 'a.csv', { encoding: 'windows-1252' })).cells[1]).toEqual(['A', '±²³']);
  expect((await readTable(bytes, 'a.csv', { encoding: 'shift_jis' })).cells[1]).toEqual(['A', 'ｱｲｳ']);
  expect((await readTable(Buffer.from('\ufeffsku,name\nA,é\n'), 'a.csv', { encoding: 'utf-8' })).cells).toEqual([['sku', 'name'], ['A', 'é']]);
});

test('half of a UTF-16 pair comes out as the sign for a lost character, and the row stays', async () => {
  const lone = Buffer.concat([wide('\ufeffsku,name\nA,x'), Buffer.from([0x00, 0xd8]), wide('y\nB,z\n')]);
  expect((await readTable(lone)).cells).toEqual([['sku', 'name'], ['A', 'x\ufffdy'], ['B', 'z']]);
});

test('a UTF-16 file of an odd number of bytes keeps its rows', async () => {
  const cut = Buffer.concat([wide('\ufeffsku,name\nA,x\n'), Buffer.from([0x41])]);
  expect((await readTable(cut)).cells).toEqual([['sku', 'name'], ['A', 'x'], ['\ufffd']]);
});

test.each([
  ['UTF-8', Buffer.from('sku,name\nA,b\u0000c\n')],
  ['UTF-16', wide('\ufeffsku,name\nA,b\u0000c\n')],
])('a NUL in %s is refused by its place', async (_name, bytes) => {
  const refusal = await refusalOf(readTable(bytes));
  expect(refusal.failure).toBe('file_unreadable');
  expect(refusal.message).toMatch(/(byte|character) 13 is NUL/);
});

test('a signature is not taken for text, whatever its name says', async () => {
  for (const [start, what] of [[[0x25, 0x50, 0x44, 0x46], 'PDF'], [[0xd0, 0xcf, 0x11, 0xe0], 'Excel'], [[0x89, 0x50, 0x4e, 0x47], 'PNG']] as const) {
    expect((await refusalOf(readTable(Buffer.from([...start, 0x2d, 0x31])))).message).toContain(what);
  }
});
