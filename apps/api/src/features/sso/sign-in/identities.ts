import { type Caller, Problem } from '@sallyport/core';
import type { Database, Db, Transaction } from '../../../platform/database/database.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { SessionsService } from '../../access/index.ts';
import { type AuditEntry, type AuditService, type Party, partyOf } from '../../audit/index.ts';
import { identityLinked, identityUnlinked } from '../../mails/index.ts';
import { effectiveSettings } from '../../organizations/index.ts';
import type { UsersService, UsersWriter } from '../../users/index.ts';
import { type ConnectionRow, connectionsStore } from '../connections/store.ts';
import { SsoFault, type VerifiedIdentity } from '../protocols/identity.ts';
import type { MailedLinks } from './mailed-links.ts';
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

/** The accounts at providers that are linked to users. */
export class IdentitiesService {
  constructor(private readonly deps: Deps) {}

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
    if ((await store.insert(connection, caller.userId, identity, this.deps.clock.now())) === null)
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
  private async removable(db: Db, caller: Caller, identities: readonly ListedIdentity[]): Promise<Set<string>> {
    const { localSignInEnabled } = await effectiveSettings(db, caller.organization.id);
    const byPassword = caller.hasPassword && localSignInEnabled;
    const working = identities.filter(({ connection }) => connection.enabled);
    const ids = identities.map(({ id }) => id);
    return new Set(ids.filter((id) => byPassword || working.some((other) => other.id !== id)));
  }
}

export const linkedEvent = (
  connection: ConnectionRow,
  party: Party,
  { issuer, subject }: VerifiedIdentity,
): AuditEntry => ({
  action: 'identity.linked',
  actor: party,
  subject: party,
  organizationId: connection.organizationId,
  details: { connectionId: connection.id, issuer, subject },
});
