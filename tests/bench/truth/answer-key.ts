/** The answer key, worked out from what truly happened: per line and variance what each fact and each plant adds to it. */
import { COMMITTED_BY_ERP } from './company';
import { CUT_OFF, effectOf, KINDS, placeKey, type Fact, type Kind, type Post, type State, type System, type Undocumented } from './facts';

export interface TrueComponent {
  readonly place: string;
  readonly kind: Kind;
  readonly cause: string;
  readonly root: string;
  readonly quantity: number;
}

export interface TrueResidual extends Undocumented {
  readonly place: string;
}

export interface AnswerKey {
  readonly components: readonly TrueComponent[];
  readonly residuals: readonly TrueResidual[];
  /** To which order, delivery or transfer a document belongs. */
  readonly rootOf: ReadonlyMap<string, string>;
}

const sumOf = (posts: readonly Post[], system: System, state: State): number =>
  posts.filter((post) => post.system === system).reduce((sum, post) => sum + effectOf(post.type, state) * post.quantity, 0);

/** What a fact adds to each variance of a place, by what each system's figure had taken in at the cut-off. */
function deltasAt(fact: Fact, place: string, location: string): Readonly<Record<Kind, number>> {
  const here = fact.posts.filter((post) => placeKey(post) === place);
  const felt = here.filter((post) => post.posted <= CUT_OFF && !post.isUnfelt);
  const filed = here.filter((post) => post.posted <= CUT_OFF && !post.isHidden);
  const onShelf = fact.shelf.filter((move) => placeKey(move) === place && move.at <= CUT_OFF).reduce((sum, move) => sum + move.quantity, 0);
  const erp = sumOf(felt, 'erp', 'onHand');
  const committed = sumOf(felt, location === COMMITTED_BY_ERP ? 'erp' : 'storefront', 'committed');
  return {
    count: onShelf - erp,
    channel: sumOf(felt, 'storefront', 'available') - (erp - sumOf(felt, 'erp', 'damaged') - sumOf(felt, 'erp', 'quarantined') - committed),
    ledger: erp - sumOf(filed, 'erp', 'onHand'),
  };
}

export function answerKey(facts: readonly Fact[], undocumented: readonly Undocumented[]): AnswerKey {
  const found = new Map<string, TrueComponent>();
  const rootOf = new Map<string, string>();
  const disputed = new Set<string>();
  for (const fact of facts) {
    for (const post of fact.posts) rootOf.set(post.document, fact.root);
    if (fact.isDisputed) disputed.add(fact.root);
    const places = new Map([...fact.posts, ...fact.shelf].map((each) => [placeKey(each), each.location]));
    for (const [place, location] of places) {
      const deltas = deltasAt(fact, place, location);
      for (const kind of KINDS) {
        if (deltas[kind] === 0) continue;
        const cause = fact.causes[kind] ?? 'posted_later';
        // A lost connection is one cause, however many events it missed.
        const root = cause === 'stale_sync' ? '' : fact.root;
        const key = [place, kind, cause, root].join('\n');
        found.set(key, { place, kind, cause, root, quantity: deltas[kind] + (found.get(key)?.quantity ?? 0) });
      }
    }
  }
  const losses = undocumented.map((each) => ({ ...each, place: placeKey(each) }));
  const lost = new Set(losses.filter(({ kind }) => kind === 'count').map(({ place }) => place));
  const isUndecidable = ({ place, kind, root }: TrueComponent) => kind === 'count' && disputed.has(root) && lost.has(place);
  const all = [...found.values()].filter(({ quantity }) => quantity !== 0);
  return {
    components: all.filter((component) => !isUndecidable(component)),
    residuals: [
      ...losses,
      ...all.filter(isUndecidable).map((component): TrueResidual => {
        const [sku, location] = component.place.split('|') as [string, string];
        return { ...component, sku, location, cause: 'disputed beside a loss', pattern: component.cause };
      }),
    ],
    rootOf,
  };
}
