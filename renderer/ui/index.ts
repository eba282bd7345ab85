/**
 * The components every screen is made of. They know nothing of inventory, workbooks or calls.
 */
export * from './badge';
export * from './button';
export * from './check-list';
export * from './classes';
export * from './clipboard';
export * from './combobox';
export * from './combobox-field';
export * from './date';
export * from './desk';
export * from './drop-zone';
export * from './empty-state';
export * from './facts';
export * from './field';
export * from './figure';
export * from './icons';
export * from './key-hint';
export * from './ledger-table';
export * from './local-time';
export * from './lookup-field';
export * from './menu';
export * from './notice';
export * from './number';
export * from './number-text';
export * from './pane';
export * from './pick-list';
export * from './progress';
export * from './progress-bar';
export * from './row-window';
export * from './search';
export * from './shortcut';
export * from './sign-form';
export * from './table';
export * from './tabs';
export * from './toolbar';
