import { describe, expect, test } from 'vitest';
import { firstLodgedCode, lodgedCode, readLodgedCode } from '@shared/domain/lodged-code';
import { sha256Hex } from '../../electron/workbook/hash';

const FIGURES = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const read = (typed: string) => {
  const outcome = readLodgedCode(typed);
  return outcome.ok ? outcome.value : outcome.failure;
};

describe('a lodged code', () => {
  test('is 28 characters in groups of four, and stands for the first 125 bits of the root', () => {
    expect(lodgedCode('f'.repeat(64))).toMatch(/^(ZZZZ-){6}Z[0-9A-HJKMNP-TV-Z]{3}$/);
    expect(lodgedCode('0'.repeat(64))).toBe('0000-0000-0000-0000-0000-0000-0000');
    const root = sha256Hex('a seal');
    const code = lodgedCode(root);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    const value = [...code.replaceAll('-', '').slice(0, 25)].reduce((sum, figure) => sum * 32n + BigInt(FIGURES.indexOf(figure)), 0n);
    expect(value.toString(2).padStart(125, '0')).toBe(BigInt(`0x${root}`).toString(2).padStart(256, '0').slice(0, 125));
    expect(lodgedCode(sha256Hex('another'))).not.toBe(code);
  });

  test('is read as people type it: small letters, spaces, no dashes, O for 0, I and L for 1', () => {
    const code = [...Array(400).keys()].map((each) => lodgedCode(sha256Hex(String(each)))).find((each) => each.includes('0') && each.includes('1'))!;
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), ` ${code.replaceAll('-', '  ')}\n`, code.replaceAll('0', 'o').replaceAll('1', 'l'), code.replaceAll('-', '–')])
      expect(read(typed)).toBe(code);
  });

  test('one wrong character, or two neighbours changed about, never pass', () => {
    const bare = lodgedCode(sha256Hex('a seal')).replaceAll('-', '');
    for (let at = 0; at < bare.length; at += 1) {
      for (const figure of FIGURES) {
        if (figure !== bare[at]) expect(read(bare.slice(0, at) + figure + bare.slice(at + 1))).toBe('code_mistyped');
      }
      const other = bare[at + 1];
      if (other !== undefined && other !== bare[at]) expect(read(bare.slice(0, at) + other + bare[at]! + bare.slice(at + 2))).toBe('code_mistyped');
    }
  });

  test('says what is missing, or which character is in none', () => {
    const code = lodgedCode(sha256Hex('a seal'));
    expect(readLodgedCode(code.slice(0, -1))).toMatchObject({ failure: 'code_incomplete', message: 'A lodged code has 28 characters in groups of four; this one has 27. Enter all of it.' });
    expect(readLodgedCode(`${code.slice(0, -1)}U`)).toMatchObject({ failure: 'code_mistyped', message: expect.stringContaining('“U” is in no lodged code') });
    expect(read('')).toBe('code_incomplete');
  });

  test('of a seal of the first format is read too', () => {
    const root = sha256Hex('an older seal');
    expect(firstLodgedCode(root)).toBe(root.slice(0, 20).toUpperCase().match(/.{4}/g)!.join('-'));
    expect(read(firstLodgedCode(root).toLowerCase())).toBe(firstLodgedCode(root));
  });
});
