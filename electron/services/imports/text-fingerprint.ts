/**
 * A number that equal texts share and different ones hardly ever do: a cheap first look at millions of rows. What it
 * finds is confirmed against what was written.
 */

/** 53 bits from two multiplicative hashes over the text's code units. */
export function textFingerprint(text: string): number {
  let one = 0x811c_9dc5;
  let other = 0x2545_f491;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 0x0100_0193);
    other = Math.imul(other + code, 0x85eb_ca6b) ^ (other >>> 13);
  }
  return (one >>> 0) * 0x20_0000 + ((other ^ (other >>> 11)) & 0x1f_ffff);
}
