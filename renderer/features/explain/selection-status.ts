/**
 * The selection's figures for the status bar: exact, and saying how many figures nobody knows.
 */
import { formatDecimal } from '@shared/domain/decimal';
import { minorDigits } from '@shared/domain/money';
import { QUANTITY_PLACES } from '@shared/domain/quantity';
import type { StatusFigure } from '../../app/workspace';
import { averageOf, type FigureSums, type SelectionFigures } from '../../grid';
import { countText, groupDecimal } from '../../ui';

/** An average says two more places than money has, and none that it would have to make up beyond that. */
const AVERAGE_PLACES = 2;

function figuresOf(sums: FigureSums, unit: string, places: number, leastPlaces: number, onlySum: boolean): readonly StatusFigure[] {
  const text = (exact: bigint, further = 0) => groupDecimal(formatDecimal(exact, places + further, leastPlaces));
  const average = averageOf(sums, AVERAGE_PLACES);
  const named = (name: string) => (unit === '' ? name : `${name} ${unit}`);
  const testId = (name: string) => `status-${unit === '' ? name : `${name}-value`}`;
  return [
    { label: named('sum'), value: `${text(sums.sum)}${sums.unknown > 0 ? `, ${countText(sums.unknown)} unknown` : ''}`, testId: testId('sum') },
    ...(sums.count > 1 && !onlySum
      ? [
          { label: named('average'), value: text(average!, AVERAGE_PLACES), testId: testId('average') },
          { label: named('count'), value: countText(sums.count), testId: testId('count') },
          { label: named('min'), value: text(sums.least!), testId: testId('min') },
          { label: named('max'), value: text(sums.most!), testId: testId('max') },
        ]
      : []),
  ];
}

/** Nothing where a single cell is chosen: it says itself what it is. */
export function selectionStatus(figures: SelectionFigures | undefined, currency: string): readonly StatusFigure[] {
  if (!figures || figures.cells <= 1) return [];
  return [
    { label: 'selected', value: `${countText(figures.cells)} cells in ${countText(figures.rows)} ${figures.rows === 1 ? 'row' : 'rows'}`, testId: 'status-selected' },
    ...(figures.isReading ? [{ label: 'adding up', value: '…', testId: 'status-reading' }] : []),
    ...(figures.quantity ? figuresOf(figures.quantity, '', QUANTITY_PLACES, 0, false) : []),
    ...(figures.money ? figuresOf(figures.money, currency, minorDigits(currency), minorDigits(currency), figures.quantity !== undefined) : []),
  ];
}
