/**
 * The trail page by page: pages are asked for as their rows come into sight and kept until the question changes.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AuditEvent } from '@shared/contract/audit';
import type { AuditFilter } from '@shared/domain/audit-filter';
import { type Refusal, useConnection, type WorkbookConnection } from '../../api';

export const PAGE_EVENTS = 200;

/** The pages that hold the rows from `first` up to `end`, not included. */
export function pagesOf(first: number, end: number): readonly number[] {
  if (end <= first) return [];
  const from = Math.floor(first / PAGE_EVENTS);
  return Array.from({ length: Math.floor((end - 1) / PAGE_EVENTS) - from + 1 }, (_, step) => from + step);
}

export interface AuditPages {
  readonly total: number | undefined;
  /** Of the whole workbook. */
  readonly inAll: number | undefined;
  readonly refusal: Refusal | undefined;
  readonly eventAt: (index: number) => AuditEvent | undefined;
  readonly onRange: (first: number, end: number) => void;
  readonly reload: () => void;
}

/** @param filter the same object as long as it asks the same */
export function useAuditPages(filter: AuditFilter): AuditPages {
  const connection = useConnection();
  const [round, setRound] = useState(0);
  const [, setVersion] = useState(0);
  // A new book of pages for each question: answers to an old one fall into a book that nobody shows any more.
  const book = useMemo(
    () => new PageBook(connection, filter, () => setVersion((current) => current + 1)),
    [connection, filter, round],
  );
  useEffect(() => connection.onChanged(() => setRound((current) => current + 1)), [connection]);
  useEffect(() => book.ask([0]), [book]);
  const onRange = useCallback((first: number, end: number) => book.ask(pagesOf(first, end)), [book]);
  const reload = useCallback(() => setRound((current) => current + 1), []);
  return { total: book.total, inAll: book.inAll, refusal: book.refusal, eventAt: (index) => book.eventAt(index), onRange, reload };
}

class PageBook {
  readonly #pages = new Map<number, readonly AuditEvent[]>();
  readonly #asked = new Set<number>();
  total: number | undefined;
  inAll: number | undefined;
  refusal: Refusal | undefined;

  constructor(
    readonly connection: WorkbookConnection,
    readonly question: AuditFilter,
    readonly changed: () => void,
  ) {}

  eventAt(index: number): AuditEvent | undefined {
    return this.#pages.get(Math.floor(index / PAGE_EVENTS))?.[index % PAGE_EVENTS];
  }

  ask(pages: readonly number[]): void {
    for (const page of pages) {
      if (this.#asked.has(page)) continue;
      this.#asked.add(page);
      void this.#read(page);
    }
  }

  async #read(page: number): Promise<void> {
    const outcome = await this.connection.call('audit:page', {
      offset: page * PAGE_EVENTS,
      limit: PAGE_EVENTS,
      ...this.question,
    });
    if (outcome.ok) {
      this.#pages.set(page, outcome.value.events);
      this.total = outcome.value.total;
      this.inAll = outcome.value.inAll;
    } else {
      this.#asked.delete(page);
      this.refusal = outcome;
    }
    this.changed();
  }
}
