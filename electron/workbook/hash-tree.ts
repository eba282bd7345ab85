/**
 * The Merkle tree of RFC 6962 (section 2.1): a leaf's hash and a node's begin with different bytes, so that neither can be
 * passed off as the other, and one leaf is proved by a path of one hash per level.
 *
 * https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */
import { createHash } from 'node:crypto';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
const HASH_BYTES = 32;

/** SHA-256 over a zero byte and the text. */
export const leafHash = (text: string): Buffer => createHash('sha256').update(LEAF).update(text, 'utf8').digest();

/** SHA-256 over a one byte and both children. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => createHash('sha256').update(NODE).update(left).update(right).digest();

/** What stands beside the way from a leaf to the root, and on which side. */
export interface PathStep {
  readonly side: 'left' | 'right';
  /** Hexadecimal. */
  readonly hash: string;
}

/** Takes leaves one after another and knows the root of those taken; keeps one hash per level. */
export class HashTree {
  /** Roots of whole subtrees, the largest first; no two of one height. */
  readonly #whole: { readonly height: number; readonly hash: Buffer }[] = [];
  #leaves = 0;

  add(leaf: string): void {
    let height = 0;
    let hash = leafHash(leaf);
    this.#leaves += 1;
    while (this.#whole.at(-1)?.height === height) {
      hash = nodeHash(this.#whole.pop()!.hash, hash);
      height += 1;
    }
    this.#whole.push({ height, hash });
  }

  get leaves(): number {
    return this.#leaves;
  }

  /** Hexadecimal. Of no leaves it is the hash of nothing. */
  get root(): string {
    if (this.#whole.length === 0) return createHash('sha256').digest('hex');
    return this.#whole.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right)).toString('hex');
  }
}

/** The largest power of two below a number of leaves: where the tree over them parts. */
const partAt = (leaves: number): number => 2 ** Math.floor(Math.log2(leaves - 1));

/** The hashes of many leaves, for a path through them. */
export class LeafHashes {
  #bytes = Buffer.alloc(1024 * HASH_BYTES);
  #leaves = 0;

  add(leaf: string): void {
    if (this.#bytes.byteLength === this.#leaves * HASH_BYTES) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.byteLength)]);
    leafHash(leaf).copy(this.#bytes, this.#leaves * HASH_BYTES);
    this.#leaves += 1;
  }

  get leaves(): number {
    return this.#leaves;
  }

  #root(from: number, leaves: number): Buffer {
    if (leaves === 1) return this.#bytes.subarray(from * HASH_BYTES, (from + 1) * HASH_BYTES);
    const left = partAt(leaves);
    return nodeHash(this.#root(from, left), this.#root(from + left, leaves - left));
  }

  /** From the leaf at `index` (from 0) up to the root. */
  pathOf(index: number): PathStep[] {
    if (!(index >= 0 && index < this.#leaves)) throw new Error(`there is no leaf ${index} of ${this.#leaves}`);
    const path: PathStep[] = [];
    let from = 0;
    let leaves = this.#leaves;
    while (leaves > 1) {
      const left = partAt(leaves);
      if (index < from + left) {
        path.push({ side: 'right', hash: this.#root(from + left, leaves - left).toString('hex') });
        leaves = left;
      } else {
        path.push({ side: 'left', hash: this.#root(from, left).toString('hex') });
        from += left;
        leaves -= left;
      }
    }
    return path.reverse();
  }
}

/** The root that a leaf and its path lead to, hexadecimal. */
export const rootOfPath = (leaf: string, path: readonly PathStep[]): string =>
  path
    .reduce((hash, step) => {
      const beside = Buffer.from(step.hash, 'hex');
      return step.side === 'left' ? nodeHash(beside, hash) : nodeHash(hash, beside);
    }, leafHash(leaf))
    .toString('hex');
