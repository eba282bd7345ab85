/**
 * Files as the desktop hands them to the window: dropped, from the clipboard, chosen. Those that lie somewhere go by their path,
 * a picture out of a program goes with its bytes.
 */
import type { GivenFile } from '@shared/domain/notes';
import { pathsOfFiles } from '../../../api';
import { instantText } from '../../../ui';

export async function givenFiles(files: readonly File[], namePasted: (file: File) => string = ({ name }) => name): Promise<readonly GivenFile[]> {
  return Promise.all(
    files.map(async (file): Promise<GivenFile> => {
      const [path] = pathsOfFiles([file]);
      return path === undefined ? { name: namePasted(file), bytes: new Uint8Array(await file.arrayBuffer()) } : { path };
    }),
  );
}

/** What a program calls every picture that it puts on the clipboard. */
const NAMELESS = /^image\.(png|jpe?g|gif|webp)$/;

/** A pasted picture without a name is called by when it was pasted. */
export const pastedName = ({ name }: File, instant: number, timeZone: string): string => {
  const nameless = NAMELESS.exec(name);
  return nameless ? `Picture pasted ${instantText(instant, timeZone).replaceAll(':', '.')}.${nameless[1]}` : name;
};

/** The files of a paste. Where the clipboard has words as well, they are what is pasted: a spreadsheet puts a picture of its cells beside them. */
export function pastedFiles(clipboard: Pick<DataTransfer, 'types' | 'files'> | null): readonly File[] {
  return clipboard === null || clipboard.types.includes('text/plain') ? [] : [...clipboard.files];
}
