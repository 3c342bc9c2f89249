import { type Caller, Problem } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import { type Database, type Db, isUniqueViolation, type Transaction } from '../../../platform/database/database.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { SessionsService } from '../../access/index.ts';
import { type AuditEntry, type AuditService, type Party, partyOf } from '../../audit/index.ts';
import { identityLinked, identityUnlinked } from '../../mails/index.ts';
import { effectiveSettings } from '../../organizations/index.ts';
import type { UsersService, UsersWriter } from '../../users/index.ts';
import { type ConnectionRow, connectionsStore, verifiedDomainsOf } from '../connections/store.ts';
import { type ReceivedValue, SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import { type Decision, decide } from './decision.ts';
import type { MailedLink, MailedLinks } from './mailed-links.ts';
import { identitiesStore, type ListedIdentity } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  users: UsersService;
  writer: UsersWriter;
  sessions: SessionsService;
  mail: MailOutbox;
  mailedLinks: MailedLinks;
}

/** Which user an account at a provider is. */
export class IdentitiesService {
  constructor(private readonly deps: Deps) {}

  /** What a sign-in with this account would come to; changes nothing. */
  async decision(
    db: Db,
    connection: ConnectionRow,
    identity: VerifiedIdentity,
    mailed: MailedLink | null = null,
  ): Promise<Decision> {
    const store = identitiesStore(db);
    const linked = await store.find(connection.id, identity.issuer, identity.subject);
    const mayMatch = !linked && identity.email !== null && identity.mayMatchAddress;
    const holder = mayMatch && identity.email ? await store.findHolder(identity.email, connection.id) : null;
    const verifiedDomains = verifiedDomainsOf(connection);
    const { organizationId, provisioning } = connection;
    const mailedTo = mailed?.userId ?? null;
    return decide({
      connection: { organizationId, provisioning, verifiedDomains },
      identity,
      linked,
      holder,
      mailedTo,
    });
  }

  /**
   * The user that signs in, linked or created where that is decided, within the transaction that opens the session. Ask
   * for the delivery of mail after it.
   *
   * @param mailed the link that stands in for a password; it is used up with the linking
   * @returns with the events that belong at the end of the transaction
   * @throws SsoFault; LinkRequired where a password is in the way; RaceLost when it is worth another try
   */
  async resolve(
    tx: Transaction,
    connection: ConnectionRow,
    identity: VerifiedIdentity,
    mailed: MailedLink | null,
  ): Promise<Resolved> {
    const decision = await this.decision(tx, connection, identity, mailed);
    const { mailedLinks, writer } = this.deps;
    switch (decision.effect) {
      case 'refuse': {
        const { code, userId, words } = decision;
        if (code === 'sso_link_required' && userId !== undefined)
          throw new LinkRequired(userId, words, identity.received);
        throw new SsoFault(code, words, { received: identity.received });
      }
      case 'sign_in':
        return { userId: decision.userId, identityId: decision.identityId, events: [] };
      case 'link': {
        const { userId } = decision;
        await writer.lock(tx, userId);
        if (mailed) await mailedLinks.spend(tx, mailed);
        const identityId = await this.insert(tx, connection, userId, identity);
        if (identityId === null) throw new RaceLost();
        await writer.activate(tx, userId);
        const party = partyOf({ userId, email: identity.email ?? '' });
        await this.deps.mail.enqueue(tx, identityLinked({ to: party.name, connectionName: connection.name }));
        return { userId, identityId, events: [linkedEvent(connection, party, identity)] };
      }
      case 'provision': {
        const { organizationId } = connection;
        const { email, name } = decision;
        const userId = newId();
        const rights = { role: 'member', access: 'read_only', status: 'active' } as const;
        const user = { id: userId, organizationId, email, name, ...rights, passwordHash: null };
        await writer.insert(tx, [user]).catch((error: unknown) => {
          throw isUniqueViolation(error) ? new RaceLost() : error;
        });
        const identityId = await this.insert(tx, connection, userId, identity);
        if (identityId === null) throw new RaceLost();
        const { subject, issuer } = identity;
        const event = {
          action: 'user.provisioned' as const,
          actor: null,
          subject: partyOf({ userId, email }),
          organizationId,
          details: { connectionId: connection.id, subject, issuer },
        };
        return { userId, identityId, events: [event] };
      }
    }
  }

  /**
   * Links an account to the signed-in user, who proved password and second factor when it began.
   *
   * @throws SsoFault `sso_identity_taken`, `sso_failed`, `sso_expired` for a session that ended meanwhile
   */
  async link(tx: Transaction, caller: Caller, connection: ConnectionRow, identity: VerifiedIdentity): Promise<void> {
    const store = identitiesStore(tx);
    await this.deps.writer.lock(tx, caller.userId);
    // A reset that came between ends this too (SEC-5).
    if (!(await this.deps.sessions.isLive(tx, caller.session.id)))
      throw new SsoFault('sso_expired', 'The session has ended meanwhile.');
    const linked = await store.find(connection.id, identity.issuer, identity.subject);
    if (linked?.userId === caller.userId) return;
    if (linked) throw new SsoFault('sso_identity_taken', 'The account is linked to another user.');
    if ((await this.insert(tx, connection, caller.userId, identity)) === null)
      throw new SsoFault('sso_failed', 'Another account of this connection is linked to the user.');
    const party = partyOf(caller);
    await this.deps.mail.enqueue(tx, identityLinked({ to: caller.email, connectionName: connection.name }));
    await this.deps.audit.record(tx, caller.origin, linkedEvent(connection, party, identity));
  }

  async list(caller: Caller) {
    const { client } = this.deps.database;
    const identities = await identitiesStore(client).list(caller.userId);
    const removable = await this.removable(client, caller, identities);
    const linkedTo = new Set(identities.map(({ connection }) => connection.id));
    const connections = await connectionsStore(client).ofOrganization(caller.organization.id);
    return {
      items: identities.map((identity) => ({ ...identity, removable: removable.has(identity.id) })),
      // Linking asks for the password.
      linkable: caller.hasPassword ? connections.filter(({ id }) => !linkedTo.has(id)) : [],
    };
  }

  /** @throws Problem `not_found`, `last_way_in`; `unauthenticated` for a session that ended meanwhile */
  async unlink(caller: Caller, id: string): Promise<void> {
    await this.remove(caller, { ...caller, organizationId: caller.organization.id }, id, async (tx, identities) => {
      if (!(await this.deps.sessions.isLive(tx, caller.session.id))) throw new Problem('unauthenticated');
      if ((await this.removable(tx, caller, identities)).has(id)) return;
      throw new Problem('last_way_in', { detail: 'Without this account you could not sign in any more.' });
    });
  }

  /**
   * The identities of a user, for its admins.
   *
   * @throws Problem `not_found`, `forbidden`
   */
  async listOf(caller: Caller, userId: string) {
    const user = await this.deps.users.find(caller, userId);
    return { items: await identitiesStore(this.deps.database.client).list(user.id) };
  }

  /**
   * Unlinks an account of a user, who may have another one at the provider now: the next sign-in finds the user by its
   * address again, under the same conditions as the first.
   *
   * @throws Problem `not_found`, `forbidden`
   */
  async unlinkOf(caller: Caller, userId: string, id: string): Promise<void> {
    const { email, organization } = await this.deps.users.findEditable(caller, userId);
    await this.remove(caller, { userId, email, organizationId: organization.id }, id, async () => {});
  }

  /**
   * Mails a user the link that links its account at a provider.
   *
   * @throws Problem `not_found`, `forbidden`, `not_linkable`, `too_many_attempts`
   */
  async mailLink(caller: Caller, userId: string): Promise<void> {
    const { id, email: name, organization } = await this.deps.users.findEditable(caller, userId);
    await this.deps.mailedLinks.mailOne(caller, { id, name, organizationId: organization.id });
  }

  private async remove(
    caller: Caller,
    user: { userId: string; email: string; organizationId: string },
    id: string,
    check: (tx: Transaction, identities: ListedIdentity[]) => Promise<void>,
  ): Promise<void> {
    const { audit, database, mail, sessions, writer } = this.deps;
    await database.transaction(async (tx) => {
      const store = identitiesStore(tx);
      await writer.lock(tx, user.userId);
      const identities = await store.list(user.userId);
      const identity = identities.find((item) => item.id === id);
      if (!identity) throw new Problem('not_found');
      await check(tx, identities);
      await store.delete(user.userId, id);
      await sessions.end(tx, {
        of: 'identity',
        userId: user.userId,
        connectionId: identity.connection.id,
        except: caller.session.id,
      });
      await mail.enqueue(tx, identityUnlinked({ to: user.email, connectionName: identity.connection.name }));
      await audit.record(tx, caller.origin, {
        action: 'identity.unlinked',
        actor: partyOf(caller),
        subject: partyOf(user),
        organizationId: user.organizationId,
        details: { connectionId: identity.connection.id, subject: identity.subject },
      });
    });
    mail.poke();
  }

  /** The identities that leave another way in: a password that may be used, or another one that works. */
  private async removable(
    db: Db,
    caller: Caller,
    identities: readonly { id: string; connection: { enabled: boolean } }[],
  ): Promise<Set<string>> {
    const { localSignInEnabled } = await effectiveSettings(db, caller.organization.id);
    const byPassword = caller.hasPassword && localSignInEnabled;
    const isWayIn = (identity: { connection: { enabled: boolean } }) => identity.connection.enabled;
    return new Set(
      identities
        .filter(({ id }) => byPassword || identities.some((other) => other.id !== id && isWayIn(other)))
        .map(({ id }) => id),
    );
  }

  /** Null when the account or the user is linked within this connection already. */
  private async insert(
    tx: Transaction,
    connection: ConnectionRow,
    userId: string,
    { issuer, subject, tenantId, email }: VerifiedIdentity,
  ): Promise<string | null> {
    const { id: connectionId, organizationId } = connection;
    const linkedAt = this.deps.clock.now();
    const row = { organizationId, userId, connectionId, issuer, subject, tenantId, email, linkedAt };
    return identitiesStore(tx).insert(row);
  }
}

/** Another request linked or created the same at this moment: a second try finds what it made. */
export class RaceLost extends Error {}

/** The password of a user is in the way. */
export class LinkRequired extends SsoFault {
  constructor(
    readonly userId: string,
    words: string,
    received: readonly ReceivedValue[],
  ) {
    super('sso_link_required', words, { received });
  }
}

export interface Resolved {
  userId: string;
  identityId: string;
  events: AuditEntry[];
}

const linkedEvent = (connection: ConnectionRow, party: Party, { issuer, subject }: VerifiedIdentity): AuditEntry => ({
  action: 'identity.linked',
  actor: party,
  subject: party,
  organizationId: connection.organizationId,
  details: { connectionId: connection.id, issuer, subject },
});
