import type { AttemptPolicy } from '@sallyport/core';
import { type Db, Prisma } from './database/database.ts';

export type Claim = { granted: true } | { granted: false; retryAfterSeconds: number };

const DAY_SECONDS = 24 * 60 * 60;

/**
 * The CTEs that raise the count of the key in the one row of CTE `counted(key)`, unless it is blocked: for larger
 * statements. `claim` then has a row when the attempt may go on; `blocked` says, where there is a count, how many
 * seconds a refused attempt should wait. Raised before the judgement, so parallel guesses are all counted.
 */
export function claimAttempt(policy: AttemptPolicy, now: Date): Prisma.Sql {
  const at = Prisma.sql`${now}::timestamptz`;
  const dayIsOver = Prisma.sql`a.day_started_at <= ${at} - make_interval(secs => ${DAY_SECONDS}::int)`;
  const runIsOver = policy.newRunAfterBlock
    ? Prisma.sql`(a.blocked_until IS NOT NULL OR a.updated_at <= ${at} - make_interval(secs => ${DAY_SECONDS}::int))`
    : Prisma.sql`a.updated_at <= ${at} - make_interval(secs => ${DAY_SECONDS}::int)`;
  const inARow = Prisma.sql`CASE WHEN ${runIsOver} THEN 1 ELSE a.failures + 1 END`;
  const blockSeconds = Prisma.sql`
    LEAST(${policy.baseSeconds}::float8 * power(2, LEAST(${inARow} - ${policy.free}::int, 30)), ${policy.maxSeconds}::float8)`;
  const withinDay =
    policy.dayLimit === null ? Prisma.sql`true` : Prisma.sql`(${dayIsOver} OR a.day_failures < ${policy.dayLimit}::int)`;
  return Prisma.sql`
    claim AS (
      INSERT INTO attempt_counts AS a (key, failures, blocked_until, day_started_at, day_failures, updated_at)
      SELECT key, 1, NULL, ${at}, 1, ${at} FROM counted
      ON CONFLICT (key) DO UPDATE SET
        failures = ${inARow},
        blocked_until = CASE WHEN ${inARow} >= ${policy.free}::int THEN ${at} + make_interval(secs => ${blockSeconds}) END,
        day_started_at = CASE WHEN ${dayIsOver} THEN ${at} ELSE a.day_started_at END,
        day_failures = CASE WHEN ${dayIsOver} THEN 1 ELSE a.day_failures + 1 END,
        updated_at = ${at}
      WHERE (a.blocked_until IS NULL OR a.blocked_until <= ${at}) AND ${withinDay}
      RETURNING a.key
    ), blocked AS (
      SELECT CEIL(EXTRACT(EPOCH FROM GREATEST(
        a.blocked_until - ${at},
        CASE WHEN NOT ${withinDay} THEN a.day_started_at + make_interval(secs => ${DAY_SECONDS}::int) - ${at} END
      )))::int AS seconds
      FROM attempt_counts a JOIN counted USING (key)
    )`;
}

/** The CTE `given_back` that takes the count back after a success, for larger statements. */
export const giveBackAttempt = (key: string, now: Date, from: Prisma.Sql = Prisma.empty): Prisma.Sql => Prisma.sql`
  given_back AS (
    UPDATE attempt_counts SET failures = 0, blocked_until = NULL, day_failures = GREATEST(day_failures - 1, 0),
      updated_at = ${now}::timestamptz
    ${from} WHERE attempt_counts.key = ${key}
  )`;

/** The claim of a statement built on `claimAttempt`. `seconds` may be older than the block that refused it. */
export const claimOf = (row: { granted: boolean; seconds: number | null }, policy: AttemptPolicy): Claim =>
  row.granted ? { granted: true } : { granted: false, retryAfterSeconds: Math.max(row.seconds ?? policy.baseSeconds, 1) };

/** Counts of failed attempts, in the database: they survive restarts and are shared by all instances (SEC-3). */
export class Attempts {
  /** Raises the count of `key`, unless it is blocked; one statement. */
  async claim(db: Db, key: string, policy: AttemptPolicy, now: Date): Promise<Claim> {
    const [row] = await db.$queryRaw<{ granted: boolean; seconds: number | null }[]>`
      WITH counted AS (SELECT ${key}::text AS key), ${claimAttempt(policy, now)}
      SELECT EXISTS (SELECT 1 FROM claim) AS granted, (SELECT seconds FROM blocked) AS seconds`;
    return claimOf(row ?? { granted: false, seconds: null }, policy);
  }

  /** Takes the count back after a success: the run of failures has ended. */
  async giveBack(db: Db, key: string, now: Date): Promise<void> {
    await db.$executeRaw`WITH ${giveBackAttempt(key, now)} SELECT 1`;
  }

  /** Forgets the count of `key`. */
  async clear(db: Db, key: string): Promise<void> {
    await db.attemptCount.deleteMany({ where: { key } });
  }
}
