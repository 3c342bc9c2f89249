import { isDeepStrictEqual } from 'node:util';
import { type AuditAction, type Caller, Problem } from '@sallyport/core';
import { newId } from '../../../platform/crypto/ids.ts';
import type { Keyring } from '../../../platform/crypto/keyring.ts';
import type { Transaction } from '../../../platform/database/database.ts';
import type { Clock } from '../../../platform/time/clock.ts';
import type { SessionsService } from '../../access/index.ts';
import { type AuditService, partyOf } from '../../audit/index.ts';
import { type ConnectionNews, connectionChanged } from '../../mails/index.ts';
import type { OrganizationsService } from '../../organizations/index.ts';
import type { UsersWriter } from '../../users/index.ts';
import { SsoFault } from '../protocols/identity.ts';
import type { Provider } from '../protocols/schemas.ts';
import { type ConnectionSecrets, changeContext, connectionContext, openSecrets, sealSecrets } from '../secrets.ts';
import { asChanged, type ConnectionRow, connectionsStore, type RowChanges } from './store.ts';
import { holdWayIn } from './way-in.ts';

interface Deps {
  clock: Clock;
  keyring: Keyring;
  audit: AuditService;
  organizations: OrganizationsService;
  sessions: SessionsService;
  writer: UsersWriter;
}

/** How a connection reaches its provider. */
export interface Reach {
  config: Provider['config'];
  secrets: ConnectionSecrets;
}

/** What a connection that worked is to become: it serves after a test that succeeded, and until then the old one does (SEC-35). */
export class StagedChanges {
  constructor(private readonly deps: Deps) {}

  /** What the change would make of the connection, or the connection is, where none waits. */
  reachOf(row: ConnectionRow): Reach {
    const newest = asChanged(row);
    return { config: newest.config, secrets: openSecrets(this.deps.keyring, newest) };
  }

  /**
   * Lets a new configuration, or new secrets, wait for their test; takes the waiting ones away where the new are those
   * that serve. False when nothing was to be done.
   */
  async stage(tx: Transaction, caller: Caller, before: ConnectionRow, wanted: Reach): Promise<boolean> {
    const { clock, keyring } = this.deps;
    if (isDeepStrictEqual(wanted, this.reachOf(before))) return false;
    const changed = changedParts(this.reachOf({ ...before, change: null }), wanted);
    if (changed.length === 0) return this.drop(tx, caller, before);
    const id = newId();
    await connectionsStore(tx).stage(before.id, {
      id,
      config: wanted.config,
      secrets: sealSecrets(keyring, changeContext(id), wanted.secrets),
      createdAt: clock.now(),
      createdBy: caller.email,
    });
    await recordChange(this.deps, tx, caller, 'staged', before, { changed });
    return true;
  }

  /** False when none waited. */
  async drop(tx: Transaction, caller: Caller, before: ConnectionRow): Promise<boolean> {
    if (!(await connectionsStore(tx).dropChange(before.id))) return false;
    await recordChange(this.deps, tx, caller, 'discarded', before, {});
    return true;
  }

  /**
   * Puts the change that was tried in the place of what served.
   *
   * @param tried the connection with the change, as the test saw it
   * @returns the connection as it is from now on
   * @throws SsoFault `sso_expired` when the connection, or the change, is another by now
   */
  async apply(tx: Transaction, caller: Caller, tried: ConnectionRow): Promise<ConnectionRow> {
    const { clock, organizations } = this.deps;
    const assertWayIn = await holdWayIn(tx, organizations, caller, tried.organizationId);
    const store = connectionsStore(tx);
    await store.lockForChange(tried.id);
    const before = await store.find(tried.id);
    if (before?.version !== tried.version || before.change?.id !== tried.changeId)
      throw new SsoFault('sso_expired', 'The connection was changed meanwhile.');
    const changes = this.changesTo(before, this.reachOf(before));
    await store.update(tried.id, changes, clock.now(), { proved: true });
    await store.dropChange(tried.id);
    await assertWayIn();
    const ended = await this.endSessions(tx, caller, before, changes);
    await recordChange(this.deps, tx, caller, 'applied', before, {
      changed: Object.keys(changes),
      ...(ended === 0 ? {} : { sessionsEnded: ended }),
    });
    const after = await store.find(tried.id);
    if (!after) throw new Problem('not_found');
    return after;
  }

  /** What of the connection becomes another, sealed for it. */
  changesTo(before: ConnectionRow, wanted: Reach): Pick<RowChanges, 'config' | 'secrets'> {
    const { keyring } = this.deps;
    const changed = changedParts(this.reachOf({ ...before, change: null }), wanted);
    return {
      ...(changed.includes('config') ? { config: wanted.config } : {}),
      ...(changed.includes('secrets')
        ? { secrets: sealSecrets(keyring, connectionContext(before.id), wanted.secrets) }
        : {}),
    };
  }

  /** Who came in by what is trusted no longer goes; but not the admin who says so. How many. */
  async endSessions(tx: Transaction, caller: Caller, { id, config }: ConnectionRow, changes: RowChanges) {
    const { sessions } = this.deps;
    if (changes.enabled === false) return sessions.end(tx, { of: 'connection', id });
    const distrusted = changes.secrets !== undefined || (changes.config && trustsLess(config, changes.config));
    return distrusted ? sessions.end(tx, { of: 'connection', id, except: caller.session.id }) : 0;
  }
}

/** Which of the two differ. */
const changedParts = (before: Reach, after: Reach): ('config' | 'secrets')[] =>
  (['config', 'secrets'] as const).filter((part) => !isDeepStrictEqual(before[part], after[part]));

/** Whether anything differs but lists that only grew. */
const trustsLess = (before: object, after: object): boolean =>
  Object.entries(before).some(([name, value]) => {
    const next: unknown = Reflect.get(after, name);
    if (Array.isArray(value) && Array.isArray(next)) return value.some((item) => !next.includes(item));
    return !isDeepStrictEqual(value, next);
  });

const actions = {
  added: 'sso.connection_created',
  changed: 'sso.connection_updated',
  staged: 'sso.change_staged',
  applied: 'sso.change_applied',
  discarded: 'sso.change_discarded',
  removed: 'sso.connection_deleted',
} as const satisfies Record<ConnectionNews, AuditAction>;

/** Tells the log, and those who run the organisation (SEC-38). */
export async function recordChange(
  { audit, writer }: { audit: AuditService; writer: UsersWriter },
  tx: Transaction,
  caller: Caller,
  news: ConnectionNews,
  { id, name, organizationId }: { id: string; name: string; organizationId: string },
  details: Record<string, string | number | boolean | string[]>,
): Promise<void> {
  await writer.tellAdmins(tx, [organizationId], (to) =>
    connectionChanged({ ...to, connectionName: name, news, by: caller.email }),
  );
  await audit.record(tx, caller.origin, {
    action: actions[news],
    actor: partyOf(caller),
    subject: null,
    organizationId,
    details: { connectionId: id, connectionName: name, ...details },
  });
}
