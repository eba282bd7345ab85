/**
 * One attachment over the window: a picture, a text, or the words of a mail. Plus, minus and 0 change the size of a picture, Escape goes back.
 *
 * Nothing in an attachment is run, followed or fetched: a picture is drawn as the type its bytes show, everything else is text.
 */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { bytesWords } from '@shared/domain/byte-size';
import { MEDIA_TYPE_WORDS, shownAs } from '@shared/domain/media-type';
import { type Attachment, shownName } from '@shared/domain/notes';
import { Button, countText, CrossIcon, IconButton, MinusIcon, Notice, PlusIcon, QuietBar } from '../../../ui';
import { useSaveOut } from './attachment-list';
import { type MailText, readMail, textOf } from './mail-text';
import { useContent } from './use-content';
import styles from './attachment-viewer.module.css';

const ZOOM_PERCENT = [10, 25, 50, 75, 100, 150, 200, 300, 400, 800];
/** A text is shown up to this many characters. */
const TEXT_MAX = 500_000;

export function AttachmentViewer({ attachment, onClose }: { readonly attachment: Attachment; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const content = useContent(attachment, shownAs(attachment.mediaType) !== 'none');
  const saveOut = useSaveOut();
  /** undefined: as large as fits. */
  const [zoom, setZoom] = useState<number | undefined>(undefined);
  const [fitted, setFitted] = useState(100);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    body.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const isPicture = content.pictureUrl !== undefined;
  const step = (direction: 1 | -1) => {
    const now = zoom ?? fitted;
    setZoom(direction > 0 ? (ZOOM_PERCENT.find((each) => each > now) ?? ZOOM_PERCENT.at(-1)!) : (ZOOM_PERCENT.findLast((each) => each < now) ?? ZOOM_PERCENT[0]!));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of the screen below have no meaning here.
    event.stopPropagation();
    if (!isPicture || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') step(1);
    else if (event.key === '-') step(-1);
    else if (event.key === '0') setZoom(undefined);
    else return;
    event.preventDefault();
  };
  const name = shownName(attachment.fileName);
  return (
    <dialog
      ref={dialog} className={styles['viewer']} aria-label={name} data-testid="attachment-viewer" onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles['head']}>
        <h2>{name}</h2>
        <span className={styles['facts']}>{MEDIA_TYPE_WORDS[attachment.mediaType]}, {bytesWords(attachment.byteLength)}</span>
        {isPicture ? (
          <>
            <IconButton label="Smaller (−)" icon={MinusIcon} onClick={() => step(-1)} />
            <button type="button" className={styles['zoom']} title="As large as fits (0)" onClick={() => setZoom(undefined)}><output aria-live="polite">{zoom ?? fitted} %</output></button>
            <IconButton label="Larger (+)" icon={PlusIcon} onClick={() => step(1)} />
          </>
        ) : null}
        <Button onClick={() => void saveOut(attachment)}>Save</Button>
        <IconButton label="Close (Escape)" icon={CrossIcon} onClick={onClose} />
      </header>
      <div ref={body} className={styles['body']} tabIndex={0} role="group" aria-label={`Content of ${name}`}>
        <QuietBar shown={content.bytes === undefined && content.trouble === '' && shownAs(attachment.mediaType) !== 'none'} />
        {content.trouble ? <div className={styles['message']}><Notice tone="warning" title={content.trouble} /></div> : null}
        {shownAs(attachment.mediaType) === 'none' ? (
          <div className={styles['message']}>
            <Notice tone="info" title={`${attachment.mediaType === 'application/octet-stream' ? 'A file of this kind' : MEDIA_TYPE_WORDS[attachment.mediaType]} is not shown here.`} actions={<Button kind="primary" onClick={() => void saveOut(attachment)}>Save to open it</Button>}>
              It is kept as it came, SHA-256 <span data-selectable>{attachment.sha256}</span>.
            </Notice>
          </div>
        ) : null}
        {content.pictureUrl !== undefined ? <Picture url={content.pictureUrl} name={name} zoom={zoom} onFitted={setFitted} /> : null}
        {content.bytes !== undefined && shownAs(attachment.mediaType) === 'text' ? <PlainText text={textOf(content.bytes)} /> : null}
        {content.bytes !== undefined && shownAs(attachment.mediaType) === 'mail' ? <Mail mail={readMail(content.bytes)} /> : null}
      </div>
    </dialog>
  );
}

interface PictureProps {
  readonly url: string;
  readonly name: string;
  readonly zoom: number | undefined;
  /** Says at which percentage the picture fits the window. */
  readonly onFitted: (percent: number) => void;
}

function Picture({ url, name, zoom, onFitted }: PictureProps) {
  const [own, setOwn] = useState<{ readonly width: number; readonly height: number } | undefined>(undefined);
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const frame = image.current?.parentElement;
    if (!frame || !own) return undefined;
    const fit = () => onFitted(Math.max(1, Math.min(100, Math.floor((100 * frame.clientWidth) / own.width), Math.floor((100 * frame.clientHeight) / own.height))));
    const observer = new ResizeObserver(fit);
    observer.observe(frame);
    return () => observer.disconnect();
  }, [own, onFitted]);
  return (
    <img
      ref={image} src={url} alt={name} draggable={false} className={zoom === undefined ? styles['fitted'] : styles['sized']} width={zoom === undefined || !own ? undefined : Math.round((own.width * zoom) / 100)}
      onLoad={({ currentTarget }) => setOwn({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
    />
  );
}

function PlainText({ text }: { readonly text: string }) {
  return (
    <>
      {text.length > TEXT_MAX ? <p className={styles['note']}>The first {countText(TEXT_MAX)} of {countText(text.length)} characters. Save it to read the whole.</p> : null}
      <pre className={styles['text']} data-selectable>{text.slice(0, TEXT_MAX)}</pre>
    </>
  );
}

function Mail({ mail }: { readonly mail: MailText }) {
  return (
    <>
      <dl className={styles['headers']} data-selectable>
        {mail.headers.map(({ name, value }) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
        {mail.files.length > 0 ? <div><dt>Files in it</dt><dd>{mail.files.map(shownName).join(', ')}</dd></div> : null}
      </dl>
      {mail.isFromHtml ? <p className={styles['note']}>The mail is a web page; these are its words. Save it to see it as it was sent.</p> : null}
      <PlainText text={mail.body} />
    </>
  );
}
