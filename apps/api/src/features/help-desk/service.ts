import { DAY_MS, type Principal } from '@sallyport/core';
import type { Database } from '../../platform/database/database.ts';
import type { Attempts } from '../../platform/limits/attempts.store.ts';
import type { Clock } from '../../platform/time/clock.ts';
import type { SessionsService } from '../access/index.ts';
import type { MfaService } from '../mfa/index.ts';
import { attemptKeysByKind, type UsersService } from '../users/index.ts';

interface Deps {
  database: Database;
  clock: Clock;
  attempts: Attempts;
  mfa: MfaService;
  sessions: SessionsService;
  users: UsersService;
}

type Counts = Awaited<ReturnType<Attempts['of']>>;

/** What an admin sees of a user who cannot sign in: why, and what the user has left. Nothing that opens anything. */
export class HelpDeskService {
  constructor(private readonly deps: Deps) {}

  /** @throws Problem `forbidden`, `not_found` */
  async securityOf(caller: Principal, id: string) {
    const { attempts, clock, database, mfa, sessions, users } = this.deps;
    const user = await users.find(caller, id);
    const keys = await attemptKeysByKind(sessions, database.client, user);
    const [factors, standing, counts] = await Promise.all([
      mfa.factorsOf(id),
      sessions.standingOf(id),
      attempts.of(database.client, Object.values(keys).flat()),
    ]);
    const failed = (kind: keyof typeof keys) =>
      inAll(
        counts.filter(({ key }) => keys[kind].includes(key)),
        clock.now(),
      );
    return {
      mfa: factors,
      ...standing,
      attempts: {
        password: failed('password'),
        secondFactor: failed('secondFactor'),
        passkey: failed('passkey'),
        reauthentication: failed('reauthentication'),
      },
    };
  }
}

/** What several counts come to. */
function inAll(counts: Counts, now: Date) {
  const ofToday = counts.filter(({ dayStartedAt }) => dayStartedAt.getTime() > now.getTime() - DAY_MS);
  const blocks = counts.flatMap(({ blockedUntil }) => (blockedUntil && blockedUntil > now ? [blockedUntil] : []));
  return {
    failures: ofToday.reduce((sum, { dayFailures }) => sum + dayFailures, 0),
    blockedUntil: blocks.length === 0 ? null : new Date(Math.max(...blocks.map((block) => block.getTime()))),
  };
}
