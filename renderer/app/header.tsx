/**
 * The top of the window: which workbook, which period, find, commands, who works.
 */
import { useEffect, useRef } from 'react';
import type { OpenWorkbook } from '@shared/contract/shell';
import type { Period, WorkbookInfo } from '@shared/contract/workbook';
import { Badge, classes, countWords, CrossIcon, CommandIcon, IconButton, KeyHint, LockIcon, MarkIcon, MenuButton, type MenuItem, periodName, PlusIcon, SearchIcon, UnlockIcon } from '../ui';
import { commands, useCommands } from './commands';
import { PersonMenu } from './person-menu';
import styles from './header.module.css';

export interface HeaderProps {
  readonly workbook: OpenWorkbook;
  readonly info: WorkbookInfo;
  readonly period: Period | undefined;
  readonly onPeriod: (periodId: number) => void;
  readonly onNewPeriod: () => void;
  /** undefined: the screen finds nothing. */
  readonly findLabel: string | undefined;
  readonly findText: string;
  readonly onFindText: (text: string) => void;
  readonly onPeople: () => void;
}

export function Header(props: HeaderProps) {
  const { workbook, info, period, onPeriod, onNewPeriod, findLabel, findText, onFindText, onPeople } = props;
  const periods: readonly MenuItem[] = [...info.periods]
    .sort((left, right) => (left.code < right.code ? 1 : -1))
    .map((each) => ({
      key: each.code,
      label: periodName(each.code),
      detail: each.state,
      icon: each.state === 'locked' ? LockIcon : UnlockIcon,
      checked: each.periodId === period?.periodId,
      onChoose: () => onPeriod(each.periodId),
    }));
  const newPeriod: MenuItem = {
    key: 'new', label: 'New period', icon: PlusIcon, startsGroup: true, disabled: workbook.readOnly, onChoose: onNewPeriod,
  };
  return (
    <header className={styles['header']}>
      <div className={styles['workbook']} title={workbook.path}>
        <span className={styles['mark']}><MarkIcon size={18} /></span>
        <h1 data-testid="workbook-name">{workbook.name}</h1>
        {workbook.readOnly ? <Badge tone="strong" title={workbook.readOnlyReason}>{workbook.pack ? 'audit pack' : 'read-only'}</Badge> : null}
      </div>
      {period ? (
        <div className={styles['period']}>
          <MenuButton
            label="Period"
            heading={countWords(info.periods.length, 'period')}
            items={[...periods, newPeriod]}
            testId="period-select"
          >
            <span>{periodName(period.code)}</span>
          </MenuButton>
          <span className={classes(styles['state'], period.state === 'locked' && styles['locked'])} data-testid="period-state">
            {period.state === 'locked' ? <LockIcon size={13} /> : null}
            {period.state}
          </span>
        </div>
      ) : null}
      <div className={styles['spacer']} />
      {findLabel ? <FindField label={findLabel} text={findText} onText={onFindText} /> : null}
      <button type="button" className={styles['commands']} onClick={() => commands.run('view.palette')}>
        <CommandIcon size={14} />
        <span>Commands</span>
        <KeyHint keys="CmdOrCtrl+K" />
      </button>
      <PersonMenu actor={info.actor} onPeople={onPeople} />
    </header>
  );
}

function FindField({ label, text, onText }: { readonly label: string; readonly text: string; readonly onText: (text: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useCommands({ 'edit.find': { run: () => input.current?.select() } });
  useEffect(() => () => onText(''), [onText]);
  return (
    <div className={styles['find']} role="search">
      <SearchIcon size={14} />
      <input
        ref={input}
        type="text"
        className={styles['findText']}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) {
            event.stopPropagation();
            onText('');
          }
        }}
      />
      {text ? <IconButton label="Clear" icon={CrossIcon} onClick={() => onText('')} /> : <KeyHint keys="CmdOrCtrl+F" />}
    </div>
  );
}
