/**
 * The statement of a change that is still being put together: asked for anew a moment after each keystroke and whenever the
 * workbook changes; one that is not wanted any more is stopped.
 */
import { useEffect, useState } from 'react';
import type { BulkRequest, BulkStatement } from '@shared/domain/bulk';
import { useConnection } from '../../../api';

const REST_MS = 200;

export interface ShownStatement {
  /** The last statement; while another is worked out it is not `isCurrent`. */
  readonly statement: BulkStatement | undefined;
  readonly refusal: string;
  /** It is of the change and the lines as they stand in the form now. */
  readonly isCurrent: boolean;
}

/** @param request undefined where nothing is asked yet */
export function useBulkStatement(request: BulkRequest | undefined): ShownStatement {
  const connection = useConnection();
  const key = request === undefined ? '' : JSON.stringify(request);
  const [round, setRound] = useState(0);
  const [read, setRead] = useState<{ readonly key: string; readonly statement: BulkStatement | undefined; readonly refusal: string }>({ key: '', statement: undefined, refusal: '' });
  useEffect(() => connection.onChanged(() => setRound((current) => current + 1)), [connection]);
  useEffect(() => {
    if (key === '') return undefined;
    const wanted = new AbortController();
    const timer = setTimeout(() => {
      void connection.call('tags:planBulk', JSON.parse(key) as BulkRequest, { signal: wanted.signal }).then((outcome) => {
        if (wanted.signal.aborted) return;
        setRead(outcome.ok ? { key, statement: outcome.value, refusal: '' } : { key, statement: undefined, refusal: outcome.message });
      });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      wanted.abort();
    };
  }, [connection, key, round]);
  const isCurrent = key !== '' && read.key === key;
  return { statement: key === '' ? undefined : read.statement, refusal: isCurrent ? read.refusal : '', isCurrent };
}
