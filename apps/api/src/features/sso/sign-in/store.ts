import type { PasswordlessWay, WayIn } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import { type Db, Prisma, texts, uuids } from '../../../platform/database/database.ts';
import { losesDevice } from '../../access/remembered-devices.store.ts';
import { hasOtherPasskey, hasPasskeyAlone } from '../../mfa/passkeys/store.ts';
import { hasRecoveryAddress } from '../../mfa/recovery-addresses.store.ts';
import { hasMfa, hasPasskey } from '../../mfa/store.ts';
import {
  endsPasswordless,
  endsRecovery,
  localSignInAfter,
  mfaGraceDaysAfter,
  mfaRequiredAfter,
  needsSecondAdminAfter,
  type OrganizationColumns,
  organizationColumns,
  phishingResistantAfter,
  type SettingsAfter,
  takesPasskeyAfter,
} from '../../organizations/store.ts';
import {
  credentialOfUser,
  graceFrom,
  hasPassword,
  hasTwoOtherAdmins,
  type UserColumns,
  userColumns,
  userWithOrganization,
  withPassword,
} from '../../users/credentials.store.ts';
import {
  type ConnectionRow,
  type ConnectionSummary,
  connectionOfIdentity,
  connectionSummary,
  hasConnectionForAddress,
  hasWorkingConnection,
  isWorking,
} from '../connections/store.ts';
import type { VerifiedIdentity } from '../protocols/identity.ts';
import { sealedSecrets, transactionContext } from '../secrets.ts';

type Hash = Uint8Array<ArrayBuffer>;

export const sealedTransactions = sealedSecrets('sso_transactions', transactionContext);

const columns = {
  id: true,
  purpose: true,
  connectionId: true,
  connectionVersion: true,
  /** The change of the connection that is tried. */
  changeId: true,
  userId: true,
  sessionId: true,
  secrets: true,
  returnTo: true,
} as const;

export type TransactionRow = Prisma.SsoTransactionGetPayload<{ select: typeof columns }>;

/** The attempts to come in through a provider; each is taken up once, by one conditional UPDATE. */
export const flowStore = (db: Db) => ({
  async insert(row: Prisma.SsoTransactionUncheckedCreateInput): Promise<void> {
    await db.ssoTransaction.create({ data: row });
  },

  /** Whether an attempt of this browser waits for its answer. */
  async waitsFor(browserHash: Hash, now: Date): Promise<boolean> {
    const where = { browserHash, consumedAt: null, expiresAt: { gt: now } };
    return (await db.ssoTransaction.findFirst({ where, select: { id: true } })) !== null;
  },

  /** Takes up the attempt of this `state` and this browser. Null when it is over, taken up before, or not theirs. */
  async consumeByState(connectionId: string, stateHash: Hash, browserHash: Hash, now: Date) {
    const [row] = await db.ssoTransaction.updateManyAndReturn({
      where: { stateHash, connectionId, browserHash, codeHash: null, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
      select: columns,
    });
    return row ?? null;
  },

  /** Takes up the attempt whose result the ACS left under this code for this browser. */
  async consumeByCode(codeHash: Hash, browserHash: Hash, now: Date) {
    const [row] = await db.ssoTransaction.updateManyAndReturn({
      where: { codeHash, browserHash, consumedAt: null, expiresAt: { gt: now } },
      data: { consumedAt: now },
      select: columns,
    });
    return row ?? null;
  },

  /** The attempt that waits for the answer with this RelayState; stays as it is: anybody can post junk. */
  async findPending(connectionId: string, stateHash: Hash, now: Date): Promise<TransactionRow | null> {
    return db.ssoTransaction.findFirst({
      where: { stateHash, connectionId, codeHash: null, consumedAt: null, expiresAt: { gt: now } },
      select: columns,
    });
  },

  /** Leaves the verified result for the browser. False when another answer was first. */
  async leaveResult(id: string, codeHash: Hash, secrets: Hash, now: Date): Promise<boolean> {
    const { count } = await db.ssoTransaction.updateMany({
      where: { id, codeHash: null, consumedAt: null, expiresAt: { gt: now } },
      data: { codeHash, secrets },
    });
    return count === 1;
  },

  /** False when the assertion was accepted before. */
  async spendAssertion(connectionId: string, assertionId: string, expiresAt: Date): Promise<boolean> {
    const { count } = await db.samlAssertion.createMany({
      data: [{ connectionId, assertionId, expiresAt }],
      skipDuplicates: true,
    });
    return count === 1;
  },

  /** How many it removed. */
  async purge(before: Date): Promise<number> {
    const transactions = await db.ssoTransaction.deleteMany({ where: { expiresAt: { lt: before } } });
    const assertions = await db.samlAssertion.deleteMany({ where: { expiresAt: { lt: before } } });
    return transactions.count + assertions.count;
  },
});

/** A user as far as the decision about a federated sign-in goes. */
interface Holder extends UserColumns, OrganizationColumns {
  hasPassword: boolean;
  /** Whether another account of the same connection is linked already. */
  isLinkedHere: boolean;
}

/** An account at a provider that is linked, with its user. */
interface LinkedIdentity extends UserColumns, OrganizationColumns {
  id: string;
  tenantId: string | null;
}

/** An account at a provider, as its user and the admins see it. */
export interface ListedIdentity {
  id: string;
  email: string | null;
  subject: string;
  linkedAt: Date;
  lastSignInAt: Date | null;
  connection: ConnectionSummary;
}

/** A user, and how it comes in. */
interface Goer extends UserColumns, OrganizationColumns {
  way: WayIn;
}

/** Whose passwords count, and what is asked for beside them, at a moment. */
interface PasswordRule {
  after: SettingsAfter;
  now: Date;
}

/** What becomes otherwise for the user `u`, who comes in with a password as before; of what changes alone. */
function otherwise({ after, now }: PasswordRule): Prisma.Sql {
  const user = Prisma.sql`u.id`;
  const takes = (aaguid: Prisma.Sql, attested: Prisma.Sql) => takesPasskeyAfter(after, aaguid, attested);
  const cases: [setting: string, isSo: Prisma.Sql, way: WayIn][] = [
    ['passwordlessEnabled', Prisma.sql`${endsPasswordless(after)} AND ${hasPasskeyAlone(user)}`, 'no_passkey_alone'],
    ['rememberedDeviceDays', losesDevice(now, after), 'no_device'],
    ['recoveryDelayHours', Prisma.sql`${endsRecovery(after)} AND ${hasRecoveryAddress(user)}`, 'no_recovery'],
    ['passkeyModels', hasOtherPasskey(user, takes), 'other_model'],
    [
      'resetNeedsSecondAdmin',
      Prisma.sql`${needsSecondAdminAfter(after)} AND ${hasMfa(user)} AND NOT ${hasTwoOtherAdmins}`,
      'no_second_admin',
    ],
  ];
  const changed = cases.filter(([setting]) => after.changes.includes(setting));
  if (changed.length === 0) return Prisma.sql`'password'`;
  const whens = changed.map(([, isSo, way]) => Prisma.sql`WHEN ${isSo} THEN ${way}`);
  return Prisma.sql`CASE ${Prisma.join(whens, ' ')} ELSE 'password' END`;
}

/** How the user `u` comes in with a password. A grace that did not begin yet begins with the next sign-in. */
const wayByPassword = (rule: PasswordRule): Prisma.Sql => {
  const { after, now } = rule;
  const enrolled = hasMfa(Prisma.sql`u.id`);
  return Prisma.sql`
    CASE WHEN NOT ${mfaRequiredAfter(after)} OR ${hasPasskey(Prisma.sql`u.id`)}
        OR (NOT ${phishingResistantAfter(after)} AND ${enrolled}) THEN ${otherwise(rule)}
      WHEN COALESCE(${graceFrom(enrolled)}, ${now}::timestamptz) + make_interval(days => ${mfaGraceDaysAfter(after)})
        > ${now}::timestamptz THEN 'factor_due'
      ELSE 'no_factor'
    END`;
};

/** The users that `which` names, with their way in. @param rule null where no password counts */
const goers = (which: Prisma.Sql, rule: PasswordRule | null): Prisma.Sql => Prisma.sql`(
  SELECT ${userColumns}, ${organizationColumns}, CASE
      ${
        rule === null
          ? Prisma.empty
          : Prisma.sql`WHEN ${localSignInAfter(rule.after)} AND (${withPassword} OR u.status = 'invited')
              THEN ${wayByPassword(rule)}`
      }
      WHEN EXISTS (
        SELECT 1 FROM federated_identities i ${connectionOfIdentity} WHERE i.user_id = u.id AND ${isWorking}
      ) THEN 'linked'
      WHEN NOT ${hasWorkingConnection} THEN 'no_connection'
      WHEN NOT ${hasConnectionForAddress} THEN 'no_domain'
      WHEN ${withPassword} THEN 'by_mail'
      ELSE 'by_address'
    END AS way
  FROM ${userWithOrganization} ${credentialOfUser} WHERE u.status <> 'disabled' AND ${which}) AS goers`;

const ofOrganizations = (ids: readonly string[]): Prisma.Sql => Prisma.sql`o.id IN ${uuids(ids)}`;

export const identitiesStore = (db: Db) => ({
  /** By what never changes, and by nothing else (SEC-31). */
  async find(connectionId: string, issuer: string, subject: string) {
    const [row] = await db.$queryRaw<LinkedIdentity[]>`
      SELECT i.id, i.tenant_id AS "tenantId", ${userColumns}, ${organizationColumns}
      FROM federated_identities i JOIN (${userWithOrganization}) ON u.id = i.user_id
      WHERE i.connection_id = ${connectionId}::uuid AND i.issuer = ${issuer} AND i.subject = ${subject}`;
    return row ?? null;
  },

  /** The user with this address, in whatever organisation. */
  async findHolder(email: string, connectionId: string): Promise<Holder | null> {
    const [row] = await db.$queryRaw<Holder[]>`
      SELECT ${userColumns}, ${organizationColumns}, ${hasPassword}, EXISTS (
        SELECT 1 FROM federated_identities i WHERE i.user_id = u.id AND i.connection_id = ${connectionId}::uuid
      ) AS "isLinkedHere"
      FROM ${userWithOrganization} ${credentialOfUser} WHERE u.email = ${email}`;
    return row ?? null;
  },

  /** Null when the account or the user is linked within this connection already. */
  async insert(
    { id: connectionId, organizationId }: Pick<ConnectionRow, 'id' | 'organizationId'>,
    userId: string,
    { issuer, subject, tenantId, email }: VerifiedIdentity,
    linkedAt: Date,
  ): Promise<string | null> {
    const row = { id: newId(), organizationId, userId, connectionId, issuer, subject, tenantId, email, linkedAt };
    const { count } = await db.federatedIdentity.createMany({ data: [row], skipDuplicates: true });
    return count === 1 ? row.id : null;
  },

  async noteSignIn(id: string, email: string | null, now: Date): Promise<void> {
    await db.federatedIdentity.update({ where: { id }, data: { lastSignInAt: now, email } });
  },

  async list(userId: string): Promise<ListedIdentity[]> {
    return db.$queryRaw<ListedIdentity[]>`
      SELECT i.id, i.email, i.subject, i.linked_at AS "linkedAt", i.last_sign_in_at AS "lastSignInAt", ${connectionSummary}
      FROM federated_identities i ${connectionOfIdentity} WHERE i.user_id = ${userId}::uuid ORDER BY i.id`;
  },

  /** How the user would come in without a password. Null for one who is disabled. */
  async wayOf(userId: string): Promise<PasswordlessWay | null> {
    const [row] = await db.$queryRaw<
      { way: PasswordlessWay }[]
    >`SELECT way FROM ${goers(Prisma.sql`u.id = ${userId}::uuid`, null)}`;
    return row?.way ?? null;
  },

  /** How many users of the organisations would come in which way. */
  async countWays(organizationIds: readonly string[], rule: PasswordRule | null): Promise<Map<WayIn, number>> {
    const rows = await db.$queryRaw<{ way: WayIn; users: number }[]>`
      SELECT way, count(*)::int AS users FROM ${goers(ofOrganizations(organizationIds), rule)} GROUP BY way`;
    return new Map(rows.map(({ way, users }) => [way, users]));
  },

  /**
   * Those who would come in by one of the ways, in the order of their addresses: found first and sorted then, for in that
   * order the users of all organisations would be read.
   */
  async listGoers(
    organizationIds: readonly string[],
    rule: PasswordRule | null,
    ways: readonly WayIn[],
    after: string | null,
    limit: number,
  ): Promise<Goer[]> {
    return db.$queryRaw<Goer[]>`
      WITH found AS MATERIALIZED (
        SELECT * FROM ${goers(ofOrganizations(organizationIds), rule)}
        WHERE way IN ${texts(ways)} AND (${after}::text IS NULL OR email > ${after})
      )
      SELECT * FROM found ORDER BY email LIMIT ${limit}`;
  },

  /** The ids of those who, without passwords, would come in with a mailed link. */
  async listByMail(organizationIds: readonly string[]): Promise<string[]> {
    const rows = await db.$queryRaw<{ userId: string }[]>`
      SELECT "userId" FROM ${goers(ofOrganizations(organizationIds), null)} WHERE way = 'by_mail' ORDER BY "userId"`;
    return rows.map(({ userId }) => userId);
  },

  /** The user's own identity. False when there is none. */
  async delete(userId: string, id: string): Promise<boolean> {
    const { count } = await db.federatedIdentity.deleteMany({ where: { id, userId } });
    return count === 1;
  },
});
