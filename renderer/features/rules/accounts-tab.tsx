/** Which accounts journals book to instead of the reason codes' own, what their approval needs, and how their lines are rounded. */
import { capitalised } from '@shared/domain/explanation/words';
import { ROUNDINGS } from '@shared/domain/money';
import type { KnownNames } from '@shared/domain/rule-checks';
import { ROUNDING_WORDS } from '@shared/domain/rule-words';
import { APPROVER_ROLES } from '@shared/domain/rules';
import { Button, Checkbox, CrossIcon, IconButton, PlusIcon, Section, SelectField, TextField } from '../../ui';
import { type AccountDraft, type ApprovalDraft, freshKey } from './rules-draft';
import type { TabProps } from './tab-props';
import styles from './rules.module.css';

export interface AccountsTabProps extends TabProps {
  readonly known: KnownNames;
}

/** Names to choose from; one that is chosen and gone from the workbook stays to be seen. */
const choices = (names: readonly { readonly value: string; readonly label: string }[], chosen: string | null, none: string) => [
  { value: '', label: none },
  ...names,
  ...(chosen === null || names.some(({ value }) => value === chosen) ? [] : [{ value: chosen, label: chosen }]),
];
const plain = (names: readonly string[]) => names.map((value) => ({ value, label: value }));

export function AccountsTab({ draft, onDraft, problems, currency, disabled, known }: AccountsTabProps) {
  const change = (key: string, values: Partial<AccountDraft>) => onDraft({ accounts: draft.accounts.map((rule) => (rule.key === key ? { ...rule, ...values } : rule)) });
  const accounts = known.accounts.map(({ code, name, isAsset }) => ({ value: code, label: `${code} ${name}`, isAsset }));
  const add = () =>
    onDraft({ accounts: [...draft.accounts, { key: freshKey(), reason: null, category: known.categories[0] ?? null, location: null, inventoryAccount: null, offsetAccount: null }] });
  return (
    <>
      <Section
        title="Accounts"
        aside={
          disabled ? null : (
            <Button kind="quiet" icon={PlusIcon} onClick={add}>
              Add an account rule
            </Button>
          )
        }
      >
        {draft.accounts.length === 0 ? <p className={styles['quiet']}>Every reason books to the accounts of its own code.</p> : null}
        {draft.accounts.map((rule, index) => (
          <div key={rule.key} className={styles['accountRule']} role="group" aria-label={`Account rule ${index + 1}`}>
            <SelectField label="Reason" value={rule.reason ?? ''} onValue={(reason) => change(rule.key, { reason: reason || null })} choices={choices(plain(known.reasons.map(({ code }) => code)), rule.reason, 'every reason')} disabled={disabled} problem={problems.get(rule.key)} />
            <SelectField label="Category" value={rule.category ?? ''} onValue={(category) => change(rule.key, { category: category || null })} choices={choices(plain(known.categories), rule.category, 'every category')} disabled={disabled} />
            <SelectField label="Location" value={rule.location ?? ''} onValue={(location) => change(rule.key, { location: location || null })} choices={choices(plain(known.locations), rule.location, 'every location')} disabled={disabled} />
            {disabled ? null : (
              <div className={styles['besideField']}>
                <IconButton label={`Take away account rule ${index + 1}`} icon={CrossIcon} onClick={() => onDraft({ accounts: draft.accounts.filter(({ key }) => key !== rule.key) })} />
              </div>
            )}
            <SelectField label="Inventory account" value={rule.inventoryAccount ?? ''} onValue={(account) => change(rule.key, { inventoryAccount: account || null })} choices={choices(accounts.filter(({ isAsset }) => isAsset), rule.inventoryAccount, 'as otherwise')} disabled={disabled} />
            <SelectField label="Offset account" value={rule.offsetAccount ?? ''} onValue={(account) => change(rule.key, { offsetAccount: account || null })} choices={choices(accounts, rule.offsetAccount, 'as otherwise')} disabled={disabled} />
          </div>
        ))}
        <p className={styles['note']}>
          A rule for the reason beats one for every reason. Among those, category and location beat the category, that one the location, and that one neither. The
          journal says of each line which rule chose its account.
        </p>
      </Section>
      <Approvals draft={draft} onDraft={onDraft} problems={problems} currency={currency} disabled={disabled} />
      <Section title="Rounding">
        <div className={styles['wide']}>
          <SelectField
            label="A journal line is rounded once"
            value={draft.rounding}
            onValue={(rounding) => onDraft({ rounding })}
            choices={ROUNDINGS.map((value) => ({ value, label: capitalised(ROUNDING_WORDS[value]) }))}
            disabled={disabled}
          />
        </div>
      </Section>
    </>
  );
}

/** Tiers of materiality: who may approve, and what must be said and attached. */
function Approvals({ draft, onDraft, problems, currency, disabled }: TabProps) {
  const change = (key: string, values: Partial<ApprovalDraft>) => onDraft({ approvals: draft.approvals.map((tier) => (tier.key === key ? { ...tier, ...values } : tier)) });
  const add = () => onDraft({ approvals: [...draft.approvals, { key: freshKey(), over: '', roles: ['controller'], comment: true, attachment: false }] });
  return (
    <Section
      title="Approval"
      aside={
        disabled ? null : (
          <Button kind="quiet" icon={PlusIcon} onClick={add}>
            Add an approval tier
          </Button>
        )
      }
    >
      {draft.approvals.length === 0 ? <p className={styles['quiet']}>Everybody but the preparer and an auditor may approve; a line over the materiality of the workbook needs a comment.</p> : null}
      {draft.approvals.map((tier, index) => (
        <div key={tier.key} className={styles['approval']} role="group" aria-label={`Approval tier ${index + 1}`}>
          <TextField label={`Lines over, ${currency}`} value={tier.over} onValue={(over) => change(tier.key, { over })} disabled={disabled} problem={problems.get(`${tier.key}.over`) ?? problems.get(tier.key)} />
          <fieldset className={styles['choices']}>
            <legend>Who may approve</legend>
            {APPROVER_ROLES.map((role) => (
              <Checkbox
                key={role}
                label={capitalised(role)}
                checked={tier.roles.includes(role)}
                onChecked={(on) => change(tier.key, { roles: APPROVER_ROLES.filter((each) => (each === role ? on : tier.roles.includes(each))) })}
                disabled={disabled}
              />
            ))}
          </fieldset>
          <fieldset className={styles['choices']}>
            <legend>What it needs</legend>
            <Checkbox label="A comment" checked={tier.comment} onChecked={(comment) => change(tier.key, { comment })} disabled={disabled} />
            <Checkbox label="An attachment on the line" checked={tier.attachment} onChecked={(attachment) => change(tier.key, { attachment })} disabled={disabled} />
          </fieldset>
          {disabled ? null : (
            <div className={styles['besideField']}>
              <IconButton label={`Take away approval tier ${index + 1}`} icon={CrossIcon} onClick={() => onDraft({ approvals: draft.approvals.filter(({ key }) => key !== tier.key) })} />
            </div>
          )}
        </div>
      ))}
      <p className={styles['note']}>A line belongs to the highest tier that its largest variance is over.</p>
    </Section>
  );
}
