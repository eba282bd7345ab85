/**
 * The reasons that were given last on this machine: whoever answers twenty lines alike finds the code at the top.
 */
import { recall, remember } from '../../app/settings';

const KEY = 'explain.recentReasons';
const KEPT_MOST = 5;

/** Codes, the last one first. */
export const recentReasons = (): readonly string[] => recall<readonly string[]>(KEY) ?? [];

/** The list after a code was given. */
export const withReason = (recent: readonly string[], code: string): readonly string[] => [code, ...recent.filter((each) => each !== code)].slice(0, KEPT_MOST);

export const rememberReason = (code: string): void => remember(KEY, withReason(recentReasons(), code));
