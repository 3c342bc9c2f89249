import { isDeepStrictEqual } from 'node:util';
import { assertMayChange, type Caller, type Principal, Problem, type SsoKind } from '@sallyport/core';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { Outbound } from '../../../platform/net/outbound.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { SessionsService } from '../../access/index.ts';
import type { AuditService } from '../../audit/index.ts';
import type { OrganizationsService } from '../../organizations/index.ts';
import type { UsersWriter } from '../../users/index.ts';
import type { DomainsService } from '../domains/service.ts';
import { SamlFault } from '../protocols/saml/fault.ts';
import { certificateWarnings, describeCertificate, importIdpMetadata } from '../protocols/saml/identity-provider.ts';
import { type ConnectionSecrets, connectionContext, sealSecrets } from '../secrets.ts';
import { ssoUrls } from '../urls.ts';
import { parseDomains, readConfig, settle } from './config.ts';
import type { ConnectionChanges, ConnectionView, NewConnection, TestResult } from './schemas.ts';
import { type Reach, recordChange, type StagedChanges } from './staged-changes.ts';
import { asChanged, type ConnectionRow, connectionsStore, type RowChanges, stateOf } from './store.ts';
import { holdWayIn } from './way-in.ts';

interface Deps {
  database: Database;
  clock: Clock;
  keyring: Keyring;
  publicUrl: URL;
  outbound: Outbound;
  audit: AuditService;
  domains: DomainsService;
  organizations: OrganizationsService;
  sessions: SessionsService;
  mail: MailOutbox;
  writer: UsersWriter;
  stagedChanges: StagedChanges;
}

/** The connections of an organisation, for its admins. */
export class ConnectionsService {
  constructor(private readonly deps: Deps) {}

  /** @throws Problem `not_found`, `forbidden` */
  async list(caller: Principal, organizationId: string) {
    await this.deps.organizations.find(caller, organizationId);
    const rows = await connectionsStore(this.deps.database.client).list(organizationId);
    return { items: rows.map((row) => this.view(row)) };
  }

  /** @throws Problem `not_found`, `forbidden` */
  async find(caller: Principal, organizationId: string, id: string) {
    return this.view(await this.row(caller, organizationId, id));
  }

  /**
   * Adds a connection. One that was made with the same id stays as it is.
   *
   * @throws Problem `not_found`, `forbidden`, `invalid_request`, `idempotency_key_reused`
   */
  async create(caller: Caller, organizationId: string, id: string, input: NewConnection) {
    assertMayChange(caller);
    await this.deps.organizations.find(caller, organizationId);
    const { database, clock, keyring, mail } = this.deps;
    const { provider, clientSecret } = settle(input, this.rules);
    const domains = parseDomains(input.domains ?? []);
    const secrets = { ...(await this.keyPairFor(input.kind)), ...(clientSecret ? { clientSecret } : {}) };
    const row = {
      ...provider,
      id,
      organizationId,
      name: input.name.trim(),
      enabled: input.enabled ?? false,
      provisioning: input.provisioning ?? ('invite_only' as const),
      mfaPolicy: input.mfaPolicy ?? ('trust_provider' as const),
      secrets: sealSecrets(keyring, connectionContext(id), secrets),
      now: clock.now(),
    };
    const created = await database.transaction(async (tx) => {
      if (await connectionsStore(tx).insertUnlessMade(row)) {
        await this.deps.domains.assign(tx, caller, row, domains);
        await recordChange(this.deps, tx, caller, 'added', row, { kind: row.kind, enabled: row.enabled, domains });
      }
      const made = await this.loaded(tx, id);
      if (made.kind !== row.kind) throw new Problem('idempotency_key_reused');
      return this.view(made);
    });
    mail.poke();
    return created;
  }

  /**
   * Changes a connection. Its `config` is replaced whole; a secret that is left out stays. Where somebody came in through
   * it, configuration and secret wait for a test.
   *
   * @param revisions of the If-Match header; null where any will do
   * @throws Problem `not_found`, `forbidden`, `invalid_request`, `precondition_failed`, `no_working_sso`
   */
  async update(
    caller: Caller,
    organizationId: string,
    id: string,
    input: ConnectionChanges,
    revisions: readonly string[] | null,
  ) {
    assertMayChange(caller);
    await this.row(caller, organizationId, id);
    const { clock, database, mail, organizations, stagedChanges } = this.deps;
    const updated = await database.transaction(async (tx) => {
      const assertWayIn = await holdWayIn(tx, organizations, caller, organizationId);
      const before = await this.locked(tx, id, revisions);
      const reach = input.config === undefined ? null : this.reachOf(before, input.config);
      const hasWorked = before.lastSignInAt !== null;
      const changes = {
        ...this.fieldsOf(before, input),
        ...(reach && !hasWorked ? stagedChanges.changesTo(before, reach) : {}),
      };
      const domains = input.domains === undefined ? null : parseDomains(input.domains);
      const changed: string[] = Object.keys(changes);
      if (domains && !isDeepStrictEqual([...domains].sort(), before.domains.map(({ name }) => name).sort())) {
        await this.deps.domains.assign(tx, caller, before, domains);
        changed.push('domains');
      }
      if (changed.length > 0) {
        await connectionsStore(tx).update(id, changes, clock.now());
        await assertWayIn();
        const ended = await stagedChanges.endSessions(tx, caller, before, changes);
        await recordChange(this.deps, tx, caller, 'changed', before, {
          changed,
          ...(changes.enabled === undefined ? {} : { enabled: changes.enabled }),
          ...(domains === null ? {} : { domains }),
          ...(ended === 0 ? {} : { sessionsEnded: ended }),
        });
      }
      if (reach && hasWorked) await stagedChanges.stage(tx, caller, before, reach);
      return this.view(await this.loaded(tx, id));
    });
    mail.poke();
    return updated;
  }

  /** Discards the change that waits. @throws Problem `not_found`, `forbidden`, `precondition_failed` */
  async discardChange(caller: Caller, organizationId: string, id: string, revisions: readonly string[] | null) {
    assertMayChange(caller);
    await this.row(caller, organizationId, id);
    const { database, mail, stagedChanges } = this.deps;
    await database.transaction(async (tx) => {
      const before = await this.locked(tx, id, revisions);
      if (!(await stagedChanges.drop(tx, caller, before))) throw new Problem('not_found');
    });
    mail.poke();
  }

  /** @throws Problem `not_found`, `forbidden`, `precondition_failed`, `no_working_sso` */
  async delete(caller: Caller, organizationId: string, id: string, revisions: readonly string[] | null) {
    assertMayChange(caller);
    await this.row(caller, organizationId, id);
    const { database, mail, organizations, sessions } = this.deps;
    await database.transaction(async (tx) => {
      const assertWayIn = await holdWayIn(tx, organizations, caller, organizationId);
      const before = await this.locked(tx, id, revisions);
      const ended = await sessions.end(tx, { of: 'connection', id });
      await connectionsStore(tx).delete(id);
      await assertWayIn();
      await recordChange(this.deps, tx, caller, 'removed', before, { kind: before.kind, sessionsEnded: ended });
    });
    mail.poke();
  }

  /** @throws Problem `not_found`, `forbidden`, `invalid_metadata`, `provider_unavailable` */
  async readMetadata(caller: Caller, organizationId: string, input: { url: string } | { xml: string }) {
    assertMayChange(caller);
    await this.deps.organizations.find(caller, organizationId);
    const xml = 'xml' in input ? input.xml : await this.fetchMetadata(input.url);
    try {
      const { entityId: idpEntityId, ...metadata } = importIdpMetadata(xml);
      return { idpEntityId, ...metadata };
    } catch (error) {
      if (error instanceof SamlFault) throw new Problem('invalid_metadata', { detail: error.message, cause: error });
      throw error;
    }
  }

  /** @throws Problem `not_found`, `forbidden` */
  async testResult(caller: Principal, organizationId: string, id: string) {
    return { result: testView(await this.row(caller, organizationId, id)) };
  }

  /** A connection within the caller's organisations. @throws Problem `not_found`, `forbidden` */
  async row(caller: Principal, organizationId: string, id: string): Promise<ConnectionRow> {
    await this.deps.organizations.find(caller, organizationId);
    const row = await connectionsStore(this.deps.database.client).find(id, organizationId);
    if (!row) throw new Problem('not_found');
    return row;
  }

  private fieldsOf(before: ConnectionRow, input: ConnectionChanges): RowChanges {
    const changes: RowChanges = {};
    const name = input.name?.trim();
    if (name !== undefined && name !== before.name) changes.name = name;
    if (input.enabled !== undefined && input.enabled !== before.enabled) changes.enabled = input.enabled;
    if (input.provisioning !== undefined && input.provisioning !== before.provisioning)
      changes.provisioning = input.provisioning;
    if (input.mfaPolicy !== undefined && input.mfaPolicy !== before.mfaPolicy) changes.mfaPolicy = input.mfaPolicy;
    return changes;
  }

  /** What was sent, with the secrets that it leaves as they are: those of a change that waits, where one does. */
  private reachOf(before: ConnectionRow, config: unknown): Reach {
    const { provider, clientSecret } = settle(readConfig(before.kind, config), this.rules);
    const { secrets } = this.deps.stagedChanges.reachOf(before);
    if (clientSecret === undefined) return { config: provider.config, secrets };
    const { clientSecret: _, ...others } = secrets;
    return { config: provider.config, secrets: { ...others, ...(clientSecret === null ? {} : { clientSecret }) } };
  }

  private get rules() {
    return { allowLoopback: this.deps.outbound.allowsLoopback };
  }

  /** SAML signs its requests with a key of the connection's own. */
  private async keyPairFor(kind: SsoKind): Promise<ConnectionSecrets> {
    const { clock, publicUrl } = this.deps;
    if (kind !== 'saml') return {};
    const { newSpKeyPair } = await import('../protocols/saml/service-provider.ts');
    return { keyPair: await newSpKeyPair(publicUrl.hostname, clock.now()) };
  }

  private async fetchMetadata(url: string): Promise<string> {
    try {
      const response = await this.deps.outbound.fetch(url, {
        headers: { accept: 'application/samlmetadata+xml, */*' },
      });
      if (response.status === 200) return await response.text();
      throw new Error(`It answered with status ${response.status}.`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : '';
      throw new Problem('provider_unavailable', {
        detail: `The metadata could not be fetched. ${reason}`,
        cause: error,
      });
    }
  }

  private async locked(tx: Transaction, id: string, revisions: readonly string[] | null): Promise<ConnectionRow> {
    await connectionsStore(tx).lockForChange(id);
    const row = await this.loaded(tx, id);
    if (revisions && !revisions.includes(stateOf(row))) {
      throw new Problem('precondition_failed', { detail: 'Load the connection again and repeat your change.' });
    }
    return row;
  }

  private async loaded(tx: Transaction, id: string): Promise<ConnectionRow> {
    const row = await connectionsStore(tx).find(id);
    if (!row) throw new Problem('not_found');
    return row;
  }

  /** A connection as admins see it; with `state`, for the ETag. */
  private view(connection: ConnectionRow): ConnectionView & { state: string } {
    const { clock, publicUrl, stagedChanges } = this.deps;
    const { secrets: _sealed, lastTest: _test, change, changeId: _none, domains, ...row } = connection;
    const { secrets } = stagedChanges.reachOf({ ...connection, change: null });
    const newest = stagedChanges.reachOf(connection);
    const unverified = domains.filter(({ verified }) => !verified).map(({ name }) => name);
    const view = {
      ...row,
      domains: domains.map(({ name }) => name),
      unverifiedDomains: unverified,
      hasClientSecret: secrets.clientSecret !== undefined,
      urls: ssoUrls(publicUrl, row.id, row.kind),
      certificates: certificatesOf(connection),
      pendingChange: change && {
        config: change.config,
        hasClientSecret: newest.secrets.clientSecret !== undefined,
        secretChanges: !isDeepStrictEqual(newest.secrets, secrets),
        certificates: certificatesOf(asChanged(connection)),
        createdAt: change.createdAt,
        createdBy: change.createdBy,
      },
      state: stateOf(connection),
      warnings: [
        ...(row.kind === 'saml' ? certificateWarnings(row.config, clock.now()).map(({ words }) => words) : []),
        ...unverified.map((domain) => `The domain ${domain} is not verified: its addresses do not count yet.`),
        ...domains.flatMap(({ name, missingSince }) =>
          missingSince === null
            ? []
            : [`The DNS record of ${name} is gone since ${missingSince.toISOString().slice(0, 10)}: see Domains.`],
        ),
        ...(domains.length === 0
          ? [
              'Without a verified domain, people find this connection by its link only, and invitations are not matched.',
            ]
          : []),
      ],
      // Somebody signed in through it, and no configuration served since that was not tested.
      working: row.enabled && row.lastSignInAt !== null,
      lastFailure: row.lastFailure && { ...row.lastFailure, at: new Date(row.lastFailure.at) },
    };
    // The change is of the kind of its connection.
    return view as ConnectionView & { state: string };
  }
}

/** What the last try showed. */
function testView({ change, lastTest, version }: ConnectionRow): TestResult | null {
  if (!lastTest) return null;
  const { federation: _, version: tried, changeId = null, applied = false, at, ...result } = lastTest;
  const current = tried === version && changeId === (change?.id ?? null);
  return { ...result, at: new Date(at), current, ofChange: applied || changeId !== null, applied };
}

const certificatesOf = ({ kind, config }: ConnectionRow) =>
  kind === 'saml' ? config.certificates.map(describeCertificate).map(({ pem: _, ...shown }) => shown) : [];
