/**
 * The queue of the period that is shown. Queues live as long as the connection to the workbook, not as the screen.
 */
import { useSyncExternalStore } from 'react';
import { useConnection, type WorkbookConnection } from '../../api';
import { ImportQueue, type QueueState } from './import-queue';

const queues = new WeakMap<WorkbookConnection, Map<number, ImportQueue>>();

function queueOf(connection: WorkbookConnection, periodId: number): ImportQueue {
  const ofConnection = queues.get(connection) ?? new Map<number, ImportQueue>();
  queues.set(connection, ofConnection);
  const queue = ofConnection.get(periodId) ?? new ImportQueue(connection, periodId);
  ofConnection.set(periodId, queue);
  return queue;
}

export function useImportQueue(periodId: number): { readonly queue: ImportQueue; readonly state: QueueState } {
  const queue = queueOf(useConnection(), periodId);
  const state = useSyncExternalStore(queue.subscribe, () => queue.state);
  return { queue, state };
}
