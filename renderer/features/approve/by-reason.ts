/**
 * Tagged lines summed by reason: how many, and what they are worth at unit cost.
 */
import { useEffect, useState } from 'react';
import type { LineColumns } from '@shared/domain/lines';
import { useConnection } from '../../api';

export interface ReasonSum {
  readonly reasonCode: string;
  readonly lines: number;
  /** Absolute, as in the header strip. */
  readonly valueMinor: number;
  /** Lines whose value is unknown because no unit cost is. */
  readonly linesWithoutCost: number;
}

type ReasonColumns = Pick<LineColumns, 'reasonCode' | 'valueMinor'>;

/** Adds pages of lines up, by reason code in alphabetical order. @throws where a sum passes the largest exact integer */
export function sumByReason(pages: readonly ReasonColumns[]): readonly ReasonSum[] {
  const sums = new Map<string, { lines: number; valueMinor: bigint; linesWithoutCost: number }>();
  for (const { reasonCode, valueMinor } of pages) {
    reasonCode.forEach((code, index) => {
      const value = valueMinor[index] ?? null;
      const sum = sums.get(code ?? '') ?? { lines: 0, valueMinor: 0n, linesWithoutCost: 0 };
      sums.set(code ?? '', {
        lines: sum.lines + 1,
        valueMinor: sum.valueMinor + BigInt(Math.abs(value ?? 0)),
        linesWithoutCost: sum.linesWithoutCost + (value === null ? 1 : 0),
      });
    });
  }
  return [...sums]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([reasonCode, sum]) => {
      const valueMinor = Number(sum.valueMinor);
      if (!Number.isSafeInteger(valueMinor)) throw new Error(`the value of ${reasonCode} does not fit`);
      return { reasonCode, lines: sum.lines, valueMinor, linesWithoutCost: sum.linesWithoutCost };
    });
}

const PAGE_LINES = 5000;

/** The sums for every tagged line of the period; undefined until all pages are read. */
export function useTaggedByReason(periodId: number): readonly ReasonSum[] | undefined {
  const connection = useConnection();
  const [sums, setSums] = useState<readonly ReasonSum[] | undefined>(undefined);
  const [round, setRound] = useState(0);
  useEffect(() => connection.onChanged(() => setRound((current) => current + 1)), [connection]);
  useEffect(() => {
    let stale = false;
    const read = async () => {
      const pages: ReasonColumns[] = [];
      for (let offset = 0, total = 1; offset < total; offset += PAGE_LINES) {
        const outcome = await connection.call('lines:page', {
          periodId,
          offset,
          limit: PAGE_LINES,
          sort: [{ column: 'sku', direction: 'asc' }],
          filter: { statuses: ['tagged'] },
        });
        if (stale || !outcome.ok) return;
        pages.push(outcome.value.columns);
        total = outcome.value.total;
      }
      setSums(sumByReason(pages));
    };
    void read();
    return () => {
      stale = true;
    };
  }, [connection, periodId, round]);
  return sums;
}
