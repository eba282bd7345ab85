/** Serves people and identities. */
import type { peopleContract } from '@shared/contract/people';
import { done } from '@shared/domain/outcome';
import { createPerson, listPeople } from '../../services/people';
import { workAs } from '../../services/working-as';
import type { Handlers } from '../session';

export const peopleHandlers: Handlers<typeof peopleContract> = {
  'people:list': ({ workbook, session }) => done(listPeople(workbook, session.identitiesFolder)),
  'people:createIdentity': (context, input) => createPerson(context, context.session.identitiesFolder, input),
  'people:workAs': ({ workbook, session }, { fingerprint }) => {
    const outcome = workAs(session.identitiesFolder, fingerprint);
    if (!outcome.ok) return outcome;
    const { name, email, role } = outcome.value;
    session.actor = { name, email, role };
    return done(listPeople(workbook, session.identitiesFolder).find((person) => person.fingerprint === fingerprint)!);
  },
};
