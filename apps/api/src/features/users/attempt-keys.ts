import type { Db } from '../../platform/database/database.ts';
import type { SessionsService } from '../access/index.ts';
import { passkeyAttemptKeysOf, reauthenticationKey, secondFactorKey } from '../mfa/index.ts';
import { passwordAttemptKey } from './credentials.ts';

/** Under which names failed passwords, codes and passkeys of a user are counted, its known browsers included. */
export async function attemptKeysOf(
  sessions: SessionsService,
  db: Db,
  { id, email }: { id: string; email: string },
): Promise<string[]> {
  const devices = await sessions.attemptKeysOf(db, id);
  const passkeys = await passkeyAttemptKeysOf(db, id);
  return [passwordAttemptKey(email), reauthenticationKey(id), secondFactorKey(id), ...passkeys, ...devices];
}
