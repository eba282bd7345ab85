/** What the frame, the grid and the lists of the window are made of. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { CommandRegistry } from '../../renderer/app/command-registry';
import { initialsOf } from '../../renderer/app/initials';
import { nextPeriodCode, parseWindowHours } from '../../renderer/app/period-codes';
import { KEPT, UndoStack } from '../../renderer/app/undo-stack';
import { copiedCell, editableOf, type GridColumn } from '../../renderer/grid/columns';
import { averageOf, sumsOf } from '../../renderer/grid/model/exact-sums';
import { changeLabel, completeChange } from '../../renderer/features/explain/change-words';
import { reasonEntries } from '../../renderer/features/explain/line-columns';
import { withReason } from '../../renderer/features/explain/recent-reasons';
import type { ReasonCode } from '../../shared/contract/tags';
import { selectionStatus } from '../../renderer/features/explain/selection-status';
import { tagChangeOf } from '../../renderer/features/explain/tag-change';
import { filterFor, NOT_NARROWED, orderFor, viewOf } from '../../renderer/features/explain/views';
import { searchEntries } from '../../renderer/ui/search';
import { displayShortcut, matchesShortcut } from '../../renderer/ui/shortcut';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held,
});

describe('shortcuts', () => {
  test('the command key is Ctrl, and Cmd on a Mac', () => {
    expect(matchesShortcut(press('k', { ctrlKey: true }), 'CmdOrCtrl+K', false)).toBe(true);
    expect(matchesShortcut(press('k', { metaKey: true }), 'CmdOrCtrl+K', true)).toBe(true);
    expect(matchesShortcut(press('k', { metaKey: true }), 'CmdOrCtrl+K', false)).toBe(false);
    expect(matchesShortcut(press('k'), 'CmdOrCtrl+K', false)).toBe(false);
  });

  test('Shift tells undo from redo', () => {
    expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'CmdOrCtrl+Z', false)).toBe(false);
    expect(matchesShortcut(press('Z', { ctrlKey: true, shiftKey: true }), 'CmdOrCtrl+Shift+Z', false)).toBe(true);
  });

  test('the question mark is the same wherever the keyboard has it', () => {
    expect(matchesShortcut(press('?', { shiftKey: true }), 'Shift+/', false)).toBe(true);
    expect(matchesShortcut(press('?'), 'Shift+/', false)).toBe(true);
    expect(matchesShortcut(press('/'), 'Shift+/', false)).toBe(false);
  });

  test('larger is the plus, with or without Shift, and not what types one', () => {
    expect(matchesShortcut(press('+', { ctrlKey: true, shiftKey: true }), 'CmdOrCtrl+Plus', false)).toBe(true);
    expect(matchesShortcut(press('=', { ctrlKey: true }), 'CmdOrCtrl+Plus', false)).toBe(true);
    expect(matchesShortcut(press('+'), 'CmdOrCtrl+Plus', false)).toBe(false);
    expect(matchesShortcut(press(',', { ctrlKey: true }), 'CmdOrCtrl+,', false)).toBe(true);
  });

  test('arrows are matched by name and shown as arrows', () => {
    expect(matchesShortcut(press('ArrowDown', { altKey: true }), 'Alt+Down', false)).toBe(true);
    expect(displayShortcut('Alt+Down', false)).toBe('Alt+↓');
    expect(displayShortcut('CmdOrCtrl+Shift+Z', true)).toBe('⌘⇧Z');
    expect(displayShortcut('Shift+/', false)).toBe('?');
  });
});

describe('the command registry', () => {
  test('the newest lender carries a command out, and the one before when it has gone', () => {
    const registry = new CommandRegistry();
    const ran: string[] = [];
    registry.add({ 'edit.undo': { run: () => ran.push('frame') } });
    const giveBack = registry.add({ 'edit.undo': { run: () => ran.push('screen') } });
    registry.run('edit.undo');
    giveBack();
    registry.run('edit.undo');
    expect(ran).toEqual(['screen', 'frame']);
  });

  test('a screen carries out what the frame lends too, also where the frame came later', () => {
    const registry = new CommandRegistry();
    const ran: string[] = [];
    const giveBack = registry.add({ 'explain.nextException': { run: () => ran.push('screen') } });
    registry.add({ 'explain.nextException': { run: () => ran.push('frame') } }, true);
    registry.run('explain.nextException');
    giveBack();
    registry.run('explain.nextException');
    expect(ran).toEqual(['screen', 'frame']);
  });

  test('what nobody lends, or what is off, is not carried out', () => {
    const registry = new CommandRegistry();
    registry.add({ 'edit.redo': { run: () => expect.unreachable(), enabled: false } });
    expect(registry.run('edit.redo')).toBe(false);
    expect(registry.run('edit.undo')).toBe(false);
    expect(registry.enabled).toEqual([]);
  });

  test('what cannot be used says why: in the lender’s words, by what is missing, or by where it is', () => {
    const registry = new CommandRegistry();
    expect(registry.whyNot('report.save')).toBe('needs a workbook');
    registry.add({ 'file.close': { run: () => undefined } });
    expect(registry.whyNot('report.save')).toBe('in Reports');
    registry.add({ 'view.switchPane': { run: () => undefined, enabled: false, whyNot: 'the pane is hidden' } });
    expect(registry.whyNot('view.switchPane')).toBe('the pane is hidden');
    expect(registry.whyNot('file.close')).toBe('');
  });

  test('listeners hear only of a change of what can be used', () => {
    const registry = new CommandRegistry();
    let heard = 0;
    registry.subscribe(() => (heard += 1));
    const giveBack = registry.add({ 'view.palette': { run: () => undefined } });
    registry.add({ 'view.palette': { run: () => undefined } });
    giveBack();
    expect(heard).toBe(1);
    expect(registry.enabled).toEqual(['view.palette']);
  });

  test('a text field keeps its own undo and its question marks', () => {
    const registry = new CommandRegistry();
    registry.add({ 'edit.undo': { run: () => undefined }, 'help.shortcuts': { run: () => undefined }, 'view.palette': { run: () => undefined } });
    const undo = press('z', { ctrlKey: true });
    expect(registry.commandFor(undo, false, false)).toBe('edit.undo');
    expect(registry.commandFor(undo, true, false)).toBeUndefined();
    expect(registry.commandFor(press('?'), true, false)).toBeUndefined();
    expect(registry.commandFor(press('?'), false, false)).toBe('help.shortcuts');
    expect(registry.commandFor(press('k', { ctrlKey: true }), true, false)).toBe('view.palette');
  });
});

describe('the undo stack', () => {
  /** Each step back is a change of its own, with a token of its own. */
  const counting = () => {
    let next = 100;
    return async () => (next += 1);
  };

  test('undo and redo go back and forth with the newest token', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    stack.record({ label: 'second', token: 2 });
    const takeBack = counting();
    expect(await stack.undo(takeBack)).toEqual({ label: 'second', token: 2 });
    expect(stack.lastUndone?.label).toBe('second');
    expect(await stack.redo(takeBack)).toEqual({ label: 'second', token: 101 });
    expect(await stack.undo(takeBack)).toEqual({ label: 'second', token: 102 });
    expect(await stack.undo(takeBack)).toEqual({ label: 'first', token: 1 });
    expect(await stack.undo(takeBack)).toBeUndefined();
  });

  test('something new forgets what had been undone', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    await stack.undo(counting());
    stack.record({ label: 'other', token: 2 });
    expect(stack.lastUndone?.label).toBeUndefined();
  });

  test('something new that is done while another is taken back leaves nothing to make again', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    const undone = await stack.undo(async () => {
      stack.record({ label: 'second', token: 2 });
      return 3;
    });
    expect(undone?.label).toBe('first');
    expect(stack.lastDone?.label).toBe('second');
    expect(stack.lastUndone?.label).toBeUndefined();
  });

  test('a refused undo does not block those before it', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    stack.record({ label: 'second', token: 2 });
    expect(await stack.undo(async () => undefined)).toBeUndefined();
    expect(stack.lastDone?.label).toBe('first');
    expect(stack.lastUndone?.label).toBeUndefined();
  });

  test('an undo that was stopped can be asked for again', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    expect(await stack.undo(async () => KEPT)).toBeUndefined();
    expect(stack.lastDone?.label).toBe('first');
    expect(await stack.undo(counting())).toEqual({ label: 'first', token: 1 });
  });

  test('two at once take a change back only once', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    const taken: number[] = [];
    const takeBack = async (token: number) => {
      taken.push(token);
      return token;
    };
    await Promise.all([stack.undo(takeBack), stack.undo(takeBack)]);
    expect(taken).toEqual([1]);
  });

  test('an undo asked while a change is being saved waits for it and takes that one back', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    const saved = stack.saving(async () => {
      await setImmediate();
      stack.record({ label: 'fill of 5,000 cells', token: 2 });
      return true;
    });
    expect(stack.isSaving).toBe(true);
    const undone = stack.undo(counting());
    expect(await saved).toBe(true);
    expect(await undone).toEqual({ label: 'fill of 5,000 cells', token: 2 });
    expect(stack.lastDone?.label).toBe('first');
    expect(stack.isSaving).toBe(false);
  });

  test('where that change is refused, the one before it stays', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    const saved = stack.saving(() => setImmediate(false));
    const undone = stack.undo(async () => expect.unreachable());
    expect(await saved).toBe(false);
    expect(await undone).toBeUndefined();
    expect(stack.lastDone?.label).toBe('first');
  });

  test('a redo asked while a change is being saved has nothing left to make again', async () => {
    const stack = new UndoStack<number>();
    stack.record({ label: 'first', token: 1 });
    await stack.undo(counting());
    const saved = stack.saving(async () => {
      await setImmediate();
      stack.record({ label: 'second', token: 2 });
    });
    const again = stack.redo(async () => expect.unreachable());
    await saved;
    expect(await again).toBeUndefined();
    expect(stack.lastDone?.label).toBe('second');
  });
});

describe('searching a list', () => {
  const entries = [
    { key: 'DMG', title: 'DMG Damage not recorded', words: 'Physical' },
    { key: 'SHRINK', title: 'SHRINK Shrinkage', words: 'Physical' },
    { key: 'UOM', title: 'UOM Pack size mixed up', detail: 'posts nothing' },
  ];

  test('by code, by word, in any order', () => {
    expect(searchEntries(entries, 'dmg')[0]!.key).toBe('DMG');
    expect(searchEntries(entries, 'up pack').map((entry) => entry.key)).toEqual(['UOM']);
    expect(searchEntries(entries, 'physical').map((entry) => entry.key)).toEqual(['DMG', 'SHRINK']);
    expect(searchEntries(entries, 'nothing here')).toEqual([]);
  });

  test('a beginning stands before a middle', () => {
    expect(searchEntries(entries, 's').map((entry) => entry.key)[0]).toBe('SHRINK');
  });
});

describe('copying rows', () => {
  const columns: readonly GridColumn<{ sku: string; quantityScaled: number | null }>[] = [
    { id: 'sku', kind: 'text', title: 'SKU', width: 100, value: (row) => row.sku },
    {
      id: 'quantity', kind: 'quantity', title: 'Counted', width: 60,
      value: (row) => row.quantityScaled,
      text: (value) => String(value),
      plainText: (value) => (value === null ? 'unknown' : String(value / 10_000)),
    },
  ];

  test('figures are plain decimals and unknown stays a word', () => {
    const [sku, quantity] = columns as [GridColumn<{ sku: string; quantityScaled: number | null }>, GridColumn<{ sku: string; quantityScaled: number | null }>];
    expect(copiedCell(sku, { sku: 'A', quantityScaled: 0 })).toEqual({ kind: 'text', text: 'A' });
    expect(copiedCell(quantity, { sku: 'A', quantityScaled: -125_000 })).toEqual({ kind: 'figure', decimal: '-12.5' });
    expect(copiedCell(quantity, { sku: 'A', quantityScaled: null })).toEqual({ kind: 'text', text: 'unknown' });
  });
});

describe('what a cell takes', () => {
  interface Row { readonly code: string | null; readonly due: number | null; readonly counted: number | null; readonly note: string }
  const row: Row = { code: null, due: null, counted: 30_000, note: '' };
  const whyFixed = () => undefined;
  const code = editableOf<Row>({ id: 'code', kind: 'choice', title: 'Reason', width: 9, value: (each) => each.code, entries: () => [{ key: 'PHY-SHRINK', title: 'PHY-SHRINK Shrinkage' }], edit: { whyFixed } })!;
  const due = editableOf<Row>({ id: 'due', kind: 'date', title: 'Due', width: 9, value: (each) => each.due, text: String, edit: { whyFixed, dayOf: (instant) => new Date(instant).toISOString().slice(0, 10) } })!;
  const counted = editableOf<Row>({ id: 'counted', kind: 'quantity', title: 'Counted', width: 9, value: (each) => each.counted, text: String, plainText: (value) => String(Number(value) / 10_000), edit: { whyFixed, whyNot: (scaled) => (scaled < 0 ? 'A count is 0 or more.' : undefined) } })!;
  const note = editableOf<Row>({ id: 'note', kind: 'text', title: 'Note', width: 9, value: (each) => each.note, edit: { whyFixed, longest: 5 } })!;

  test('a reason by its code in any case or by what the list shows, and no other text', () => {
    expect([code.take('phy-shrink', row), code.take('PHY-SHRINK Shrinkage', row), code.take(' ', row)]).toEqual(['PHY-SHRINK', 'PHY-SHRINK', null].map((value) => ({ ok: true, value })));
    expect(code.take('PHY', row)).toEqual({ ok: false, why: '“PHY” is no reason. Choose one from the list.' });
  });

  test('a day in the ways that can only mean one', () => {
    expect(['2026-11-05', '5 Nov 2026', 'November 5, 2026', '5.11.2026'].map((text) => due.take(text, row))).toEqual(Array(4).fill({ ok: true, value: '2026-11-05' }));
    expect(['5/11/2026', '2026-02-30', 'soon'].map((text) => due.take(text, row).ok)).toEqual([false, false, false]);
    expect(due.value({ ...row, due: Date.UTC(2026, 10, 5) })).toBe('2026-11-05');
  });

  test('a quantity as a figure or a sum, worked out exactly', () => {
    expect(counted.take('12*4+3', row)).toEqual({ ok: true, value: '51' });
    expect(counted.take('10/3', row).ok).toBe(false);
    expect(['(12)', '(1,200)', '-12'].map((text) => counted.take(text, row))).toEqual(Array(3).fill({ ok: false, why: 'A count is 0 or more.' }));
    expect(counted.value(row)).toBe('3');
  });

  test('a note up to its length; a column without a rule takes nothing', () => {
    expect(note.take('12345', row)).toEqual({ ok: true, value: '12345' });
    expect(note.take('123456', row)).toEqual({ ok: false, why: 'At most 5 signs; this has 6.' });
    expect(editableOf<Row>({ id: 'note', kind: 'text', title: 'Note', width: 9, value: (each) => each.note })).toBeUndefined();
  });
});

describe('views of the lines', () => {
  test('a view is narrowed by what a person chose', () => {
    expect(filterFor(viewOf('open'), { ...NOT_NARROWED, classes: ['physical', 'timing'], owner: 'warehouse' }, '')).toEqual({
      statuses: ['open'], classes: ['timing', 'physical'], owners: ['warehouse'],
    });
  });

  test('a text to find looks through the whole period', () => {
    expect(filterFor(viewOf('open'), NOT_NARROWED, ' mug ')).toEqual({ text: 'mug' });
  });

  test('a person’s own order goes before the view’s, as far as the workbook can sort by it', () => {
    expect(orderFor(viewOf('open'), [])).toEqual([{ column: 'priority', direction: 'desc' }]);
    expect(orderFor(viewOf('open'), [{ column: 'sku', direction: 'asc' }, { column: 'nonsense', direction: 'asc' }])).toEqual([{ column: 'sku', direction: 'asc' }]);
  });

  test('the status bar says the exact figures of a selection, and how many nobody knows', () => {
    const said = (figures: Parameters<typeof selectionStatus>[0]) => selectionStatus(figures, 'USD').map(({ label, value }) => `${label} ${value}`);
    const quantity = sumsOf([10_000, -25_000, null]);
    expect(said({ rows: 3, cells: 3, quantity, money: undefined, isReading: false })).toEqual([
      'selected 3 cells in 3 rows', 'sum −1.5, 1 unknown', 'average −0.75', 'count 2', 'min −2.5', 'max 1',
    ]);
    expect(said({ rows: 2, cells: 2, quantity: undefined, money: sumsOf([100, 5]), isReading: false })).toContain('sum USD 1.05');
    expect(said({ rows: 1, cells: 1, quantity, money: undefined, isReading: false })).toEqual([]);
    expect(averageOf(sumsOf([100, 5]), 2)).toBe(5250n);
  });
});

describe('reasons to choose from', () => {
  const code = (name: string, causes: readonly string[], of: 'physical' | 'timing'): ReasonCode => ({ code: name, name, class: of, defaultOwner: 'warehouse', posting: 'none', offsetAccount: null, causes: [...causes], nextStep: '' });
  const codes = [code('TIM', [], 'timing'), code('PHY', [], 'physical'), code('FITS', ['residual'], 'timing'), code('LAST', [], 'timing')];

  test('what fits the cause comes first, then what was given last, then the class', () => {
    const order = (recent: readonly string[]) => reasonEntries(codes, { cause: 'residual', class: 'physical' }, recent).map(({ key }) => key);
    expect(order([])).toEqual(['FITS', 'PHY', 'TIM', 'LAST']);
    expect(order(['LAST', 'TIM'])).toEqual(['FITS', 'LAST', 'TIM', 'PHY']);
  });

  test('a code that is given again goes to the top of the last ones, which are few', () => {
    expect(withReason(['A', 'B', 'C', 'D', 'E'], 'C')).toEqual(['C', 'A', 'B', 'D', 'E']);
    expect(withReason(['A', 'B', 'C', 'D', 'E'], 'F')).toEqual(['F', 'A', 'B', 'C', 'D']);
  });
});

describe('changes of lines', () => {
  test('edits of a line are one change of its tag; an emptied cell empties its field', () => {
    const edit = (column: string, after: string | null) => ({ column, after });
    expect(tagChangeOf([edit('reasonCode', 'PHY-SHRINK'), edit('owner', null), edit('note', null)], 'UTC')).toEqual({ reason: 'PHY-SHRINK', owner: null, note: '' });
    expect(tagChangeOf([edit('dueInstant', '2026-11-05')], 'America/Los_Angeles')).toEqual({ dueInstant: Date.parse('2026-11-06T07:59:59Z') });
    expect(tagChangeOf([edit('dueInstant', null)], 'UTC')).toEqual({ dueInstant: null });
  });

  test('a reason takes the proposed owner along, never against a person’s word', () => {
    expect(completeChange({ reason: 'SHRINK' }, { owner: null, suggestedOwner: 'warehouse' })).toEqual({ reason: 'SHRINK', owner: 'warehouse' });
    expect(completeChange({ reason: 'SHRINK' }, { owner: 'finance', suggestedOwner: 'warehouse' })).toEqual({ reason: 'SHRINK' });
    expect(completeChange({ reason: null }, { owner: null, suggestedOwner: 'warehouse' })).toEqual({ reason: null });
    expect(completeChange({ note: 'seen' }, { owner: null, suggestedOwner: 'warehouse' })).toEqual({ note: 'seen' });
  });

  test('a change is named by its field and its line, or how many', () => {
    expect(changeLabel({ reason: 'X' }, [{ sku: 'MUG', location: 'Reno' }])).toBe('Reason of MUG at Reno');
    expect(changeLabel({ owner: null }, [{ sku: 'A', location: 'B' }, { sku: 'C', location: 'D' }])).toBe('Owner of 2 lines');
  });
});

test('a period follows the one before, over the year too', () => {
  expect(nextPeriodCode('2026-12')).toBe('2027-01');
  expect(nextPeriodCode('2026-09')).toBe('2026-10');
});

test('a window is a whole number of hours up to a month', () => {
  expect(['48', ' 0 ', '744', '745', '-1', '4.5', ''].map(parseWindowHours)).toEqual([48, 0, 744, undefined, undefined, undefined, undefined]);
});

test('initials are the first letters of the first and last name', () => {
  expect(['Rosa Mendes', 'Ida Maria Novak', 'Theo'].map(initialsOf)).toEqual(['RM', 'IN', 'T']);
});
