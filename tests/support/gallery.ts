/**
 * The pictures of every screen on one page, to be looked at side by side.
 */
import fs from 'node:fs';
import path from 'node:path';

export interface GalleryPicture {
  readonly name: string;
  readonly theme: string;
  readonly size: string;
  /** From the page's folder. */
  readonly file: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Writes `index.html` into the folder: one row of pictures per screen, in the order of the walk. */
export function writeGalleryPage(folder: string, pictures: readonly GalleryPicture[]): void {
  const figure = ({ name, theme, size, file }: GalleryPicture) =>
    `<figure><a href="${escaped(file)}"><img loading="lazy" src="${escaped(file)}" alt="${escaped(`${name}, ${theme}, ${size}`)}"></a><figcaption>${theme}, ${size}</figcaption></figure>`;
  const rows = [...new Set(pictures.map(({ name }) => name))].map(
    (each) => `<section id="${escaped(each)}"><h2>${escaped(each)}</h2>${pictures.filter(({ name }) => name === each).map(figure).join('')}</section>`,
  );
  const style = 'body{font:13px system-ui;margin:24px;background:#888}section{display:flex;flex-wrap:wrap;gap:12px;margin-bottom:32px}h2{flex-basis:100%;margin:0;font-size:15px}figure{margin:0}img{width:640px;display:block}';
  fs.writeFileSync(path.join(folder, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Every screen</title><style>${style}</style>\n${rows.join('\n')}\n`);
}
