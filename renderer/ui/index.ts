/**
 * The components every screen is made of. They know nothing of inventory, workbooks or calls.
 */
export * from './badge';
export * from './button';
export * from './classes';
export * from './clipboard';
export * from './combobox';
export * from './date';
export * from './empty-state';
export * from './facts';
export * from './field';
export * from './figure';
export * from './icons';
export * from './key-hint';
export * from './menu';
export * from './notice';
export * from './number';
export * from './number-text';
export * from './pane';
export * from './progress';
export * from './progress-bar';
export * from './search';
export * from './shortcut';
export * from './table';
export * from './tabs';
export * from './toolbar';
