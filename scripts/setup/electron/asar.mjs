/**
 * Writes a flat asar archive. The stand-in runtime needs one: Electron looks for its start page in `default_app.asar`.
 * Layout: github.com/electron/asar, "Format": a pickled header of JSON, then the files one after the other.
 */

/** @param {number} bytes */
const paddingTo4 = (bytes) => (4 - (bytes % 4)) % 4;

/**
 * @param {Record<string, string>} files text by file name
 * @returns {Buffer}
 */
export function packAsar(files) {
  const contents = Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) }));
  let offset = 0;
  /** @type {Record<string, { size: number, offset: string }>} */
  const entries = {};
  for (const { name, content } of contents) {
    entries[name] = { size: content.length, offset: String(offset) };
    offset += content.length;
  }
  const json = Buffer.from(JSON.stringify({ files: entries }));
  const padding = paddingTo4(json.length);
  const sizes = Buffer.alloc(16);
  sizes.writeUInt32LE(4, 0);
  sizes.writeUInt32LE(json.length + padding + 8, 4);
  sizes.writeUInt32LE(json.length + padding + 4, 8);
  sizes.writeUInt32LE(json.length, 12);
  return Buffer.concat([sizes, json, Buffer.alloc(padding), ...contents.map(({ content }) => content)]);
}
