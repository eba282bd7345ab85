/**
 * A shortcut as keys: `Ctrl+K`.
 */
import { displayShortcut, isMac } from './shortcut';
import styles from './key-hint.module.css';

export function KeyHint({ keys }: { readonly keys: string }) {
  return <kbd className={styles['keys']}>{displayShortcut(keys, isMac())}</kbd>;
}
