import { type AuditAction, assertMayChange, type Caller, normalizeDomain, Problem } from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { TxtResolver } from '../../../platform/net/dns.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { AuditService } from '../../audit/index.ts';
import type { OrganizationsService } from '../../organizations/index.ts';
import { isDomain } from '../connections/config.ts';
import { holdWayIn } from '../connections/way-in.ts';
import { domainsStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  resolveTxt: TxtResolver;
  audit: AuditService;
  organizations: OrganizationsService;
}

type Domain = NonNullable<Awaited<ReturnType<ReturnType<typeof domainsStore>['find']>>>;

/** The e-mail domains of an organisation; each is proved by a DNS record, and then has one owner. */
export class DomainsService {
  constructor(private readonly deps: Deps) {}

  /** @throws Problem `not_found`, `forbidden` */
  async list(caller: Caller, organizationId: string) {
    await this.deps.organizations.find(caller, organizationId);
    const rows = await domainsStore(this.deps.database.client).list(organizationId);
    return { items: rows.map(viewOf) };
  }

  /** @throws Problem `not_found`, `forbidden`, `invalid_request`, `domain_taken` */
  async add(caller: Caller, organizationId: string, input: string) {
    assertMayChange(caller);
    await this.deps.organizations.find(caller, organizationId);
    const name = normalizeDomain(input);
    if (!isDomain(name)) {
      throw new Problem('invalid_request', { errors: [{ pointer: '/name', message: 'must be a domain name' }] });
    }
    return this.deps.database.transaction(async (tx) => {
      const store = domainsStore(tx);
      const owner = await store.ownerOf(name);
      if (owner !== null && owner !== organizationId) throw new Problem('domain_taken');
      const [added] = await store.claim(organizationId, [name]);
      if (added !== undefined) await this.record(tx, caller, 'domain.added', organizationId, name);
      return viewOf(await this.domain(tx, organizationId, name));
    });
  }

  /**
   * Looks for the TXT record, and makes the domain this organisation's where it is there.
   *
   * @throws Problem `not_found`, `forbidden`, `domain_not_proved`, `domain_taken`
   */
  async verify(caller: Caller, organizationId: string, input: string) {
    assertMayChange(caller);
    await this.deps.organizations.find(caller, organizationId);
    const { database, clock, resolveTxt } = this.deps;
    const domain = await this.domain(database.client, organizationId, normalizeDomain(input));
    if (domain.verifiedAt) return viewOf(domain);
    const { value } = recordOf(domain);
    if (!(await resolveTxt(domain.name)).includes(value)) {
      throw new Problem('domain_not_proved', {
        detail: `Add a TXT record with the value ${value} to ${domain.name}. It can take an hour until it is seen.`,
      });
    }
    return database.transaction(async (tx) => {
      const outcome = await domainsStore(tx).verify(organizationId, domain.name, clock.now());
      if (outcome === 'taken') throw new Problem('domain_taken');
      if (outcome === 'verified') await this.record(tx, caller, 'domain.verified', organizationId, domain.name);
      return viewOf(await this.domain(tx, organizationId, domain.name));
    });
  }

  /** @throws Problem `not_found`, `forbidden`, `no_working_sso` */
  async remove(caller: Caller, organizationId: string, input: string): Promise<void> {
    assertMayChange(caller);
    await this.deps.organizations.find(caller, organizationId);
    const name = normalizeDomain(input);
    const { database, organizations } = this.deps;
    await database.transaction(async (tx) => {
      const assertWayIn = await holdWayIn(tx, organizations, caller, organizationId);
      if (!(await domainsStore(tx).remove(organizationId, name))) throw new Problem('not_found');
      await assertWayIn();
      await this.record(tx, caller, 'domain.removed', organizationId, name);
    });
  }

  private async domain(db: Parameters<typeof domainsStore>[0], organizationId: string, name: string): Promise<Domain> {
    const domain = await domainsStore(db).find(organizationId, name);
    if (!domain) throw new Problem('not_found');
    return domain;
  }

  private async record(tx: Transaction, caller: Caller, action: AuditAction, organizationId: string, domain: string) {
    await this.deps.audit.record(tx, caller.origin, {
      action,
      actor: { id: caller.userId, name: caller.email },
      subject: null,
      organizationId,
      details: { domain },
    });
  }
}

const recordOf = ({ name, verificationToken }: Domain) => ({
  type: 'TXT' as const,
  name,
  value: `sallyport-verification=${verificationToken}`,
});

const viewOf = (domain: Domain) => ({
  name: domain.name,
  verifiedAt: domain.verifiedAt,
  record: recordOf(domain),
});
