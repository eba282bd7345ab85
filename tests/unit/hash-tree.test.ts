import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { HashTree, LeafHashes, leafHash, nodeHash, rootOfPath } from '../../electron/workbook/hash-tree';

/** RFC 6962, section 2.1, word for word. */
function rootByTheBook(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return createHash('sha256').update(Buffer.concat([Buffer.of(0), leaves[0]!])).digest();
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return createHash('sha256').update(Buffer.concat([Buffer.of(1), rootByTheBook(leaves.slice(0, half)), rootByTheBook(leaves.slice(half))])).digest();
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `lines {"stock_key_id":${index}}`);
const treeOf = (leaves: readonly string[]) => {
  const tree = new HashTree();
  for (const leaf of leaves) tree.add(leaf);
  return tree;
};

/** Inputs and roots of the reference implementation's own tests (google/certificate-transparency, merkletree). */
const REFERENCE_INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const REFERENCE_ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the hash tree', () => {
  test('has the roots that RFC 6962 gives, for every number of leaves', () => {
    for (let count = 0; count <= 70; count += 1) {
      const leaves = texts(count);
      expect(treeOf(leaves)).toMatchObject({ leaves: count, root: rootByTheBook(leaves.map((leaf) => Buffer.from(leaf))).toString('hex') });
    }
  });

  test('has the roots of the reference implementation', () => {
    // Its inputs that are plain text: one empty leaf, then one of a zero byte, and so on.
    const leaves = REFERENCE_INPUTS.map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
    expect(REFERENCE_ROOTS.map((_, index) => treeOf(leaves.slice(0, index + 1)).root)).toEqual(REFERENCE_ROOTS);
  });

  test('proves any leaf by a path of one hash per level, and nothing else by it', () => {
    for (const count of [1, 2, 3, 7, 8, 9, 1025]) {
      const leaves = texts(count);
      const hashes = new LeafHashes();
      for (const leaf of leaves) hashes.add(leaf);
      const { root } = treeOf(leaves);
      for (const index of new Set([0, 1, Math.floor(count / 2), count - 2, count - 1].filter((each) => each >= 0 && each < count))) {
        const path = hashes.pathOf(index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
        expect(rootOfPath(leaves[index]!, path)).toBe(root);
        expect(rootOfPath(`${leaves[index]!} `, path)).not.toBe(root);
        if (path.length > 0) expect(rootOfPath(leaves[index]!, path.slice(1))).not.toBe(root);
      }
    }
    expect(() => new LeafHashes().pathOf(0)).toThrow('there is no leaf 0 of 0');
  });

  test('a node is never taken for a leaf', () => {
    const [left, right] = [leafHash('a'), leafHash('b')];
    expect(leafHash(Buffer.concat([left, right]).toString('latin1')).equals(nodeHash(left, right))).toBe(false);
    expect(createHash('sha256').update(Buffer.concat([left, right])).digest().equals(nodeHash(left, right))).toBe(false);
  });
});
