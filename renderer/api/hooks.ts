/**
 * Calls as React sees them: `useQuery` for what a screen shows, read again when the workbook changes; `useCall` for
 * what a person does, with progress and cancel.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Progress } from '@shared/contract/call';
import type { InputOf, OutcomeOf, OutputOf, WorkbookChannel } from './contract';
import { useConnection } from './session';

/** A refusal as screens show it. */
export interface Refusal {
  readonly failure: string;
  readonly message: string;
}

export interface Query<Value> {
  /** The last answer to this input; stays while it is read again. */
  readonly value: Value | undefined;
  readonly refusal: Refusal | undefined;
  /** A call is under way. */
  readonly loading: boolean;
  readonly reload: () => void;
}

export interface QueryOptions {
  /** Areas whose changes make it read again; all of them where left out. */
  readonly areas?: readonly string[];
  /** Shows the answer to the input before until the new one is there. */
  readonly keepsPrevious?: boolean;
}

interface QueryState<Value> {
  readonly key: string;
  readonly value: Value | undefined;
  readonly refusal: Refusal | undefined;
  /** The reading that this is the answer to; undefined before the first. */
  readonly reading: object | undefined;
}

/**
 * Reads from the workbook.
 *
 * @param input null: nothing is asked yet
 */
export function useQuery<Channel extends WorkbookChannel>(
  channel: Channel,
  input: InputOf<Channel> | null,
  options: QueryOptions = {},
): Query<OutputOf<Channel>> {
  const connection = useConnection();
  const key = input === null ? '' : JSON.stringify(input);
  const [state, setState] = useState<QueryState<OutputOf<Channel>>>({ key: '', value: undefined, refusal: undefined, reading: undefined });
  const [round, setRound] = useState(0);
  const inputNow = useRef(input);
  inputNow.current = input;
  const areas = options.areas?.join(' ');
  // Not a state that the effect sets: held-down keys would fill the window with drawings that wait for each other.
  const reading = useMemo(() => ({ connection, channel, key, round }), [connection, channel, key, round]);

  useEffect(() => {
    const watched = areas === undefined ? undefined : new Set(areas.split(' '));
    return connection.onChanged((changed) => {
      if (!watched || changed.some((area) => watched.has(area))) setRound((current) => current + 1);
    });
  }, [connection, areas]);

  useEffect(() => {
    if (reading.key === '' || inputNow.current === null) return undefined;
    let stale = false;
    void reading.connection.call(reading.channel, inputNow.current).then((outcome: OutcomeOf<Channel>) => {
      if (stale) return;
      setState(
        outcome.ok
          ? { key: reading.key, value: outcome.value as OutputOf<Channel>, refusal: undefined, reading }
          : { key: reading.key, value: undefined, refusal: { failure: outcome.failure, message: outcome.message }, reading },
      );
    });
    return () => {
      stale = true;
    };
  }, [reading]);

  const reload = useCallback(() => setRound((current) => current + 1), []);
  const fits = state.key === key;
  return {
    value: (fits || options.keepsPrevious) && input !== null ? state.value : undefined,
    refusal: fits ? state.refusal : undefined,
    loading: input !== null && state.reading !== reading,
    reload,
  };
}

export interface Call<Channel extends WorkbookChannel> {
  /** Carries it out; resolves with the outcome, which is also kept as `refusal` where it is one. */
  readonly run: (input: InputOf<Channel>) => Promise<OutcomeOf<Channel>>;
  readonly running: boolean;
  readonly progress: Progress | undefined;
  /** When the running call began, epoch milliseconds. */
  readonly startedInstant: number;
  readonly cancel: () => void;
  readonly refusal: Refusal | undefined;
  /** Forgets the refusal. */
  readonly reset: () => void;
}

/** Something a person does; one at a time. */
export function useCall<Channel extends WorkbookChannel>(channel: Channel): Call<Channel> {
  const connection = useConnection();
  const controller = useRef<AbortController | undefined>(undefined);
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress | undefined>(undefined);
  const [startedInstant, setStartedInstant] = useState(0);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);

  const run = useCallback(
    async (input: InputOf<Channel>): Promise<OutcomeOf<Channel>> => {
      const own = new AbortController();
      controller.current = own;
      setRunning(true);
      setProgress(undefined);
      setRefusal(undefined);
      setStartedInstant(Date.now());
      const outcome = await connection.call(channel, input, { onProgress: setProgress, signal: own.signal });
      if (controller.current === own) {
        setRunning(false);
        setProgress(undefined);
        setRefusal(outcome.ok ? undefined : { failure: outcome.failure, message: outcome.message });
      }
      return outcome;
    },
    [connection, channel],
  );
  const cancel = useCallback(() => controller.current?.abort(), []);
  const reset = useCallback(() => setRefusal(undefined), []);
  return { run, running, progress, startedInstant, cancel, refusal, reset };
}
