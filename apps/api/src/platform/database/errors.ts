import { type DriverAdapterError, isDriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { Prisma } from './generated/client.ts';

type Cause = MappedError & { originalCode?: string; originalMessage?: string };

/**
 * Whether `error` says that a unique or primary key constraint was violated, whichever adapter ran the statement and
 * whether it was a Prisma operation (P2002) or a raw query (P2010).
 *
 * @param constraint the name in the migration, such as `users_email_key`; left out, any constraint will do
 */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const cause = driverCause(error);
  if (cause?.kind !== 'UniqueConstraintViolation') return false;
  if (constraint === undefined) return true;
  if (cause.constraint && 'index' in cause.constraint) return cause.constraint.index === constraint;
  // The embedded database gives the name in its message alone, which is always in English.
  return cause.originalMessage?.includes(`"${constraint}"`) ?? false;
}

/** What the database itself said: its SQLSTATE and its message, which names roles and tables and never a password. */
export interface DatabaseWords {
  code: string;
  message: string;
}

/** The database's own words in `error`, whichever layer it came through; null where there are none. */
export function databaseWords(error: unknown): DatabaseWords | null {
  const cause = driverCause(error);
  if (cause?.originalCode !== undefined && cause.originalMessage !== undefined) {
    return { code: cause.originalCode, message: cause.originalMessage };
  }
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return null;
  return { code: error.code, message: error.message };
}

/**
 * Why a connection that DATABASE_URL asks for will not come about however often it is tried: role, database, right or
 * TLS; null for anything else. PostgreSQL manual, appendix A: class 28 invalid authorization, 3D000 no such database,
 * 42501 insufficient privilege, 25006 read-only.
 */
export function connectionFault(error: unknown): string | null {
  const words = databaseWords(error);
  if (words) return /^28|^(3D000|42501|25006)$/.test(words.code) ? `${words.message} (${words.code})` : null;
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string' && /CERT|^ERR_TLS_|^ERR_SSL_/.test(error.code)) {
    return `the server's certificate is refused (${error.code})`;
  }
  return error.message === 'The server does not support SSL connections' ? 'the server does not offer TLS' : null;
}

/** Whether `error` says that a row refers to one that is not there, or is still referred to. */
export function isForeignKeyViolation(error: unknown): boolean {
  const kind = driverCause(error)?.kind;
  return kind === 'ForeignKeyConstraintViolation' || kind === 'RestrictViolation';
}

/**
 * Whether `error` says that the database cannot be reached, is starting or stopping, has no connection or no time to
 * spare, takes no writes, or rolled back for a conflict. Such a request may be tried again later: 503 with `Retry-After`, never 500.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  const cause = driverCause(error);
  if (cause) {
    switch (cause.kind) {
      case 'DatabaseNotReachable':
      case 'ConnectionClosed':
      case 'SocketTimeout':
      case 'TooManyConnections':
      case 'TlsConnectionError':
      case 'TransactionAlreadyClosed':
      case 'TransactionWriteConflict':
        return true;
      case 'postgres':
        // Class 08 connection exception, 57 operator intervention (shutdown, statement timeout), 53 out of resources,
        // 25006 read-only, 55P03 lock timeout, 25P03 idle in transaction, 40P01 deadlock. PostgreSQL manual, appendix A.
        return /^(08|57|53)|^(25006|55P03|25P03|40P01)$/.test(cause.code);
      default:
        return false;
    }
  }
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return UNAVAILABLE_CODES.has(code) || UNAVAILABLE_MESSAGES.test(error.message);
}

/**
 * Prisma's: P1001 unreachable, P1008 timed out, P1017 and P1018 closed, P2024 no connection in time, P2028 a transaction that
 * could not begin or outlived its time. Node's, which Prisma hands on where the adapter does not know them.
 */
const UNAVAILABLE_CODES = new Set([
  ...['P1001', 'P1008', 'P1017', 'P1018', 'P2024', 'P2028'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
]);

/** What `pg` and PGlite throw without a code, or (a missing socket) with one that says little. */
const UNAVAILABLE_MESSAGES =
  /connect ENOENT|Connection terminated|not queryable|timeout exceeded when trying to connect|Query read timeout|PGlite is clos/;

function driverCause(error: unknown): Cause | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    const inner = error.meta?.driverAdapterError;
    return isDriverError(inner) ? inner.cause : undefined;
  }
  return isDriverError(error) ? error.cause : undefined;
}

function isDriverError(error: unknown): error is DriverAdapterError {
  return error instanceof Error && isDriverAdapterError(error);
}
