/**
 * What a person does with the columns and the view: hide and show, freeze, how close rows stand, save under a name, remove.
 */
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { VIEW_NAME_MOST } from '@shared/domain/saved-view';
import type { Density, GridColumn, GridHandle } from '../../grid';
import { Button, CheckIcon, CrossIcon, IconButton, MenuButton, type MenuItem, PlusIcon } from '../../ui';
import type { LineRow } from './line-row';
import styles from './columns-menu.module.css';

const DENSITY_WORDS: Readonly<Record<Density, string>> = { compact: 'Compact rows', normal: 'Normal rows', roomy: 'Roomy rows' };

export interface ColumnsMenuProps {
  readonly grid: RefObject<GridHandle | null>;
  readonly columns: readonly GridColumn<LineRow>[];
  readonly density: Density;
  readonly onDensity: (density: Density) => void;
  readonly canSave: boolean;
  /** The name of the saved view that is shown; undefined for a ready-made one. */
  readonly savedName: string | undefined;
  readonly onSave: (name: string) => void;
  readonly onRemove: () => void;
}

export function ColumnsMenu({ grid, columns, density, onDensity, canSave, savedName, onSave, onRemove }: ColumnsMenuProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [names, setNames] = useState(false);
  const readHidden = () => setHidden(new Set(grid.current?.layout().flatMap(({ id, isHidden }) => (isHidden ? [id] : []))));
  const relay = (change: (id: string, place: number) => { readonly isHidden?: boolean; readonly isFrozen?: boolean }) => {
    const layout = grid.current?.layout() ?? [];
    grid.current?.setLayout(layout.map((column, place) => ({ ...column, ...change(column.id, place) })));
    readHidden();
  };
  const active = grid.current?.activeColumn();
  const freeze = () => {
    const upTo = (grid.current?.layout() ?? []).findIndex(({ id }) => id === active);
    relay((_id, place) => ({ isFrozen: place <= upTo }));
  };
  const titleOf = (id: string | undefined) => {
    const column = columns.find((each) => each.id === id);
    return column?.name ?? column?.title ?? '';
  };
  const items: readonly MenuItem[] = [
    ...(canSave ? [{ key: 'save', label: savedName === undefined ? 'Save this view under a name' : 'Save this view under another name', icon: PlusIcon, onChoose: () => setNames(true) }] : []),
    ...(canSave && savedName !== undefined
      ? [
          { key: 'again', label: `Save ${savedName} as it is now`, icon: CheckIcon, onChoose: () => onSave(savedName) },
          { key: 'remove', label: `Remove the view ${savedName}`, icon: CrossIcon, onChoose: onRemove },
        ]
      : []),
    { key: 'freeze', label: active === undefined ? 'Freeze columns up to the chosen one' : `Freeze columns up to ${titleOf(active)}`, startsGroup: true, disabled: active === undefined, onChoose: freeze },
    { key: 'free', label: 'Free all columns', onChoose: () => relay(() => ({ isFrozen: false })) },
    ...(Object.keys(DENSITY_WORDS) as Density[]).map((each, place): MenuItem => ({
      key: each, label: DENSITY_WORDS[each], checked: density === each, startsGroup: place === 0, onChoose: () => onDensity(each),
    })),
    ...columns.map((column, place): MenuItem => ({
      key: `column ${column.id}`, label: column.name ?? column.title, checked: !hidden.has(column.id), toggles: true, detail: hidden.has(column.id) ? 'hidden' : '', startsGroup: place === 0,
      onChoose: () => relay((id) => (id === column.id ? { isHidden: !hidden.has(column.id) } : {})),
    })),
  ];
  return (
    <>
      {names ? <NameForm taken={savedName ?? ''} onName={onSave} onClose={() => setNames(false)} /> : null}
      <MenuButton label="Columns and view" align="end" items={items} onOpen={readHidden} testId="columns-menu">Columns</MenuButton>
    </>
  );
}

/** Asks for the name under which the view is saved. */
function NameForm({ taken, onName, onClose }: { readonly taken: string; readonly onName: (name: string) => void; readonly onClose: () => void }) {
  const [name, setName] = useState(taken);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onName(name.trim());
    onClose();
  };
  return (
    <form className={styles['name']} aria-label="Save the view" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <input ref={field} aria-label="Name of the view" placeholder="Name of the view" maxLength={VIEW_NAME_MOST} value={name} onChange={(event) => setName(event.target.value)} />
      <Button type="submit" disabled={name.trim() === ''}>Save</Button>
      <IconButton label="Leave it" icon={CrossIcon} onClick={onClose} />
    </form>
  );
}
