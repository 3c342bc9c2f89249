import { type Db, Prisma } from '../../../platform/database/database.ts';
import type { Person, PersonalDataPart } from '../../../platform/personal-data.ts';
import { familyOf } from '../../organizations/store.ts';
import type { StoredTest } from './store.ts';

/** Whom the last try of a connection names: the admin who tried, or the account at the provider that was tried with. */
const namesIn = ({ testedBy, account }: StoredTest): (string | null)[] => [testedBy, account?.email ?? null];

/** The connections that a person can have tried: those of its organisation and of the customers under it. */
async function triedBy(db: Db, { email, organizationId }: Person): Promise<{ id: string; lastTest: StoredTest }[]> {
  const tried = await db.$queryRaw<{ id: string; lastTest: StoredTest }[]>`
    SELECT id, last_test AS "lastTest" FROM sso_connections
    WHERE organization_id IN ${familyOf(organizationId)} AND last_test IS NOT NULL ORDER BY id`;
  return tried.filter(({ lastTest }) => namesIn(lastTest).includes(email));
}

/** Takes a person out of what connections say of their last try and of who changed them. */
export async function forgetInConnections(db: Db, person: Person): Promise<void> {
  const ids = (await triedBy(db, person)).map(({ id }) => id);
  await db.ssoConnection.updateMany({ where: { id: { in: ids } }, data: { lastTest: Prisma.DbNull } });
  await db.$executeRaw`
    UPDATE sso_connection_changes c SET created_by = '' FROM sso_connections s
    WHERE c.connection_id = s.id AND s.organization_id IN ${familyOf(person.organizationId)}
      AND c.created_by = ${person.email}`;
}

/** What a person as an admin did to connections, where the connection still says so. */
export const connectionsDataOf: PersonalDataPart = async (db, person) => ({
  sso_connections: (await triedBy(db, person)).map(({ id, lastTest: { at, testedBy, account } }) => ({
    ...{ id, testedAt: at },
    ...(testedBy === person.email ? { testedBy } : {}),
    ...(account?.email === person.email ? { account } : {}),
  })),
  sso_connection_changes: await db.$queryRaw<object[]>`
    SELECT c.id, c.connection_id AS "connectionId", c.created_at AS "createdAt", c.created_by AS "createdBy"
    FROM sso_connections s JOIN sso_connection_changes c ON c.connection_id = s.id
    WHERE s.organization_id IN ${familyOf(person.organizationId)} AND c.created_by = ${person.email} ORDER BY c.id`,
});
