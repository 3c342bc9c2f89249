import {
  assertMayChange,
  assertMayRead,
  type Caller,
  FOLLOWS_ALL,
  fixedByPartner,
  effectiveSettings as inForce,
  mayCreateCustomer,
  type OwnSettings,
  type PreviewGroup,
  type Principal,
  Problem,
  type Settings,
  weakerThanPartner,
} from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { decodeCursor, pageOf } from '../../platform/database/cursor.ts';
import type { Database, Db, Transaction } from '../../platform/database/database.ts';
import type { MailMessage } from '../../platform/mail/mailer.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { RememberedDevicesService, SessionsService } from '../access/index.ts';
import { type AuditService, partyOf } from '../audit/index.ts';
import { localSignInSwitched } from '../mails/index.ts';
import { readPasskeyModels, toldSettings } from './passkey-models.ts';
import type {
  NewOrganization,
  OrganizationChanges,
  OrganizationsQuery,
  PreviewQuery,
  SettingsChanges,
  WaysIn,
} from './schemas.ts';
import { type HeldOrganization, organizationsStore, PREVIEWED_SETTINGS, type SettingsAfter } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  sessions: SessionsService;
  devices: RememberedDevicesService;
  mail: MailOutbox;
  /** Mails those who run the organisations. */
  writer: {
    tellAdmins(
      tx: Transaction,
      organizationIds: readonly string[],
      write: (mail: { to: string }) => MailMessage,
    ): Promise<void>;
  };
  sso: SingleSignOn;
}

/** Who can do without passwords. */
export interface SingleSignOn {
  /** Whether people can sign in to the organisation without a password, and the caller did. */
  isWorking(tx: Transaction, organizationId: string, caller: Caller): Promise<boolean>;
  /** Those of the organisations where people can. */
  working(tx: Transaction, organizationIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** How many of the organisations could sign in with the settings, and who of a group; null where no password counts. */
  waysIn(
    organizationIds: readonly string[],
    options: { after: SettingsAfter | null; group: PreviewGroup; limit: number; cursor?: string | undefined },
  ): Promise<WaysIn>;
  /** Mails those whose password is in the way a link; how many. */
  mailLinks(tx: Transaction, organizationIds: readonly string[]): Promise<number>;
}

type Organization = NonNullable<Awaited<ReturnType<ReturnType<typeof organizationsStore>['find']>>>;

/**
 * The settings in force in an organisation, whoever asks.
 *
 * @throws Problem `not_found`
 */
export async function effectiveSettings(db: Db, organizationId: string): Promise<Settings> {
  const organization = await organizationsStore(db).findAny(organizationId);
  if (!organization) throw new Problem('not_found');
  return inForce(organization, organization.partner);
}

export interface NamedOrganization {
  id: string;
  name: string;
  settings: Settings;
}

/** Organisations by slug, with the settings in force in them, whoever asks. */
export async function organizationsBySlug(db: Db, slugs: readonly string[]): Promise<Map<string, NamedOrganization>> {
  const rows = await organizationsStore(db).listBySlugs(slugs);
  return new Map(
    rows.map(({ slug, id, name, partner, ...own }) => [slug, { id, name, settings: inForce(own, partner) }]),
  );
}

export class OrganizationsService {
  constructor(private readonly deps: Deps) {}

  /** The caller's organisation and the customers under it. */
  async list(caller: Principal, { limit = 50, cursor }: OrganizationsQuery) {
    assertMayRead(caller);
    const after = cursor === undefined ? null : decodeCursor({}, cursor);
    const rows = await organizationsStore(this.deps.database.client).page(caller.organization, after, limit + 1);
    return pageOf(rows, limit, {}, (row) => row.slug);
  }

  /** @throws Problem `not_found` for an organisation that is not the caller's nor under it */
  async find(caller: Principal, id: string): Promise<Organization> {
    assertMayRead(caller);
    return findWithin(this.deps.database.client, caller, id);
  }

  /**
   * Makes changes of a family that could take somebody's way in wait for each other until the transaction ends.
   *
   * @param caller null for a chore
   */
  async holdFamily(tx: Transaction, caller: Caller | null, id: string): Promise<void> {
    await organizationsStore(tx).lockFamily(caller?.organization.id ?? id, id);
  }

  /** Whether passkeys sign in alone in any organisation, whoever asks: what is asked before the user is known. */
  async isPasswordlessAnywhere(): Promise<boolean> {
    return organizationsStore(this.deps.database.client).hasPasswordless();
  }

  /** The ids of the organisation and of its partner, if it has one: whose admins manage its users. */
  async withPartner(tx: Transaction, id: string): Promise<string[]> {
    const partnerId = (await organizationsStore(tx).findAny(id))?.partnerId ?? null;
    return [id, ...(partnerId === null ? [] : [partnerId])];
  }

  /** The id of the organisation with this slug, whoever asks; null where there is none. */
  async idOf(slug: string): Promise<string | null> {
    return (await organizationsStore(this.deps.database.client).findBySlug(slug))?.id ?? null;
  }

  /**
   * Creates a customer under the caller's partner. One that was made with the same id stays as it is.
   *
   * @throws Problem `forbidden` for all but admins of a partner; `slug_taken`, `idempotency_key_reused`
   */
  async create(caller: Principal, id: string, { name, slug }: NewOrganization) {
    assertMayChange(caller);
    if (!mayCreateCustomer(caller)) {
      throw new Problem('forbidden', { detail: 'Only admins of a partner create customers.' });
    }
    const { database, clock, audit } = this.deps;
    const customer = {
      id,
      partnerId: caller.organization.id,
      name: name.trim(),
      slug,
      kind: 'customer',
    } as const;
    return database.transaction(async (tx) => {
      const store = organizationsStore(tx);
      if (!(await store.insertUnlessTaken(customer, clock.now()))) {
        const before = await store.find(caller.organization.id, id);
        if (before === null) throw slugTaken();
        if (before.slug !== slug) throw new Problem('idempotency_key_reused');
        return before;
      }
      await audit.record(tx, caller.origin, {
        action: 'organization.created',
        actor: partyOf(caller),
        subject: null,
        organizationId: customer.id,
        details: { name: customer.name, slug },
      });
      return findWithin(tx, caller, customer.id);
    });
  }

  /**
   * The operator's first step: a partner, or a customer under one.
   *
   * @param partner slug of the partner; null makes a partner
   * @throws Problem `not_found` where there is no such partner; `slug_taken`
   */
  async createByOperator({ name, slug }: NewOrganization, partner: string | null): Promise<{ id: string }> {
    const { database, clock, audit } = this.deps;
    const id = newId();
    return database.transaction(async (tx) => {
      const store = organizationsStore(tx);
      const above = partner === null ? null : await store.findBySlug(partner);
      if (partner !== null && above?.kind !== 'partner') {
        throw new Problem('not_found', { detail: `There is no partner ${partner}` });
      }
      const kind = above ? 'customer' : 'partner';
      const isNew = await store.insertUnlessTaken({ id, slug, name, kind, partnerId: above?.id ?? null }, clock.now());
      if (!isNew) throw slugTaken();
      await audit.record(tx, null, {
        action: 'organization.created',
        actor: { id: null, name: 'operator: organizations create' },
        subject: null,
        organizationId: id,
        details: { name, slug },
      });
      return { id };
    });
  }

  /**
   * Holds an organisation and its customers, to be removed.
   *
   * @returns customers before their partner
   * @throws Problem `not_found`
   */
  async holdToRemove(tx: Transaction, slug: string): Promise<HeldOrganization[]> {
    const held = await organizationsStore(tx).lockToRemove(slug);
    if (held.length === 0) throw new Problem('not_found', { detail: `There is no tenant ${slug}.` });
    return held;
  }

  /** The slugs of the tenants that organisations are of: of a customer its partner's. */
  async tenantsOf(tx: Transaction, ids: readonly string[]): Promise<string[]> {
    return organizationsStore(tx).tenantsOf(ids);
  }

  /** Deletes held organisations, whose users are gone, with their settings, domains and connections. */
  async delete(tx: Transaction, held: readonly { id: string }[]): Promise<void> {
    await organizationsStore(tx).delete(held.map(({ id }) => id));
  }

  /** @throws Problem `slug_taken` */
  async update(caller: Principal, id: string, changes: OrganizationChanges) {
    const { database, clock, audit } = this.deps;
    assertMayChange(caller);
    return database.transaction(async (tx) => {
      const before = await findWithin(tx, caller, id);
      const changed: OrganizationChanges = {};
      if (changes.name !== undefined && changes.name.trim() !== before.name) changed.name = changes.name.trim();
      if (changes.slug !== undefined && changes.slug !== before.slug) changed.slug = changes.slug;
      if (Object.keys(changed).length === 0) return before;
      if ((await organizationsStore(tx).update(id, changed, clock.now())) === 'slug_taken') throw slugTaken();
      await audit.record(tx, caller.origin, {
        action: 'organization.updated',
        actor: partyOf(caller),
        subject: null,
        organizationId: id,
        details: { ...changed },
      });
      return { ...before, ...changed };
    });
  }

  async settings(caller: Principal, id: string) {
    return settingsView(await this.find(caller, id));
  }

  /**
   * Changes settings of one organisation; with null it follows its partner, or the default, again.
   *
   * @throws Problem `invalid_request` for certificates that are none; `weaker_than_partner`; `no_working_sso` when that would switch off the passwords of people who have no other way in
   */
  async updateSettings(caller: Caller, id: string, sent: SettingsChanges) {
    const { database, clock, audit, devices, mail } = this.deps;
    assertMayChange(caller);
    const changes = readChanges(sent, clock.now());
    const changed = await database.transaction(async (tx) => {
      const store = organizationsStore(tx);
      await store.lockFamily(caller.organization.id, id);
      const before = await findWithin(tx, caller, id);
      if (Object.keys(changes).length === 0) return settingsView(before);
      const after = { ...before, ...changes };
      assertNotWeaker(after, changes);
      const on = settingsView(after).localSignInEnabled;
      const switches = settingsView(before).localSignInEnabled !== on;
      if (switches && !on) await this.assertOtherWayIn(tx, caller, id);
      await store.update(id, changes, clock.now());
      if ('rememberedDeviceDays' in changes) await devices.shorten(tx, [id, ...(await store.customersOf(id))]);
      const came = switches ? await this.switchLocalSignIn(tx, caller, id, on) : { details: {}, keeping: [] };
      const event = {
        action: 'settings.updated',
        actor: partyOf(caller),
        subject: null,
      } as const;
      await audit.record(tx, caller.origin, {
        ...event,
        organizationId: id,
        details: { ...toldSettings(changes), ...came.details },
      });
      for (const { id: organizationId } of came.keeping)
        await audit.record(tx, caller.origin, { ...event, organizationId, details: { localSignInEnabled: true } });
      return settingsView(after);
    });
    mail.poke();
    return changed;
  }

  /**
   * Who could not sign in after these changes, by name, and which customers would keep their passwords; changes nothing.
   * What a partner requires of the second factor concerns its customers too.
   *
   * @throws Problem `not_found`, `forbidden`
   */
  async preview(
    caller: Caller,
    id: string,
    sent: SettingsChanges,
    { group = 'stranded', limit = 50, cursor }: PreviewQuery,
  ) {
    const before = await this.find(caller, id);
    const { clock, database, sso } = this.deps;
    const changes = readChanges(sent, clock.now());
    const after = { ...before, ...changes };
    const page = { group, limit, cursor };
    if (settingsView(after).localSignInEnabled) {
      const previewed = PREVIEWED_SETTINGS.filter((name) => name in changes);
      const concerned = previewed.some((name) => name !== 'localSignInEnabled');
      const customers = concerned ? await organizationsStore(database.client).customersOf(id) : [];
      const settings = { ...settingsOf(after), id, changes: previewed };
      return { ...(await sso.waysIn([id, ...customers], { ...page, after: settings })), customers: [] };
    }
    const { off, keeping } = await database.transaction((tx) => this.customersWithout(tx, id));
    return { ...(await sso.waysIn([id, ...off], { ...page, after: null })), customers: keeping };
  }

  /** What follows from the switch, in its transaction, for the organisation and the customers that follow it. */
  private async switchLocalSignIn(tx: Transaction, caller: Caller, id: string, on: boolean) {
    const { clock, sessions, sso, writer } = this.deps;
    const store = organizationsStore(tx);
    const by = caller.email;
    if (on) {
      const followers = await store.followersOfLocalSignIn(id);
      const all = [id, ...followers.map((follower) => follower.id)];
      await writer.tellAdmins(tx, all, (to) => localSignInSwitched({ ...to, on, by }));
      return { details: {}, keeping: [] };
    }
    const { off, keeping } = await this.customersWithout(tx, id);
    await store.setLocalSignIn(
      keeping.map((customer) => customer.id),
      true,
      clock.now(),
    );
    // They would be refused anyway, but they must not come back to life when it is switched on again (SEC-6).
    await sessions.end(tx, { of: 'password sign-ins', organizationIds: [id, ...off] });
    const names = keeping.map(({ name }) => name);
    await writer.tellAdmins(tx, [id], (to) => localSignInSwitched({ ...to, on, by, keeping: names }));
    await writer.tellAdmins(tx, off, (to) => localSignInSwitched({ ...to, on, by }));
    const linksMailed = await sso.mailLinks(tx, [id, ...off]);
    return {
      details: { ...(linksMailed > 0 ? { linksMailed } : {}), ...(names.length > 0 ? { keeping: names } : {}) },
      keeping,
    };
  }

  /**
   * What becomes of the customers that follow the organisation once it does without passwords: those that can follow it
   * do, and those that nobody could sign in to any more keep theirs (SEC-35).
   */
  private async customersWithout(tx: Transaction, id: string) {
    const followers = await organizationsStore(tx).followersOfLocalSignIn(id);
    const working = await this.deps.sso.working(
      tx,
      followers.map((follower) => follower.id),
    );
    return {
      off: followers.flatMap((follower) => (working.has(follower.id) ? [follower.id] : [])),
      keeping: followers.filter((follower) => !working.has(follower.id)),
    };
  }

  /**
   * The operator's way back in where nobody can sign in any more.
   *
   * @returns false when local sign-in was switched on here already
   * @throws Problem `not_found`
   */
  async enableLocalSignInByOperator(slug: string): Promise<boolean> {
    const { database, clock, audit, mail, writer } = this.deps;
    const switched = await database.transaction(async (tx) => {
      const store = organizationsStore(tx);
      const organization = await store.findBySlug(slug);
      if (!organization) throw new Problem('not_found');
      if (organization.localSignInEnabled) return false;
      await store.update(organization.id, { localSignInEnabled: true }, clock.now());
      await audit.record(tx, null, {
        action: 'local_sign_in.enabled',
        actor: { id: null, name: 'operator: local-sign-in enable' },
        subject: null,
        organizationId: organization.id,
      });
      const followers = await store.followersOfLocalSignIn(organization.id);
      const organizationIds = [organization.id, ...followers.map(({ id }) => id)];
      await writer.tellAdmins(tx, organizationIds, (to) => localSignInSwitched({ ...to, on: true, by: 'an operator' }));
      return true;
    });
    mail.poke();
    return switched;
  }

  /** The organisation itself must have another way in, and the caller, who could lock itself out, must have come by one. */
  private async assertOtherWayIn(tx: Transaction, caller: Caller, organizationId: string): Promise<void> {
    if (await this.deps.sso.isWorking(tx, organizationId, caller)) return;
    throw new Problem('no_working_sso', {
      detail: 'Set up single sign-on and sign in through it once, then switch off local sign-in.',
    });
  }
}

const slugTaken = () => new Problem('slug_taken', { errors: [{ pointer: '/slug', message: 'is taken' }] });

const settingsOf = ({
  localSignInEnabled,
  minimumPasswordLength,
  sessionLifetimeMinutes,
  sessionIdleMinutes,
  auditRetentionDays,
  mfaRequired,
  mfaGraceDays,
  rememberedDeviceDays,
  mfaPhishingResistant,
  passwordlessEnabled,
  reenrollmentPass,
  resetDelayHours,
  resetNeedsSecondAdmin,
  recoveryDelayHours,
  passkeyModels,
}: OwnSettings): OwnSettings => ({
  localSignInEnabled,
  minimumPasswordLength,
  sessionLifetimeMinutes,
  sessionIdleMinutes,
  auditRetentionDays,
  mfaRequired,
  mfaGraceDays,
  rememberedDeviceDays,
  mfaPhishingResistant,
  passwordlessEnabled,
  reenrollmentPass,
  resetDelayHours,
  resetNeedsSecondAdmin,
  recoveryDelayHours,
  passkeyModels,
});

/** Changes in their one spelling. @throws Problem `invalid_request` */
function readChanges(sent: SettingsChanges, now: Date): SettingsChanges {
  if (!sent.passkeyModels) return sent;
  const { read, faults } = readPasskeyModels(sent.passkeyModels, '/passkeyModels', now);
  if (faults.length > 0) throw new Problem('invalid_request', { errors: faults });
  return { ...sent, passkeyModels: read };
}

/**
 * A customer asks for more than its partner, or follows it. What it chose before stays, without effect, when the
 * partner comes to ask for more.
 */
function assertNotWeaker(after: OwnSettings & { partner: OwnSettings | null }, changes: SettingsChanges): void {
  const weaker = weakerThanPartner(after, after.partner).filter((name) => name in changes);
  if (weaker.length === 0) return;
  throw new Problem('weaker_than_partner', {
    detail: 'Choose what is stricter, or follow the partner.',
    errors: weaker.map((name) => ({ pointer: `/${name}`, message: 'is less than the partner asks for' })),
  });
}

const settingsView = (organization: OwnSettings & { partner: OwnSettings | null }) => ({
  ...inForce(organization, organization.partner),
  fixed: fixedByPartner(organization.partner),
  own: settingsOf(organization),
  inherited: inForce(FOLLOWS_ALL, organization.partner),
});

async function findWithin(db: Db, caller: Principal, id: string): Promise<Organization> {
  const organization = await organizationsStore(db).find(caller.organization.id, id);
  if (!organization) throw new Problem('not_found');
  return organization;
}
