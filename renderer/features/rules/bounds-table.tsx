/** Bounds by risk tier as a table to type into: units, percent of the book quantity, value. */
import type { ReactNode } from 'react';
import { TIERS, type Tier } from '@shared/domain/terms';
import { TextField } from '../../ui';
import type { BoundsDraft, BoundsOfTiers, Problems } from './rules-draft';
import styles from './rules.module.css';

export interface BoundsTableProps {
  /** What the bounds are of, for the names of the fields: `Tolerance`. */
  readonly name: string;
  /** The section of the draft, for its problems. */
  readonly section: string;
  readonly bounds: BoundsOfTiers;
  readonly onBounds: (bounds: BoundsOfTiers) => void;
  readonly problems: Problems;
  readonly currency: string;
  readonly disabled: boolean;
  /** Beside a tier: what its bounds did. */
  readonly aside?: (tier: Tier) => ReactNode;
}

export function BoundsTable({ name, section, bounds, onBounds, problems, currency, disabled, aside }: BoundsTableProps) {
  const field = (tier: Tier, figure: keyof BoundsDraft, words: string) => (
    <TextField
      label={`${name} tier ${tier}, ${words}`}
      labelHidden
      align="end"
      value={bounds[tier][figure]}
      onValue={(value) => onBounds({ ...bounds, [tier]: { ...bounds[tier], [figure]: value } })}
      problem={problems.get(`${section}.${tier}.${figure}`)}
      disabled={disabled}
    />
  );
  return (
    <table className={styles['bounds']}>
      <caption className="visually-hidden">{name} by risk tier</caption>
      <thead>
        <tr>
          <th scope="col">Tier</th>
          <th scope="col">Units</th>
          <th scope="col">% of book</th>
          <th scope="col">Value, {currency}</th>
          {aside ? <th scope="col">What it did so far</th> : null}
        </tr>
      </thead>
      <tbody>
        {TIERS.map((tier) => (
          <tr key={tier}>
            <th scope="row">{tier}</th>
            <td>{field(tier, 'units', 'units')}</td>
            <td>{field(tier, 'percent', 'percent')}</td>
            <td>{field(tier, 'value', 'value')}</td>
            {aside ? <td className={styles['evidence']}>{aside(tier)}</td> : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
