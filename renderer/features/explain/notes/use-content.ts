/**
 * The bytes of an attachment in the window, and a picture of them. A picture is an address of this window's own memory, given up
 * when nobody looks at it any more.
 */
import { useEffect, useState } from 'react';
import { pixelsOf, shownAs } from '@shared/domain/media-type';
import type { Attachment } from '@shared/domain/notes';
import { useConnection } from '../../../api';

export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer> | undefined;
  /** Of a picture that a window can show. */
  readonly pictureUrl: string | undefined;
  /** Why nothing can be shown; empty where something is. */
  readonly trouble: string;
}

const NOTHING: Content = { bytes: undefined, pictureUrl: undefined, trouble: '' };
/** Four bytes each while it is drawn. */
const PIXELS_MAX = 100_000_000;

/**
 * Reads an attachment.
 *
 * @param wanted false: nothing is read
 * @param afterMs waits so long first, for lines that are only passed by
 */
export function useContent({ attachmentId, mediaType }: Attachment, wanted: boolean, afterMs = 0): Content {
  const connection = useConnection();
  const [content, setContent] = useState<Content>(NOTHING);
  useEffect(() => {
    if (!wanted) return undefined;
    let url: string | undefined;
    let gone = false;
    const read = async () => {
      const outcome = await connection.call('attachments:read', { attachmentId });
      if (gone) return;
      if (!outcome.ok) return setContent({ ...NOTHING, trouble: outcome.message });
      const { bytes } = outcome.value;
      const isPicture = shownAs(mediaType) === 'picture';
      const pixels = isPicture ? pixelsOf(bytes) : undefined;
      if (isPicture && (pixels === undefined || pixels > PIXELS_MAX)) return setContent({ ...NOTHING, bytes, trouble: 'The picture is damaged or too large to be shown here. Save it to open it.' });
      url = isPicture ? URL.createObjectURL(new Blob([bytes], { type: mediaType })) : undefined;
      setContent({ bytes, pictureUrl: url, trouble: '' });
    };
    const timer = setTimeout(() => void read(), afterMs);
    return () => {
      gone = true;
      clearTimeout(timer);
      if (url !== undefined) URL.revokeObjectURL(url);
      setContent(NOTHING);
    };
  }, [connection, attachmentId, mediaType, wanted, afterMs]);
  return content;
}
