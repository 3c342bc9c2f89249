import type { Access, OrganizationKind, Role, UserStatus } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import type { Db } from '../../../platform/database/database.ts';

/** A user as far as the decision about a federated sign-in goes. */
export interface Holder {
  userId: string;
  organizationId: string;
  email: string;
  status: UserStatus;
  hasPassword: boolean;
  /** Whether another account of the same connection is linked already. */
  isLinkedHere: boolean;
}

/** Who signs in, with what the session and the answer need. */
export interface SsoUser {
  id: string;
  email: string;
  name: string;
  role: Role;
  access: Access;
  organization: { id: string; slug: string; name: string; kind: OrganizationKind };
  hasPassword: boolean;
  mfaEnabled: boolean;
}

const connectionName = { select: { id: true, name: true, kind: true, enabled: true } } as const;

export const identitiesStore = (db: Db) => ({
  /** By what never changes, and by nothing else (SEC-31). */
  async find(connectionId: string, issuer: string, subject: string) {
    return db.federatedIdentity.findUnique({
      where: { connectionId_issuer_subject: { connectionId, issuer, subject } },
      select: {
        id: true,
        userId: true,
        tenantId: true,
        user: { select: { organizationId: true, status: true, email: true } },
      },
    });
  },

  /** The user with this address, in whatever organisation. */
  async findHolder(email: string, connectionId: string): Promise<Holder | null> {
    const user = await db.user.findUnique({
      where: { email },
      select: {
        id: true,
        organizationId: true,
        email: true,
        status: true,
        localCredential: { select: { userId: true } },
        identities: { where: { connectionId }, select: { id: true } },
      },
    });
    if (!user) return null;
    return {
      userId: user.id,
      organizationId: user.organizationId,
      email: user.email,
      status: user.status,
      hasPassword: user.localCredential !== null,
      isLinkedHere: user.identities.length > 0,
    };
  },

  async loadUser(id: string): Promise<SsoUser> {
    const { localCredential, ...user } = await db.user.findUniqueOrThrow({
      where: { id },
      select: {
        id: true,
        email: true,
        name: true,
        role: true,
        access: true,
        organization: { select: { id: true, slug: true, name: true, kind: true } },
        localCredential: { select: { totpAuthenticator: { select: { userId: true } } } },
      },
    });
    return {
      ...user,
      hasPassword: localCredential !== null,
      mfaEnabled: (localCredential?.totpAuthenticator ?? null) !== null,
    };
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

  /** A user who came in for the first time. Null when somebody else took the address meanwhile. */
  async provision(row: { organizationId: string; email: string; name: string; now: Date }): Promise<string | null> {
    const id = newId();
    const { now, ...rest } = row;
    const { count } = await db.user.createMany({
      data: [{ id, ...rest, role: 'member', access: 'read_only', status: 'active', createdAt: now, updatedAt: now }],
      skipDuplicates: true,
    });
    return count === 1 ? id : null;
  },

  /** Makes an invited user active. False when it was none. */
  async activate(userId: string, now: Date): Promise<boolean> {
    const { count } = await db.user.updateMany({
      where: { id: userId, status: 'invited' },
      data: { status: 'active', version: { increment: 1 }, updatedAt: now },
    });
    return count === 1;
  },

  /** Notes a sign-in, of a user who is still active. False when it is not. */
  async noteSignIn(userId: string, identityId: string, email: string | null, now: Date): Promise<boolean> {
    const { count } = await db.user.updateMany({
      where: { id: userId, status: 'active' },
      data: { lastSignInAt: now },
    });
    if (count === 0) return false;
    await db.federatedIdentity.update({ where: { id: identityId }, data: { lastSignInAt: now, email } });
    return true;
  },

  async list(userId: string) {
    return db.federatedIdentity.findMany({
      where: { userId },
      select: { id: true, email: true, subject: true, linkedAt: true, lastSignInAt: true, connection: connectionName },
      orderBy: { id: 'asc' },
    });
  },

  /** The user's own identity. False when there is none. */
  async delete(userId: string, id: string): Promise<boolean> {
    const { count } = await db.federatedIdentity.deleteMany({ where: { id, userId } });
    return count === 1;
  },

  /** Makes changes to the ways in of one user wait for each other until the end of the transaction. */
  async lockUser(userId: string): Promise<void> {
    await db.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  },
});
