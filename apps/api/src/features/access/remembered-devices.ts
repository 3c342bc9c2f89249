import { type Caller, DAY_MS, type Origin, Problem } from '@sallyport/core';
import { newId } from '../../platform/crypto/ids.ts';
import { hashToken, newToken } from '../../platform/crypto/tokens.ts';
import type { Database, Transaction } from '../../platform/database/database.ts';
import type { MailOutbox } from '../../platform/mail/outbox.ts';
import type { Clock } from '../../platform/time/clock.ts';
import { type AuditService, ownDoing } from '../audit/index.ts';
import { deviceRemembered } from '../mails/index.ts';
import { rememberedDevicesStore } from './remembered-devices.store.ts';
import type { SessionsService } from './service.ts';

interface Deps {
  database: Database;
  clock: Clock;
  audit: AuditService;
  mail: MailOutbox;
  sessions: SessionsService;
}

/** A browser that is about to be remembered. */
export interface DeviceToRemember {
  id: string;
  /** For the cookie: 256 random bits, base64url. */
  token: string;
  /** From 1 to 90. */
  days: number;
}

/** Browsers that stand for the second step of their user for some days (decision 0033). */
export class RememberedDevicesService {
  constructor(private readonly deps: Deps) {}

  /**
   * The device of the user that the browser was remembered as; null where it was not. Whether it is still, the statement
   * that opens the session finds.
   *
   * @param tokens what the browser brought, of whichever users
   */
  async find(userId: string, tokens: readonly string[]): Promise<string | null> {
    return rememberedDevicesStore(this.deps.database.client).find(userId, tokens.map(hashToken));
  }

  /** @param days 0 for none */
  prepare(days: number): DeviceToRemember | null {
    return days > 0 ? { id: newId(), token: newToken(), days } : null;
  }

  /**
   * Remembers the browser in the transaction of the sign-in that passed the second step, with mail and event.
   *
   * @param tokens what the browser brought; those of this user are replaced
   */
  async remember(
    tx: Transaction,
    user: { userId: string; email: string; organizationId: string; origin: Origin },
    { id, token, days }: DeviceToRemember,
    tokens: readonly string[],
  ): Promise<void> {
    const { audit, clock, mail } = this.deps;
    const { email: to, origin, userId } = user;
    const createdAt = clock.now();
    const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
    await rememberedDevicesStore(tx).insert(
      { id, userId, tokenHash: hashToken(token), userAgent: origin.userAgent, createdAt, expiresAt },
      tokens.map(hashToken),
    );
    await mail.enqueue(tx, deviceRemembered({ to, days }));
    await audit.record(tx, origin, {
      action: 'device.remembered',
      ...ownDoing(user),
      details: { deviceId: id, days },
    });
  }

  async list({ session, userId }: Caller) {
    const { clock, database } = this.deps;
    return { items: await rememberedDevicesStore(database.client).list(userId, session.id, clock.now()) };
  }

  /** @throws Problem `not_found` when no such device is remembered for the caller */
  async forgetOne(caller: Caller, deviceId: string): Promise<void> {
    const count = await this.forgetOwn(caller, deviceId);
    if (count === 0) throw new Problem('not_found');
  }

  async forgetAll(caller: Caller): Promise<void> {
    await this.forgetOwn(caller);
  }

  /** Forgets every device of the user, in the transaction of a change of what proves it. */
  async forgetOf(tx: Transaction, userId: string): Promise<void> {
    await rememberedDevicesStore(tx).forget(userId);
  }

  /**
   * Brings what is remembered in the organisations down to the days of the setting, in the transaction that changes it.
   * Sessions on devices that are over by it end.
   */
  async shorten(tx: Transaction, organizationIds: readonly string[]): Promise<void> {
    const { clock, sessions } = this.deps;
    const ids = await rememberedDevicesStore(tx).shorten(organizationIds, clock.now());
    await sessions.end(tx, { of: 'remembered devices', ids });
  }

  /** Deletes the devices whose days are over. */
  async purge(): Promise<number> {
    const { clock, database } = this.deps;
    return rememberedDevicesStore(database.client).purge(clock.now());
  }

  /** The sessions that began on them end too, but for that of the caller. */
  private async forgetOwn(caller: Caller, deviceId?: string): Promise<number> {
    const { audit, database, sessions } = this.deps;
    const { session, userId } = caller;
    return database.transaction(async (tx) => {
      const ids = await rememberedDevicesStore(tx).forget(userId, deviceId);
      if (ids.length === 0) return 0;
      await sessions.end(tx, { of: 'remembered devices', ids, except: session.id });
      await audit.record(tx, caller.origin, {
        action: 'device.forgotten',
        ...ownDoing(caller),
        details: { count: ids.length, ...(deviceId === undefined ? {} : { deviceId }) },
      });
      return ids.length;
    });
  }
}
