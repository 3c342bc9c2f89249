import type { Db } from '../../platform/database/database.ts';
import type { SessionsService } from '../access/index.ts';
import { passkeyAttemptKeysOf, reauthenticationKey, secondFactorKey } from '../mfa/index.ts';
import { passwordAttemptKey } from './credentials.ts';

/** Under which names failed attempts of a user are counted, by what was tried; passwords from known browsers apart. */
export async function attemptKeysByKind(
  sessions: SessionsService,
  db: Db,
  { id, email }: { id: string; email: string },
) {
  return {
    password: [passwordAttemptKey(email), ...(await sessions.attemptKeysOf(db, id))],
    secondFactor: [secondFactorKey(id)],
    passkey: await passkeyAttemptKeysOf(db, id),
    reauthentication: [reauthenticationKey(id)],
  };
}

/** All of them. */
export async function attemptKeysOf(
  sessions: SessionsService,
  db: Db,
  user: { id: string; email: string },
): Promise<string[]> {
  return Object.values(await attemptKeysByKind(sessions, db, user)).flat();
}
