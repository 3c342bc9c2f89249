import type { AssuranceLevel, SessionMethod } from '@sallyport/core';
import { Prisma } from '../../platform/database/database.ts';

export interface NewSession {
  id: string;
  userId: string;
  method: SessionMethod;
  aal: AssuranceLevel;
  now: Date;
  expiresAt: Date;
  idleSeconds: number;
  userAgent: string;
  address: string;
  /** Of a session that began at an identity provider. */
  connectionId: string | null;
  federation: Federation | null;
  refreshTokenHash: Uint8Array<ArrayBuffer>;
}

/** What an identity provider said of a sign-in. */
export interface Federation {
  amr?: string[];
  /** `acr`, or AuthnContextClassRef of SAML. */
  acr?: string;
  /** RFC 3339; the session ends then at the latest. */
  sessionNotOnOrAfter?: string;
}

/** The CTEs that open a session; `from` names the CTE whose row allows it. Used within larger statements. */
export const insertSession = (session: NewSession, from: Prisma.Sql): Prisma.Sql => Prisma.sql`
  session AS (
    INSERT INTO sessions (id, user_id, method, aal, created_at, last_seen_at, expires_at, idle_seconds, user_agent, address,
      connection_id, federation)
    SELECT ${session.id}::uuid, ${session.userId}::uuid, ${session.method}::session_method, ${session.aal}::int,
      ${session.now}::timestamptz, ${session.now}::timestamptz, ${session.expiresAt}::timestamptz,
      ${session.idleSeconds}::int, ${session.userAgent}, ${session.address},
      ${session.connectionId}::uuid, ${session.federation === null ? null : JSON.stringify(session.federation)}::jsonb
    ${from}
    RETURNING id
  ), refresh_token AS (
    INSERT INTO refresh_tokens (hash, session_id, created_at)
    SELECT ${session.refreshTokenHash}::bytea, id, ${session.now}::timestamptz FROM session
    RETURNING hash
  )`;
