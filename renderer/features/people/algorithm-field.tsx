/** Which kind of key is made. */
import type { IdentityAlgorithm } from '@shared/contract/identities';
import { SelectField } from '../../ui';

const CHOICES: readonly { readonly value: IdentityAlgorithm; readonly label: string }[] = [
  { value: 'rsa-3072', label: 'RSA, 3072 bits: read everywhere' },
  { value: 'ecdsa-p256', label: 'P-256: shorter and faster' },
];

export interface AlgorithmFieldProps {
  readonly value: IdentityAlgorithm;
  readonly onValue: (value: IdentityAlgorithm) => void;
  readonly disabled: boolean;
}

export function AlgorithmField({ value, onValue, disabled }: AlgorithmFieldProps) {
  return <SelectField<IdentityAlgorithm> label="Key" value={value} onValue={onValue} disabled={disabled} choices={CHOICES} />;
}
