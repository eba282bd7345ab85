/** SHA-256 as lower-case hexadecimal, over bytes or UTF-8 text. */
import { createHash } from 'node:crypto';

export const sha256Hex = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');
