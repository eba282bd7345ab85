/**
 * What happened, with the figures and the next step. Can be copied whole; a refusal is announced at once.
 */
import { type ReactNode, useState } from 'react';
import { Button } from './button';
import { classes } from './classes';
import { copyText as copyToClipboard } from './clipboard';
import { CheckIcon, CopyIcon, type Icon, InfoIcon, LockIcon, UnexplainedIcon, WarningIcon } from './icons';
import styles from './notice.module.css';

export interface NoticeProps {
  readonly tone: 'info' | 'done' | 'warning' | 'error' | 'locked';
  readonly title: string;
  /** Figures and next step in plain sentences. */
  readonly children?: ReactNode;
  /** Buttons for the next step. */
  readonly actions?: ReactNode;
  /** Text for the clipboard; errors always offer it. */
  readonly copyText?: string;
  /** One line high, for strips across the window. */
  readonly strip?: boolean;
}

const NOTICE_ICON: Readonly<Record<NoticeProps['tone'], Icon>> = {
  info: InfoIcon, done: CheckIcon, warning: WarningIcon, error: UnexplainedIcon, locked: LockIcon,
};

export function Notice({ tone, title, children, actions, copyText, strip = false }: NoticeProps) {
  const Picture = NOTICE_ICON[tone];
  return (
    <div className={classes(styles['notice'], styles[tone], strip && styles['strip'])} role={tone === 'error' ? 'alert' : 'status'}>
      <span className={styles['icon']}><Picture /></span>
      <div className={styles['body']} data-selectable>
        <div className={styles['title']}>{title}</div>
        {children ? <div className={styles['text']}>{children}</div> : null}
      </div>
      {actions || copyText !== undefined ? (
        <div className={styles['actions']}>
          {actions}
          {copyText !== undefined ? <CopyButton text={copyText} /> : null}
        </div>
      ) : null}
    </div>
  );
}

/** Puts `text` on the clipboard and says so. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      kind="quiet"
      icon={copied ? CheckIcon : CopyIcon}
      onClick={() => setCopied(copyToClipboard(text))}
      onBlur={() => setCopied(false)}
    >
      {copied ? 'Copied' : label}
    </Button>
  );
}
