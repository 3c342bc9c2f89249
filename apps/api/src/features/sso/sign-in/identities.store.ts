import { newId } from '../../../platform/crypto/ids.ts';
import type { Db } from '../../../platform/database/database.ts';
import { type OrganizationColumns, organizationColumns } from '../../organizations/store.ts';
import {
  credentialOfUser,
  hasPassword,
  type UserColumns,
  userColumns,
  userWithOrganization,
} from '../../users/credentials.store.ts';
import { type ConnectionSummary, connectionOfIdentity, connectionSummary } from '../connections/store.ts';

/** A user as far as the decision about a federated sign-in goes. */
export interface Holder extends UserColumns, OrganizationColumns {
  hasPassword: boolean;
  /** Whether another account of the same connection is linked already. */
  isLinkedHere: boolean;
}

/** An account at a provider that is linked, with its user. */
export interface LinkedIdentity extends UserColumns, OrganizationColumns {
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
  async insert(row: {
    organizationId: string;
    userId: string;
    connectionId: string;
    issuer: string;
    subject: string;
    tenantId: string | null;
    email: string | null;
    linkedAt: Date;
  }): Promise<string | null> {
    const id = newId();
    const { count } = await db.federatedIdentity.createMany({ data: [{ id, ...row }], skipDuplicates: true });
    return count === 1 ? id : null;
  },

  async noteSignIn(id: string, email: string | null, now: Date): Promise<void> {
    await db.federatedIdentity.update({ where: { id }, data: { lastSignInAt: now, email } });
  },

  async list(userId: string): Promise<ListedIdentity[]> {
    return db.$queryRaw<ListedIdentity[]>`
      SELECT i.id, i.email, i.subject, i.linked_at AS "linkedAt", i.last_sign_in_at AS "lastSignInAt", ${connectionSummary}
      FROM federated_identities i ${connectionOfIdentity} WHERE i.user_id = ${userId}::uuid ORDER BY i.id`;
  },

  /** The user's own identity. False when there is none. */
  async delete(userId: string, id: string): Promise<boolean> {
    const { count } = await db.federatedIdentity.deleteMany({ where: { id, userId } });
    return count === 1;
  },
});
