import {
  type AuditAction,
  assertMayChange,
  type Caller,
  DAY_MS,
  normalizeDomain,
  type Principal,
  Problem,
} from '@sallyport/core';
import type { Database, Transaction } from '../../../platform/database/database.ts';
import type { MailOutbox } from '../../../platform/mail/outbox.ts';
import type { TxtResolver } from '../../../platform/net/dns.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import { type AuditService, partyOf } from '../../audit/index.ts';
import { domainKept, domainUnproved } from '../../mails/index.ts';
import type { OrganizationsService } from '../../organizations/index.ts';
import type { UsersWriter } from '../../users/index.ts';
import { isDomain } from '../connections/config.ts';
import { holdWayIn, watchWayIn } from '../connections/way-in.ts';
import { domainsStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  resolveTxt: TxtResolver;
  audit: AuditService;
  organizations: OrganizationsService;
  mail: MailOutbox;
  writer: UsersWriter;
}

/** How often the record of a verified domain is looked for, and for how long it may be gone. */
const RECHECK_MS = DAY_MS;
const GRACE_MS = 7 * DAY_MS;
/** Of one run, and of them at once: each may take some seconds. */
const RECHECKS = 500;
const RECHECKS_AT_ONCE = 10;

type Domain = NonNullable<Awaited<ReturnType<ReturnType<typeof domainsStore>['find']>>>;

/** The e-mail domains of an organisation; each is proved by a DNS record, and then has one owner. */
export class DomainsService {
  constructor(private readonly deps: Deps) {}

  /** @throws Problem `not_found`, `forbidden` */
  async list(caller: Principal, organizationId: string) {
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
      const owner = await domainsStore(tx).ownerOf(name);
      if (owner !== null && owner !== organizationId) throw new Problem('domain_taken');
      await this.claim(tx, caller, organizationId, [name]);
      return viewOf(await this.domain(tx, organizationId, name));
    });
  }

  /**
   * Makes these the domains of a connection, and claims those that its organisation has not claimed yet.
   *
   * @param names in their one spelling
   */
  async assign(
    tx: Transaction,
    caller: Caller,
    { id, organizationId }: { id: string; organizationId: string },
    names: readonly string[],
  ): Promise<void> {
    await this.claim(tx, caller, organizationId, names);
    await domainsStore(tx).assign(id, organizationId, names);
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

  /**
   * Looks again, once a day, for the records that proved domains. The admins hear of one that is gone; when it stays away
   * for seven days, the domain counts as not verified, unless nobody could sign in then.
   *
   * @returns how many records came, went or stayed away for too long
   */
  async recheck(): Promise<number> {
    const { clock, database, mail } = this.deps;
    const since = new Date(clock.now().getTime() - RECHECK_MS);
    const waiting = await domainsStore(database.client).listUnchecked(since, RECHECKS);
    let changed = 0;
    while (waiting.length > 0) {
      const outcomes = await Promise.all(waiting.splice(0, RECHECKS_AT_ONCE).map((domain) => this.recheckOne(domain)));
      changed += outcomes.filter(Boolean).length;
    }
    mail.poke();
    return changed;
  }

  private async recheckOne(domain: Domain): Promise<boolean> {
    const { clock, database, resolveTxt, writer } = this.deps;
    const { missingSince, name, organizationId } = domain;
    const record = recordOf(domain).value;
    const found = (await resolveTxt(name)).includes(record);
    const now = clock.now();
    if (found) {
      const noted = await domainsStore(database.client).noteCheck(domain, { checkedAt: now, missingSince: null });
      return noted && missingSince !== null;
    }
    const until = new Date((missingSince ?? now).getTime() + GRACE_MS);
    if (now >= until) return database.transaction((tx) => this.lapse(tx, domain, until));
    return database.transaction(async (tx) => {
      const outcome = { checkedAt: now, missingSince: missingSince ?? now };
      if (!(await domainsStore(tx).noteCheck(domain, outcome))) return false;
      if (missingSince !== null) return false;
      await writer.tellAdmins(tx, [organizationId], (to) => domainUnproved({ ...to, domain: name, record, until }));
      return true;
    });
  }

  /**
   * Makes the domain one that is not verified; but where that would take the last way in, it stays verified, and the
   * admins are told so once (SEC-35). It is looked at again every day.
   */
  private async lapse(tx: Transaction, domain: Domain, until: Date): Promise<boolean> {
    const { clock, organizations, writer } = this.deps;
    const { checkedAt, missingSince, name, organizationId, verifiedAt } = domain;
    const isLost = await watchWayIn(tx, organizations, null, organizationId);
    const store = domainsStore(tx);
    const gone = { checkedAt: null, missingSince: null, verifiedAt: null };
    if (!(await store.noteCheck(domain, gone))) return false;
    if (!(await isLost())) {
      await this.record(tx, null, 'domain.lapsed', organizationId, name);
      return true;
    }
    await store.noteCheck({ ...domain, ...gone }, { checkedAt: clock.now(), missingSince, verifiedAt });
    // The look before this one was in time: so this is the first that finds it overdue.
    if (checkedAt === null || checkedAt >= until) return false;
    await writer.tellAdmins(tx, [organizationId], (to) =>
      domainKept({ ...to, domain: name, record: recordOf(domain).value }),
    );
    await this.record(tx, null, 'domain.kept', organizationId, name);
    return true;
  }

  private async domain(db: Parameters<typeof domainsStore>[0], organizationId: string, name: string): Promise<Domain> {
    const domain = await domainsStore(db).find(organizationId, name);
    if (!domain) throw new Problem('not_found');
    return domain;
  }

  private async claim(
    tx: Transaction,
    caller: Caller,
    organizationId: string,
    names: readonly string[],
  ): Promise<void> {
    for (const name of await domainsStore(tx).claim(organizationId, names))
      await this.record(tx, caller, 'domain.added', organizationId, name);
  }

  /** @param caller null for the chore */
  private async record(
    tx: Transaction,
    caller: Caller | null,
    action: AuditAction,
    organizationId: string,
    domain: string,
  ): Promise<void> {
    await this.deps.audit.record(tx, caller?.origin ?? null, {
      action,
      actor: caller && partyOf(caller),
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
  missingSince: domain.missingSince,
  record: recordOf(domain),
});
