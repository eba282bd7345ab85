/**
 * Rules while they are edited: figures as they are typed, in units, percent and currency, and the rule set they stand for.
 */
import { formatDecimal, parseDecimal } from '@shared/domain/decimal';
import { formatAmount, minorDigits, parseAmount } from '@shared/domain/money';
import { formatQuantity, QUANTITY_PLACES } from '@shared/domain/quantity';
import { ruleProblems, type KnownNames } from '@shared/domain/rule-checks';
import { type AccountRule, type ApprovalTier, RISK_KINDS, type RiskKind, type Route, type RuleSet, type TierBounds, type TruthRule } from '@shared/domain/rules';
import { type Owner, type Role, type Tier, TIERS } from '@shared/domain/terms';
import type { Cause, VarianceClass, VarianceKind } from '@shared/domain/variance';
import { decimalSign } from '../../ui';

export interface BoundsDraft {
  readonly units: string;
  readonly percent: string;
  readonly value: string;
}
export type BoundsOfTiers = Readonly<Record<Tier, BoundsDraft>>;

export interface RouteDraft {
  /** Stays with the route while it is renamed and moved. */
  readonly key: string;
  readonly name: string;
  readonly owner: Owner;
  /** Empty: the general due date. */
  readonly dueDays: string;
  readonly kinds: readonly VarianceKind[];
  readonly classes: readonly VarianceClass[];
  readonly causes: readonly Cause[];
  readonly tiers: readonly Tier[];
  /** Separated by commas. */
  readonly categories: string;
  readonly locations: string;
  /** Empty: whatever it is worth. */
  readonly fromValue: string;
}

export interface TruthDraft extends TruthRule {
  readonly key: string;
}

export interface AccountDraft extends AccountRule {
  readonly key: string;
}

export interface ApprovalDraft {
  readonly key: string;
  readonly over: string;
  readonly roles: readonly Role[];
  readonly comment: boolean;
  readonly attachment: boolean;
}

export interface RulesDraft {
  readonly tolerances: BoundsOfTiers;
  readonly shares: Readonly<Record<RiskKind, string>>;
  readonly truth: readonly TruthDraft[];
  readonly routes: readonly RouteDraft[];
  readonly days: string;
  readonly urgentDays: string;
  readonly asksRecount: boolean;
  readonly recount: BoundsOfTiers;
  readonly whenMoved: RuleSet['count']['whenMoved'];
  /** Empty: no limit. */
  readonly waivedLimit: string;
  /** Empty: the period's window. */
  readonly transferHours: string;
  readonly fastUnits: string;
  readonly accounts: readonly AccountDraft[];
  readonly approvals: readonly ApprovalDraft[];
  readonly rounding: RuleSet['rounding'];
}

let keys = 0;
/** A key that no other row of a draft has. */
export const freshKey = (): string => `row-${(keys += 1)}`;

/** As people write it here: with the decimal sign of the machine. */
const shown = (text: string): string => text.replace('.', decimalSign());

/** Plain decimal text of what was typed: without blanks and signs of unit, with a point. */
const plain = (text: string): string => {
  const bare = text.trim().replace(/\s*%$/, '').replace(/[\s\u00a0]/g, '');
  return decimalSign() === ',' ? bare.replace(',', '.') : bare;
};

const boundsDraft = (bounds: readonly TierBounds[] | null, currency: string): BoundsOfTiers =>
  Object.fromEntries(
    TIERS.map((tier) => {
      const found = bounds?.find((each) => each.tier === tier);
      const draft: BoundsDraft = {
        units: shown(formatQuantity(found?.unitsScaled ?? 0)),
        percent: shown(formatDecimal(found?.percentHundredths ?? 0, 2)),
        value: shown(formatAmount(found?.valueMinor ?? 0, currency)),
      };
      return [tier, draft];
    }),
  ) as unknown as BoundsOfTiers;

const routeDraft = ({ name, when, owner, dueDays }: Route, currency: string): RouteDraft => ({
  key: freshKey(),
  name,
  owner,
  dueDays: dueDays === null ? '' : String(dueDays),
  kinds: when.kinds ?? [],
  classes: when.classes ?? [],
  causes: when.causes ?? [],
  tiers: when.tiers ?? [],
  categories: (when.categories ?? []).join(', '),
  locations: (when.locations ?? []).join(', '),
  fromValue: when.fromValueMinor === undefined ? '' : shown(formatAmount(when.fromValueMinor, currency)),
});

export const newRoute = (name: string): RouteDraft => ({
  key: freshKey(), name, owner: 'warehouse', dueDays: '', kinds: [], classes: [], causes: [], tiers: [], categories: '', locations: '', fromValue: '',
});

/** The draft that a rule set begins as. */
export const draftOf = (rules: RuleSet, currency: string): RulesDraft => ({
  tolerances: boundsDraft(rules.tolerances, currency),
  shares: Object.fromEntries(RISK_KINDS.map((kind) => [kind, shown(formatDecimal(rules.toleranceInRiskWindow[kind], 2))])) as Record<RiskKind, string>,
  truth: rules.truth.map((rule) => ({ ...rule, key: freshKey() })),
  routes: rules.routes.map((route) => routeDraft(route, currency)),
  days: String(rules.due.days),
  urgentDays: String(rules.due.urgentDays),
  asksRecount: rules.count.recount !== null,
  recount: boundsDraft(rules.count.recount ?? rules.tolerances, currency),
  whenMoved: rules.count.whenMoved,
  waivedLimit: rules.waivedLimitMinor === null ? '' : shown(formatAmount(rules.waivedLimitMinor, currency)),
  transferHours: rules.transferWindowHours === null ? '' : String(rules.transferWindowHours),
  fastUnits: shown(formatQuantity(rules.fastSellerUnitsScaled)),
  accounts: rules.accounts.map((rule) => ({ ...rule, key: freshKey() })),
  approvals: rules.approvals.map(({ overMinor, ...tier }) => ({ ...tier, over: shown(formatAmount(overMinor, currency)), key: freshKey() })),
  rounding: rules.rounding,
});

/** Why a field cannot be taken, by the field's name; absent where it can. */
export type Problems = ReadonlyMap<string, string>;

/** Reads fields and keeps what is wrong with them. */
class Reading {
  readonly problems = new Map<string, string>();

  #number(field: string, text: string, places: number, most: number, what: string): number {
    const scaled = parseDecimal(plain(text), places);
    if (scaled !== undefined && scaled >= 0 && scaled <= most) return scaled;
    this.problems.set(field, text.trim() === '' ? `Give ${what}; 0 for none.` : `${text.trim()} is not ${what}.`);
    return 0;
  }

  units = (field: string, text: string) => this.#number(field, text, QUANTITY_PLACES, Number.MAX_SAFE_INTEGER, 'a number of units, 0 or more');
  percent = (field: string, text: string) => this.#number(field, text, 2, Number.MAX_SAFE_INTEGER, 'a percentage, 0 or more, with at most 2 places');
  share = (field: string, text: string) => this.#number(field, text, 2, 10_000, 'a percentage from 0 to 100');
  whole = (field: string, text: string, most: number, what: string) => this.#number(field, text, 0, most, `${what} from 0 to ${most}`);
  value(field: string, text: string, currency: string): number {
    const minor = parseAmount(plain(text), currency);
    if (minor !== undefined && minor >= 0) return minor;
    const places = minorDigits(currency);
    const what = `an amount in ${currency}, 0 or more${places === 0 ? '' : `, with at most ${places} places`}`;
    this.problems.set(field, text.trim() === '' ? `Give ${what}; 0 for none.` : `${text.trim()} is not ${what}.`);
    return 0;
  }

  bounds(section: string, drafts: BoundsOfTiers, currency: string): TierBounds[] {
    return TIERS.map((tier) => ({
      tier,
      unitsScaled: this.units(`${section}.${tier}.units`, drafts[tier].units),
      percentHundredths: this.percent(`${section}.${tier}.percent`, drafts[tier].percent),
      valueMinor: this.value(`${section}.${tier}.value`, drafts[tier].value, currency),
    }));
  }

  route(draft: RouteDraft, currency: string): Route {
    const listed = (text: string) => text.split(',').map((name) => name.trim()).filter((name) => name !== '');
    const [categories, locations] = [listed(draft.categories), listed(draft.locations)];
    const some = <Name extends string, Value>(name: Name, values: readonly Value[]) => (values.length > 0 ? ({ [name]: [...values] } as Record<Name, Value[]>) : {});
    if (draft.name.trim() === '') this.problems.set(`${draft.key}.name`, 'Give the route a name: it is stamped on every line that it sends.');
    return {
      name: draft.name.trim(),
      when: {
        ...some('kinds', draft.kinds), ...some('classes', draft.classes), ...some('causes', draft.causes), ...some('tiers', draft.tiers),
        ...some('categories', categories), ...some('locations', locations),
        ...(draft.fromValue.trim() === '' ? {} : { fromValueMinor: this.value(`${draft.key}.fromValue`, draft.fromValue, currency) }),
      },
      owner: draft.owner,
      dueDays: draft.dueDays.trim() === '' ? null : this.whole(`${draft.key}.dueDays`, draft.dueDays, 366, 'a number of days'),
    };
  }
}

/** A tier of approvals; without a role nobody could approve. */
function readApproval(reading: Reading, draft: ApprovalDraft, currency: string): ApprovalTier {
  if (draft.roles.length === 0) reading.problems.set(draft.key, 'Name at least one role: nobody could approve otherwise.');
  return { overMinor: reading.value(`${draft.key}.over`, draft.over, currency), roles: [...draft.roles], comment: draft.comment, attachment: draft.attachment };
}

export interface ReadDraft {
  /** What the draft stands for; undefined while a field cannot be taken. */
  readonly rules: RuleSet | undefined;
  readonly problems: Problems;
}

/** Reads a draft. Rows of truth and routes that contradict or name what is not there have their problem under their key. */
export function readDraft(draft: RulesDraft, currency: string, known: KnownNames): ReadDraft {
  const reading = new Reading();
  const rules: RuleSet = {
    tolerances: reading.bounds('tolerances', draft.tolerances, currency),
    toleranceInRiskWindow: Object.fromEntries(RISK_KINDS.map((kind) => [kind, reading.share(`shares.${kind}`, draft.shares[kind])])) as Record<RiskKind, number>,
    truth: draft.truth.map(({ key: _key, ...rule }) => rule),
    routes: draft.routes.map((route) => reading.route(route, currency)),
    due: { days: reading.whole('days', draft.days, 366, 'a number of days'), urgentDays: reading.whole('urgentDays', draft.urgentDays, 366, 'a number of days') },
    count: { recount: draft.asksRecount ? reading.bounds('recount', draft.recount, currency) : null, whenMoved: draft.whenMoved },
    waivedLimitMinor: draft.waivedLimit.trim() === '' ? null : reading.value('waivedLimit', draft.waivedLimit, currency),
    transferWindowHours: draft.transferHours.trim() === '' ? null : reading.whole('transferHours', draft.transferHours, 2976, 'a number of hours'),
    fastSellerUnitsScaled: reading.units('fastUnits', draft.fastUnits),
    accounts: draft.accounts.map(({ key: _key, ...rule }) => rule),
    approvals: draft.approvals.map((tier) => readApproval(reading, tier, currency)),
    rounding: draft.rounding,
  };
  for (const { section, index, message } of ruleProblems(rules, known)) {
    const key = draft[section][index]?.key ?? section;
    if (!reading.problems.has(key)) reading.problems.set(key, message);
  }
  return { rules: reading.problems.size === 0 ? rules : undefined, problems: reading.problems };
}

/** The list with one entry a place further up (-1) or down (+1); the same list where it is at the end. */
export function moved<T>(list: readonly T[], index: number, step: -1 | 1): readonly T[] {
  const target = index + step;
  if (index < 0 || target < 0 || target >= list.length) return list;
  const copy = [...list];
  [copy[index], copy[target]] = [copy[target]!, copy[index]!];
  return copy;
}
