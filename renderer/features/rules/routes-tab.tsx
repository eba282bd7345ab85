/** Routes in their order: the first that fits an exception sends it. One is chosen and edited under the list. */
import { useEffect, useRef, useState } from 'react';
import { capitalised } from '@shared/domain/explanation/words';
import type { RuleEvidence } from '@shared/domain/rule-effects';
import { DEFAULT_ROUTE_PREFIX } from '@shared/domain/rules';
import { Button, CrossIcon, Facts, type PickEntry, PickList, PlusIcon, Section } from '../../ui';
import { evidenceOfRoute, evidenceWords } from './evidence-words';
import { RouteForm } from './route-form';
import { moved, newRoute, type RouteDraft } from './rules-draft';
import type { TabProps } from './tab-props';
import styles from './rules.module.css';

export interface RoutesTabProps extends TabProps {
  readonly evidence: readonly RuleEvidence[];
}

const summary = (route: RouteDraft): string => {
  const conditions = [
    ...route.classes, ...route.causes.map((cause) => cause.replaceAll('_', ' ')), ...route.kinds.map((kind) => `${kind} variance`),
    ...route.tiers.map((tier) => `tier ${tier}`), route.categories, route.locations, route.fromValue && `from ${route.fromValue}`,
  ].filter((text) => text !== '');
  return `${conditions.join(', ') || 'every exception'} → ${route.owner}`;
};

export function RoutesTab({ draft, onDraft, problems, currency, disabled, evidence }: RoutesTabProps) {
  const [chosen, setChosen] = useState<string | undefined>(draft.routes[0]?.key);
  const [added, setAdded] = useState('');
  const { routes } = draft;
  const index = routes.findIndex(({ key }) => key === chosen);
  const route = routes[index];
  const buttons = useRef<HTMLDivElement>(null);
  const pressed = useRef<string>('');
  // A button that has become closed gives the keyboard to its neighbour.
  useEffect(() => {
    if (pressed.current === '' || document.activeElement !== document.body) return;
    const open = buttons.current?.querySelector<HTMLElement>('button:not(:disabled)');
    open?.focus();
    pressed.current = '';
  });
  const move = (step: -1 | 1) => {
    pressed.current = String(step);
    onDraft({ routes: moved(routes, index, step) });
  };
  const add = () => {
    const names = new Set(routes.map(({ name }) => name));
    let number = routes.length + 1;
    while (names.has(`Route ${number}`)) number += 1;
    const route = newRoute(`Route ${number}`);
    onDraft({ routes: [...routes, route] });
    setChosen(route.key);
    setAdded(route.key);
  };
  const remove = () => {
    const left = routes.filter(({ key }) => key !== chosen);
    onDraft({ routes: left });
    setChosen((left[index] ?? left.at(-1))?.key);
  };
  const entries: readonly PickEntry[] = routes.map((each, place) => ({
    key: each.key,
    title: `${place + 1}. ${each.name || 'without a name'}`,
    detail: [...problems.keys()].some((field) => field === each.key || field.startsWith(`${each.key}.`)) ? 'needs a look' : summary(each),
    name: `${place + 1}, ${each.name}, ${summary(each)}`,
  }));
  const defaults = evidence.filter(({ rule, clears }) => !clears && rule.startsWith(DEFAULT_ROUTE_PREFIX));
  const own = route && evidenceOfRoute(evidence, route.name.trim());
  return (
    <>
      <Section
        title="The first route that fits sends an exception"
        aside={
          disabled ? null : (
            <div ref={buttons} className={styles['buttons']}>
              {routes.length > 0 ? (
                <>
                  <Button kind="quiet" disabled={index <= 0} onClick={() => move(-1)}>
                    Move up
                  </Button>
                  <Button kind="quiet" disabled={index < 0 || index === routes.length - 1} onClick={() => move(1)}>
                    Move down
                  </Button>
                  <Button kind="quiet" icon={CrossIcon} disabled={!route} onClick={remove}>
                    Take away
                  </Button>
                </>
              ) : null}
              <Button kind="quiet" icon={PlusIcon} onClick={add}>
                Add a route
              </Button>
            </div>
          )
        }
      >
        {routes.length === 0 ? (
          <p className={styles['quiet']}>There is no route yet: exceptions go by the defaults below.</p>
        ) : (
          <div className={styles['list']}>
            <PickList label="Routes in their order" entries={entries} chosen={chosen} onChoose={setChosen} testId="routes" />
          </div>
        )}
      </Section>
      {route ? (
        <Section title={`Route ${index + 1}`}>
          <RouteForm
            key={route.key}
            route={route}
            onRoute={(change) => onDraft({ routes: routes.map((each) => (each.key === route.key ? { ...each, ...change } : each)) })}
            problems={problems}
            currency={currency}
            disabled={disabled}
            isNew={route.key === added}
          />
          <p className={styles['note']} data-testid="route-evidence">{own ? evidenceWords(own, currency) : 'It has sent nothing yet.'}</p>
        </Section>
      ) : null}
      <Section title="Where no route fits">
        <p>Over materiality to finance; else alignment and timing to operations, physical to the warehouse, unexplained to finance.</p>
        <div className={styles['sentences']}>
          <Facts facts={defaults.map((each) => ({ name: capitalised(each.rule.slice(DEFAULT_ROUTE_PREFIX.length)), value: evidenceWords(each, currency) }))} />
        </div>
      </Section>
    </>
  );
}
