/** Sets the risk tier of one item, with a reason. It is no part of the draft: it holds at once. */
import { type FormEvent, useState } from 'react';
import { TIERS, type Tier } from '@shared/domain/terms';
import { useCall } from '../../api';
import { useAnnounce } from '../../app/workspace';
import { Button, Notice, Section, SelectField, TextField } from '../../ui';
import { ItemField } from './item-field';
import styles from './rules.module.css';

export function TierForm() {
  const announce = useAnnounce();
  const [sku, setSku] = useState('');
  const [tier, setTier] = useState<Tier>('A');
  const [why, setWhy] = useState('');
  const [result, setResult] = useState('');
  const set = useCall('rules:setTier');
  const ready = sku.trim() !== '' && why.trim() !== '' && !set.running;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setResult('');
    const outcome = await set.run({ sku: sku.trim(), tier, why: why.trim() });
    if (!outcome.ok) return;
    const sentence = `${outcome.value.sku} was of tier ${outcome.value.before} and is of tier ${outcome.value.tier}. Reconcile again.`;
    setResult(sentence);
    announce(sentence);
    setSku('');
    setWhy('');
  };
  return (
    <Section title="Risk tier of an item">
      <form className={styles['line']} aria-label="Risk tier of an item" onSubmit={(event) => void submit(event)}>
        <ItemField label="Item" sku={sku} onSku={setSku} disabled={set.running} />
        <SelectField label="New tier" value={tier} onValue={setTier} choices={TIERS.map((value) => ({ value, label: value }))} disabled={set.running} />
        <TextField label="Why its tier changes" value={why} onValue={setWhy} disabled={set.running} />
        <div className={styles['button']}>
          <Button type="submit" disabled={!ready}>
            Set the tier
          </Button>
        </div>
      </form>
      {result ? <Notice tone="done" title={result} /> : null}
      {set.refusal ? (
        <Notice tone="error" title="The tier stays" copyText={set.refusal.message}>
          {set.refusal.message}
        </Notice>
      ) : null}
    </Section>
  );
}
