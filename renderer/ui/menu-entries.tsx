/**
 * The choices of a menu, the same under a button and under the pointer.
 */
import { Menu } from '@base-ui/react/menu';
import { Fragment, type ReactNode } from 'react';
import { classes } from './classes';
import { CheckIcon, type Icon } from './icons';
import { KeyHint } from './key-hint';
import styles from './menu.module.css';
import popupStyles from './popup.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  /** Quiet words at the right. */
  readonly detail?: string;
  /** As the command list writes it, at the right. */
  readonly shortcut?: string | undefined;
  readonly icon?: Icon;
  /** One of several of which one is chosen; with `toggles` a mark of its own that is put on and taken away. */
  readonly checked?: boolean;
  readonly toggles?: boolean;
  readonly disabled?: boolean;
  /** A thin rule stands before it. */
  readonly startsGroup?: boolean;
  readonly onChoose: () => void;
}

const isRadio = (item: MenuItem): boolean => item.checked !== undefined && !item.toggles;

/** Choices of which one is chosen stand together: a screen reader then says which of how many. */
function runsOf(items: readonly MenuItem[]): readonly (readonly MenuItem[])[] {
  const runs: MenuItem[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last && isRadio(item) && !item.startsGroup && isRadio(last[0]!)) last.push(item);
    else runs.push([item]);
  }
  return runs;
}

/** @param mark what stands before the label where the entry has no picture of its own: a tick, or room as wide as one */
function Shown({ item: { icon: Picture, label, detail, shortcut }, mark }: { readonly item: MenuItem; readonly mark?: ReactNode }) {
  return (
    <>
      {mark}
      {Picture ? <Picture size={14} /> : null}
      <span className={popupStyles['label']}>{label}</span>
      {detail ? <span className={popupStyles['detail']}>{detail}</span> : null}
      {shortcut ? <KeyHint keys={shortcut} /> : null}
    </>
  );
}

const CHECK = <CheckIcon size={12} />;

export function MenuEntries({ items }: { readonly items: readonly MenuItem[] }) {
  const props = (item: MenuItem) => ({
    label: item.label,
    disabled: item.disabled === true,
    closeOnClick: true,
    onClick: item.onChoose,
    className: classes(popupStyles['entry'], item.checked && styles['checked']),
  });
  // One entry with a tick or a picture moves its label in: the others stand in line with it.
  const room = items.some((item) => item.icon ?? item.checked !== undefined) ? <span className={styles['mark']} /> : null;
  return runsOf(items).map((run) => {
    const first = run[0]!;
    return (
      <Fragment key={first.key}>
        {first.startsGroup ? <div role="separator" className={styles['rule']} /> : null}
        {isRadio(first) ? (
          <Menu.RadioGroup value={run.find((item) => item.checked)?.key ?? ''}>
            {run.map((item) => (
              <Menu.RadioItem key={item.key} value={item.key} {...props(item)}>
                <Shown item={item} mark={<span className={styles['mark']}><Menu.RadioItemIndicator>{CHECK}</Menu.RadioItemIndicator></span>} />
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        ) : first.checked === undefined ? (
          <Menu.Item {...props(first)}><Shown item={first} mark={first.icon ? null : room} /></Menu.Item>
        ) : (
          <Menu.CheckboxItem checked={first.checked} {...props(first)}>
            <Shown item={first} mark={<span className={styles['mark']}><Menu.CheckboxItemIndicator>{CHECK}</Menu.CheckboxItemIndicator></span>} />
          </Menu.CheckboxItem>
        )}
      </Fragment>
    );
  });
}
