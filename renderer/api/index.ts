/**
 * The one way from a screen to the rest of the application.
 */
export { pathsOfFiles, shellCall, onShellEvent } from './bridge';
export * from './contract';
export type { CallOptions, WorkbookConnection } from './connection';
export * from './hooks';
export { startSession, useConnection, useKeyStore, useSession, type Session } from './session';
