import { type Db, Prisma } from '../../../platform/database/database.ts';
import type { Person, PersonalDataPart } from '../../../platform/personal-data.ts';
import { familyOf } from '../../organizations/store.ts';
import type { StoredTest } from './store.ts';

interface Reached {
  id: string;
  lastTest: StoredTest | null;
}

/** The connections that a person can have had to do with: those of its organisation and of the customers under it. */
const reachedBy = (db: Db, { organizationId }: Person): Promise<Reached[]> => db.$queryRaw<Reached[]>`
  SELECT id, last_test AS "lastTest" FROM sso_connections
  WHERE organization_id = ANY (ARRAY${familyOf(organizationId)})`;

/** Whether the last try names the person: as the admin who tried, or as the account at the provider. */
const isNamedIn = ({ lastTest }: Reached, { email }: Person): boolean =>
  lastTest !== null && [lastTest.testedBy, lastTest.account?.email].includes(email);

const changedBy = (reached: readonly Reached[], { email }: Person) => ({
  connectionId: { in: reached.map(({ id }) => id) },
  createdBy: email,
});

/** Takes a person out of what connections say of their last try and of who changed them. */
export async function forgetInConnections(db: Db, person: Person): Promise<void> {
  const reached = await reachedBy(db, person);
  const ids = reached.filter((connection) => isNamedIn(connection, person)).map(({ id }) => id);
  await db.ssoConnection.updateMany({ where: { id: { in: ids } }, data: { lastTest: Prisma.DbNull } });
  await db.ssoConnectionChange.updateMany({ where: changedBy(reached, person), data: { createdBy: '' } });
}

/** What a person as an admin did to connections, where the connection still says so. */
export const connectionsDataOf: PersonalDataPart = async (db, person) => {
  const reached = await reachedBy(db, person);
  return {
    sso_connections: reached.flatMap((connection) => {
      const { id, lastTest } = connection;
      if (!lastTest || !isNamedIn(connection, person)) return [];
      const { at: testedAt, testedBy, account } = lastTest;
      const own = account?.email === person.email ? { account } : {};
      return [{ id, testedAt, ...(testedBy === person.email ? { testedBy } : {}), ...own }];
    }),
    sso_connection_changes: await db.ssoConnectionChange.findMany({
      where: changedBy(reached, person),
      select: { id: true, connectionId: true, createdAt: true, createdBy: true },
    }),
  };
};
