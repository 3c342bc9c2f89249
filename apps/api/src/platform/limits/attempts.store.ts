import type { AttemptPolicy } from '@sallyport/core';
import { type Db, Prisma, texts } from '../database/database.ts';

/**
 * `blocksUntil`: where this attempt began a block that stands unless it is given back. Exactly one does for each block.
 * `attemptsLeft`: further ones until then.
 */
export type Claim =
  | { granted: true; blocksUntil: Date | null; attemptsLeft: number }
  | { granted: false; retryAfterSeconds: number };

/** What `claimColumns` say. */
export interface ClaimRow {
  granted: boolean;
  blocksUntil: Date | null;
  /** Of an attempt that was granted. */
  attemptsLeft: number | null;
  /** How long a refused attempt should wait, where that is known. */
  seconds: number | null;
}

/** What the CTEs of `claimAttempt` came to, for the statement that they stand in. */
export const claimColumns = Prisma.sql`
  EXISTS (SELECT 1 FROM claim) AS granted, (SELECT blocked_until FROM claim) AS "blocksUntil",
  (SELECT attempts_left FROM claim) AS "attemptsLeft",
  CASE WHEN NOT EXISTS (SELECT 1 FROM claim) THEN (SELECT seconds FROM blocked) END AS seconds`;

/** PostgreSQL's `power` overflows far beyond; by then every block has its longest time. */
const LARGEST_EXPONENT = 30;

/**
 * The CTEs that raise the count of the key in the one row of CTE `counted(key)`, unless it is blocked: for larger
 * statements, which read them with `claimColumns`. `claim` then has a row when the attempt may go on; `blocked` says,
 * where there is a count, how many seconds a refused attempt should wait. One statement raises the count before anything is judged, so parallel
 * guesses are all counted (SEC-3).
 *
 * The last free attempt in a row, and each one after it, begins a block, which doubles up to the policy's longest. The
 * count in a row starts anew after a day without attempts and, where the policy says so, after a block. The last attempt of a day
 * blocks until the day is over. Where the policy says how far, an attempt beyond that is refused, and blocks nothing.
 */
export function claimAttempt(policy: AttemptPolicy, now: Date): Prisma.Sql {
  const at = Prisma.sql`${now}::timestamptz`;
  const dayAgo = Prisma.sql`(${at} - interval '24 hours')`;
  const afterBlock = policy.resetsAfterBlock ? Prisma.sql`seen.blocked_until IS NOT NULL` : Prisma.sql`false`;
  const isNewRun = Prisma.sql`(${afterBlock} OR seen.updated_at <= ${dayAgo})`;
  const isNewDay = Prisma.sql`seen.day_started_at <= ${dayAgo}`;
  const doublings = Prisma.sql`least(next.failures - ${policy.freeAttempts}::int, ${LARGEST_EXPONENT}::int)`;
  const seconds = Prisma.sql`least(${policy.baseSeconds}::int * power(2, ${doublings}), ${policy.maxSeconds}::int)`;
  const values = Prisma.sql`
    next.failures,
    greatest(
      CASE WHEN next.failures >= ${policy.freeAttempts}::int THEN ${at} + make_interval(secs => ${seconds}) END,
      CASE WHEN next.day_failures >= ${policy.dayLimit}::int THEN next.day_started_at + interval '24 hours' END
    ),
    next.day_started_at, next.day_failures, ${at}`;
  const { upTo } = policy;
  const isWithin = upTo
    ? Prisma.sql`AND (${isNewRun} OR seen.failures < ${upTo.inRow}::int)
        AND (${isNewDay} OR seen.day_failures < ${upTo.inDay}::int)`
    : Prisma.empty;
  // Where nothing was blocked, the attempt was refused for the run, which ends after a day without one, or for the day.
  const refusedUntil = upTo
    ? Prisma.sql`greatest(
        a.blocked_until,
        CASE WHEN a.blocked_until IS NULL AND a.failures >= ${upTo.inRow}::int
          THEN a.updated_at + interval '24 hours' END,
        CASE WHEN a.day_failures >= ${upTo.inDay}::int THEN a.day_started_at + interval '24 hours' END)`
    : Prisma.sql`a.blocked_until`;
  return Prisma.sql`
    claim AS (
      INSERT INTO attempt_counts AS seen (key, failures, blocked_until, day_started_at, day_failures, updated_at)
      SELECT counted.key, ${values}
      FROM counted, (VALUES (1, ${at}, 1)) AS next (failures, day_started_at, day_failures)
      ON CONFLICT (key) DO UPDATE SET (failures, blocked_until, day_started_at, day_failures, updated_at) = (
        SELECT ${values}
        FROM (
          SELECT
            CASE WHEN ${isNewRun} THEN 1 ELSE seen.failures + 1 END AS failures,
            CASE WHEN ${isNewDay} THEN ${at} ELSE seen.day_started_at END AS day_started_at,
            CASE WHEN ${isNewDay} THEN 1 ELSE seen.day_failures + 1 END AS day_failures
        ) AS next
      )
      WHERE (seen.blocked_until IS NULL OR seen.blocked_until <= ${at}) ${isWithin}
      RETURNING seen.blocked_until, greatest(0, least(
        ${policy.freeAttempts}::int - seen.failures, ${policy.dayLimit}::int - seen.day_failures)) AS attempts_left
    ), blocked AS (
      SELECT ceil(extract(epoch FROM ${refusedUntil} - ${at}))::int AS seconds
      FROM attempt_counts a JOIN counted USING (key)
    )`;
}

/** The CTE `given_back` that takes the count back after a success, for larger statements; `from` may hang it on another. */
export const giveBackAttempt = (key: string, now: Date, from: Prisma.Sql = Prisma.empty): Prisma.Sql => Prisma.sql`
  given_back AS (
    UPDATE attempt_counts SET failures = 0, blocked_until = NULL, day_failures = greatest(day_failures - 1, 0),
      updated_at = ${now}::timestamptz
    ${from} WHERE attempt_counts.key = ${key}
  )`;

/** Whether the count of `key` is blocked, for larger statements that count nothing. */
export const isBlocked = (key: Prisma.Sql, now: Date): Prisma.Sql => Prisma.sql`
  EXISTS (SELECT 1 FROM attempt_counts a WHERE a.key = ${key} AND a.blocked_until > ${now}::timestamptz)`;

/** The outcome of `claimAttempt`. A racing attempt may have begun the block, and then `seconds` does not know it yet. */
export const claimOf = ({ granted, blocksUntil, attemptsLeft, seconds }: ClaimRow, policy: AttemptPolicy): Claim =>
  granted
    ? { granted, blocksUntil, attemptsLeft: attemptsLeft ?? 0 }
    : { granted, retryAfterSeconds: seconds !== null && seconds > 0 ? seconds : policy.baseSeconds };

/** How long a block is believed without the database: so soon what lifted it elsewhere counts here. */
const REMEMBERED_MS = 500;
/** Beyond so many all are forgotten, and asked for again. */
const MOST_REMEMBERED = 10_000;

/** Failed attempts by key, in the database: they survive a restart and all instances share them (SEC-3). */
export class Attempts {
  private readonly blocks = new Map<string, { until: number; rememberedUntil: number }>();

  /** Keeps in this process that `key` is blocked, for half a second at most: a flood at one key asks only twice a second. */
  rememberBlock(key: string, seconds: number, now: Date): void {
    if (this.blocks.size >= MOST_REMEMBERED) this.blocks.clear();
    const at = now.getTime();
    this.blocks.set(key, { until: at + seconds * 1000, rememberedUntil: at + REMEMBERED_MS });
  }

  /** The seconds for which `key` is known to be blocked; null where the database has to be asked. */
  rememberedBlock(key: string, now: Date): number | null {
    const block = this.blocks.get(key);
    const at = now.getTime();
    if (!block || at >= block.until || at >= block.rememberedUntil) return null;
    return Math.ceil((block.until - at) / 1000);
  }

  /** Raises the count of `key`, unless it is blocked; one statement. */
  async claim(db: Db, key: string, policy: AttemptPolicy, now: Date): Promise<Claim> {
    const [row] = await db.$queryRaw<ClaimRow[]>`
      WITH counted AS (SELECT ${key}::text AS key), ${claimAttempt(policy, now)}
      SELECT ${claimColumns}`;
    return claimOf(row ?? { granted: false, blocksUntil: null, attemptsLeft: null, seconds: null }, policy);
  }

  /** Takes the count back after a success: the run of failures is over, those of the day still count. */
  async giveBack(db: Db, key: string, now: Date): Promise<void> {
    this.blocks.delete(key);
    await db.$executeRaw`WITH ${giveBackAttempt(key, now)} SELECT 1`;
  }

  /**
   * Takes one attempt out of the count, as if it had not been made: it was refused without being judged.
   *
   * @param claimedAt when it was claimed; a block that began with a later attempt stays
   */
  async release(db: Db, key: string, claimedAt: Date): Promise<void> {
    this.blocks.delete(key);
    await db.$executeRaw`
      UPDATE attempt_counts SET failures = greatest(failures - 1, 0), day_failures = greatest(day_failures - 1, 0),
        blocked_until = CASE WHEN updated_at > ${claimedAt}::timestamptz THEN blocked_until END
      WHERE key = ${key}`;
  }

  /** For how many seconds `key` is blocked, without counting anything; null where it is not. */
  async blockedSeconds(db: Db, key: string, now: Date): Promise<number | null> {
    const found = await db.attemptCount.findUnique({ where: { key }, select: { blockedUntil: true } });
    const ms = (found?.blockedUntil?.getTime() ?? 0) - now.getTime();
    return ms > 0 ? Math.ceil(ms / 1000) : null;
  }

  /** The counts of these keys, where something was counted. */
  async of(db: Db, keys: readonly string[]) {
    return db.attemptCount.findMany({ where: { key: { in: [...keys] } }, orderBy: { key: 'asc' } });
  }

  /** Forgets the counts of these keys. */
  async clear(db: Db, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.blocks.delete(key);
    await db.$executeRaw`DELETE FROM attempt_counts WHERE key IN ${texts(keys)}`;
  }

  /** Forgets the counts that nothing was added to since `before`; how many. */
  async purge(db: Db, before: Date): Promise<number> {
    return (await db.attemptCount.deleteMany({ where: { updatedAt: { lt: before } } })).count;
  }
}
