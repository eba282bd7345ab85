/** An item of the workbook, found by SKU or name as it is typed. */
import { useQuery } from '../../api';
import { LookupField } from '../../ui';

export interface ItemFieldProps {
  readonly label: string;
  /** What is typed or chosen; empty where none is. */
  readonly sku: string;
  readonly onSku: (sku: string) => void;
  readonly hint?: string;
  readonly disabled: boolean;
}

export function ItemField({ label, sku, onSku, hint, disabled }: ItemFieldProps) {
  const found = useQuery('quarantine:targets', { kind: 'item', text: sku }, { areas: ['imports'], keepsPrevious: true });
  return (
    <LookupField
      label={label}
      text={sku}
      onText={onSku}
      found={found.value?.map(({ code, name }) => ({ key: code, title: code, detail: name === code ? '' : name }))}
      onChoose={({ key }) => onSku(key)}
      placeholder="SKU or name"
      hint={hint}
      disabled={disabled}
    />
  );
}
