import { isServiceAccount, type Principal } from '@sallyport/core';
import { v5 } from 'uuid';
import { newId } from '../platform/crypto/ids.ts';

/**
 * The id of what a request makes. With an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07) it is the same
 * for each request of the caller with that key: the primary key lets one through, and the others find what it made.
 *
 * @param kind what is made, and where that is in the path: keys of different kinds are different
 * @returns a UUIDv7, or with a key a UUIDv5 in the namespace of the caller (RFC 9562 section 5.5)
 */
export function idToMake(kind: string, principal: Principal, key: string | undefined): string {
  if (key === undefined) return newId();
  const caller = isServiceAccount(principal) ? principal.serviceAccountId : principal.userId;
  return v5(JSON.stringify([kind, key]), caller);
}
