/**
 * What the window may ask, by channel. Types only: nothing of the contract's schemas is bundled.
 */
import type { CallInput, CallOutcome, CallOutput } from '@shared/contract/call';
import type { WorkbookCalls, WorkbookChannel } from '@shared/contract/index';
import type { ShellChannel, ShellContract } from '@shared/contract/shell';

export type { WorkbookChannel };

export type InputOf<Channel extends WorkbookChannel> = CallInput<WorkbookCalls[Channel]>;
export type OutputOf<Channel extends WorkbookChannel> = CallOutput<WorkbookCalls[Channel]>;
export type OutcomeOf<Channel extends WorkbookChannel> = CallOutcome<WorkbookCalls[Channel]>;

export type ShellInputOf<Channel extends ShellChannel> = CallInput<ShellContract[Channel]>;
export type ShellOutcomeOf<Channel extends ShellChannel> = CallOutcome<ShellContract[Channel]>;
