import {
  assertMayChange,
  type Caller,
  covers,
  DAY_MS,
  isServiceAccount,
  MOST_SERVICE_ACCOUNTS,
  mayGrant,
  momentOf,
  type Origin,
  type Principal,
  Problem,
  type ServiceAccount,
  type ServiceAccountState,
} from '@sallyport/core';
import { hashToken } from '../../platform/crypto/tokens.ts';
import { type Database, isForeignKeyViolation } from '../../platform/database/database.ts';
import type { SourceLimiter } from '../../platform/limits/limiter.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, type EventsOfStrangers, partyOf } from '../audit/index.ts';
import type { OrganizationsService } from '../organizations/index.ts';
import { isKey, newKey } from './key.ts';
import type { NewServiceAccount } from './schemas.ts';
import { type NewServiceAccountRow, type ServiceAccountRow, serviceAccountsStore } from './store.ts';

interface Deps {
  database: Database;
  clock: Clock;
  limiter: SourceLimiter;
  audit: AuditService;
  strangers: EventsOfStrangers;
  organizations: OrganizationsService;
}

/** So long those that expired are listed, and those that were revoked are known as such when their key is used. */
const KEPT_MS = 30 * DAY_MS;

/** Programs that call the API with a key of their own, within the rights of the admin who made them (decision 0030). */
export class ServiceAccountsService {
  constructor(private readonly deps: Deps) {}

  /**
   * The service account whose key this is, as it and its maker are at this moment: one database round trip, once a minute
   * two. A right key is taken from wherever it comes; a wrong one counts against its source as a wrong password does.
   *
   * @throws Problem `unauthenticated`; `too_many_attempts` for a wrong key from a source that failed too often
   */
  async authenticate(key: string, origin: Origin): Promise<ServiceAccount> {
    const { database, clock } = this.deps;
    const store = serviceAccountsStore(database.client);
    const now = clock.now();
    const row = isKey(key) ? await store.findByKey(hashToken(key), now) : null;
    if (!row) throw await this.wrongKey(origin);
    const state = row.revokedAt === null ? stateOf(row, now) : 'revoked';
    if (state !== 'active') {
      await this.recordRefusal(origin, row, state);
      throw new Problem('unauthenticated', { detail: REFUSALS[state] });
    }
    if (row.isUsedAnew) await store.noteUse(row.id, now);
    return { ...principalOf(row), origin };
  }

  /** What the program is told of itself. @throws Problem `forbidden` for a user */
  own(principal: Principal) {
    if (!isServiceAccount(principal)) {
      throw new Problem('forbidden', { detail: 'This is for programs; who you are, GET /me says.' });
    }
    const { serviceAccountId: id, name, role, access, organization } = principal;
    return { id, name, role, access, organization };
  }

  /** @throws Problem `not_found`, `forbidden` */
  async list(caller: Principal, organizationId: string) {
    const { database, clock, organizations } = this.deps;
    await organizations.find(caller, organizationId);
    const rows = await serviceAccountsStore(database.client).list(organizationId);
    return { items: rows.map((row) => viewOf(row, clock.now())) };
  }

  /**
   * Makes a service account of the organisation. Nobody reads the key again.
   *
   * @throws Problem `not_found`, `forbidden`, `reauthentication_required`, `invalid_request` for an end that is not to come,
   *   `too_many_service_accounts`, `key_already_shown`
   */
  async create(caller: Caller, organizationId: string, accountId: string, { expiresAt, ...input }: NewServiceAccount) {
    assertMayChange(caller);
    const { audit, clock, database, organizations } = this.deps;
    const organization = await organizations.find(caller, organizationId);
    const { role, access } = input;
    if (!mayGrant(caller, { role, access, organization })) {
      throw new Problem('forbidden', { detail: 'You cannot grant more rights than you have.' });
    }
    const key = newKey();
    const now = clock.now();
    const row: NewServiceAccountRow = {
      ...{ id: accountId, organizationId, name: input.name.trim(), role, access, keyHash: hashToken(key) },
      ...{ makerId: caller.userId, createdAt: now, expiresAt: endOf(expiresAt ?? null, now) },
    };
    await database.transaction(async (tx) => {
      const store = serviceAccountsStore(tx);
      await store.holdOrganization(caller.organization.id, organizationId);
      if (await store.wasMade(accountId)) throw keyAlreadyShown();
      if ((await store.count(organizationId)) >= MOST_SERVICE_ACCOUNTS) {
        throw new Problem('too_many_service_accounts', { detail: 'Revoke one that is not used any more.' });
      }
      await store.insert(row).catch((error: unknown) => {
        // The caller was erased meanwhile.
        throw isForeignKeyViolation(error) ? new Problem('unauthenticated', { cause: error }) : error;
      });
      await audit.record(tx, caller.origin, {
        ...{ action: 'service_account.created', actor: partyOf(caller), subject: null, organizationId },
        details: { ...named(row), role, access, expiresAt: row.expiresAt?.toISOString() ?? null },
      });
    });
    const { id, name, createdAt, expiresAt: end } = row;
    const maker = { id: caller.userId, email: caller.email };
    return {
      id,
      name,
      role,
      access,
      state: 'active' as const,
      maker,
      createdAt,
      expiresAt: end,
      lastUsedAt: null,
      key,
    };
  }

  /** Ends the key from the next request on, wherever it comes in. @throws Problem `not_found`, `forbidden`, `reauthentication_required` */
  async revoke(caller: Caller, organizationId: string, id: string): Promise<void> {
    assertMayChange(caller);
    const { audit, clock, database, organizations } = this.deps;
    await organizations.find(caller, organizationId);
    await database.transaction(async (tx) => {
      const name = await serviceAccountsStore(tx).revoke(organizationId, id, clock.now());
      if (name === null) throw new Problem('not_found');
      await audit.record(tx, caller.origin, {
        ...{ action: 'service_account.revoked', actor: partyOf(caller), subject: null, organizationId },
        details: named({ id, name }),
      });
    });
  }

  /** Deletes what ended 30 days ago; how many. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return serviceAccountsStore(database.client).purge(new Date(clock.now().getTime() - KEPT_MS));
  }

  private async wrongKey({ address }: Origin): Promise<Problem> {
    const { limiter } = this.deps;
    const limited = await limiter.check(address);
    if (limited) {
      return new Problem('too_many_attempts', { detail: 'Too many wrong keys came from your network.', ...limited });
    }
    await limiter.fail(address);
    return new Problem('unauthenticated', { detail: 'The key is wrong.' });
  }

  /** A program that goes on with a key that is over may be a leak that was stopped: its admins see it, and not too often. */
  private async recordRefusal(origin: Origin, row: ServiceAccountRow, reason: keyof typeof REFUSALS): Promise<void> {
    const { audit, database, strangers } = this.deps;
    const { organizationId } = row;
    const action = 'service_account.refused';
    if (!(await strangers.keeps(origin, { action, kind: reason, target: row.id, organizationId }))) return;
    await audit.record(database.client, origin, {
      ...{ action, outcome: 'failure', actor: partyOf(principalOf(row)), subject: null, organizationId },
      details: { reason },
    });
  }
}

const REFUSALS = {
  revoked: 'The key was revoked.',
  expired: 'The key has expired.',
  stopped: 'The admin who made the key may not sign in any more, or has fewer rights than the key.',
} as const;

const named = ({ id, name }: { id: string; name: string }) => ({ serviceAccountId: id, name });

/** Of one that was not revoked. */
function stateOf(row: ServiceAccountRow, now: Date): ServiceAccountState {
  if (row.expiresAt !== null && row.expiresAt <= now) return 'expired';
  const maker = { role: row.makerRole, access: row.makerAccess, organization: { kind: row.makerKind } };
  const isCovered = row.makerStatus === 'active' && covers(maker, principalOf(row));
  return isCovered ? 'active' : 'stopped';
}

const principalOf = (row: ServiceAccountRow): Omit<ServiceAccount, 'origin'> => ({
  serviceAccountId: row.id,
  name: row.name,
  role: row.role,
  access: row.access,
  organization: {
    id: row.organizationId,
    slug: row.organizationSlug,
    name: row.organizationName,
    kind: row.organizationKind,
  },
});

const viewOf = (row: ServiceAccountRow, now: Date) => ({
  id: row.id,
  name: row.name,
  role: row.role,
  access: row.access,
  state: stateOf(row, now),
  maker: { id: row.makerId, email: row.makerEmail },
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
  lastUsedAt: row.usedAt,
});

const keyAlreadyShown = () =>
  new Problem('key_already_shown', {
    detail: 'If the answer with the key was lost, revoke the account and make another.',
  });

/** @param text RFC 3339, as the schema judged it; null for no end */
function endOf(text: string | null, now: Date): Date | null {
  if (text === null) return null;
  const end = momentOf(text, '/expiresAt');
  if (end > now) return end;
  throw new Problem('invalid_request', { errors: [{ pointer: '/expiresAt', message: 'must be a moment to come' }] });
}
