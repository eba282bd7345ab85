/**
 * A shortcut as keys: `Ctrl+K`.
 */
import { Fragment } from 'react';
import { displayShortcut, isMac } from './shortcut';
import styles from './key-hint.module.css';

export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className={styles['keys']}>{displayShortcut(keys, isMac())}</kbd>;
}

/** Shortcuts that do the same: `Ctrl+Shift+Z or Ctrl+Y`. */
export function KeyHints({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((each, index) => (
    <Fragment key={each}>
      {index > 0 ? ' or ' : ''}
      <KeyHint keys={each} />
    </Fragment>
  ));
}
