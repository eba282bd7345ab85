/**
 * How often a PKCS #12 file asks for its pass phrase to be hashed, read before anything is hashed: a file may state any number,
 * and reading one that states milliards would never end.
 *
 * Every place is alike in ASN.1: a number right after an OCTET STRING, the salt (MacData of RFC 7292, 4; PBKDF2-params of
 * RFC 8018, A.2; pkcs-12PbeParams of RFC 7292, C). No such pair has another meaning in these files.
 */

/** Programs of today ask for two thousand to some hundred thousand; this takes seconds. */
export const ITERATIONS_MAX = 10_000_000n;

const TAG = { integer: 0x02, octetString: 0x04, constructedOctetString: 0x24 } as const;
const CONSTRUCTED = 0x20;
const DEPTH_MAX = 40;

interface Node {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Where the next one begins. */
  readonly end: number;
}

/** One value of BER, of a length that is stated or ended by two zero bytes; undefined where there is none. */
function nodeAt(bytes: Uint8Array, start: number, depth: number): Node | undefined {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > DEPTH_MAX) return undefined;
  let from = start + 2;
  if (first === 0x80) {
    let end = from;
    while (bytes[end] !== 0 || bytes[end + 1] !== 0) {
      const inner = nodeAt(bytes, end, depth + 1);
      if (inner === undefined) return undefined;
      end = inner.end;
    }
    return { tag, content: bytes.subarray(from, end), end: end + 2 };
  }
  let length = first;
  if (first > 0x80) {
    const size = first & 0x7f;
    length = bytes.subarray(from, from + size).reduce((sum, byte) => sum * 256 + byte, 0);
    from += size;
  }
  return from + length > bytes.length ? undefined : { tag, content: bytes.subarray(from, from + length), end: from + length };
}

/** Values one after the other; undefined where the bytes are something else. */
function nodesIn(bytes: Uint8Array, depth: number): Node[] | undefined {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length; ) {
    const node = nodeAt(bytes, at, depth);
    if (node === undefined) return undefined;
    nodes.push(node);
    at = node.end;
  }
  return nodes;
}

const isOctets = ({ tag }: Node): boolean => tag === TAG.octetString || tag === TAG.constructedOctetString;

/** The bytes of an OCTET STRING, put together where it comes in pieces. */
const octetsOf = (node: Node, depth: number): Uint8Array =>
  node.tag === TAG.octetString ? node.content : Buffer.concat((nodesIn(node.content, depth) ?? []).map((piece) => octetsOf(piece, depth + 1)));

const numberOf = ({ content }: Node): bigint => BigInt(`0x0${Buffer.from(content).toString('hex')}`);

/**
 * The greatest number of iterations that is stated anywhere in plain view; what lies encrypted is looked at once it is open.
 *
 * @returns 0 where none is stated
 */
export function mostIterations(bytes: Uint8Array, depth = 0): bigint {
  if (depth > DEPTH_MAX) return 0n;
  const nodes = nodesIn(bytes, depth) ?? [];
  let most = 0n;
  for (const [at, node] of nodes.entries()) {
    const before = nodes[at - 1];
    const found =
      node.tag === TAG.integer && before !== undefined && isOctets(before) ? numberOf(node)
      : isOctets(node) ? mostIterations(octetsOf(node, depth), depth + 1)
      : (node.tag & CONSTRUCTED) !== 0 ? mostIterations(node.content, depth + 1)
      : 0n;
    if (found > most) most = found;
  }
  return most;
}
