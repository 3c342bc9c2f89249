import type { User } from '../../base/api/types.ts';
import { changedFields } from '../../ui/rebase.ts';
import type { UserChanges } from './queries.ts';

/** What the edit form holds; `reason` is why the second factor is taken away. */
export type UserDraft = Pick<User, 'name' | 'role' | 'access' | 'status' | 'mfaEnabled'> & { reason: string };

export function draftOf({ name, role, access, status, mfaEnabled }: User): UserDraft {
  return { name, role, access, status, mfaEnabled, reason: '' };
}

/** The body of a PATCH. An admin neither turns MFA on for somebody nor makes a user invited again. */
export function changesOf(base: UserDraft, draft: UserDraft): UserChanges {
  const { status, mfaEnabled, reason = '', ...changes } = changedFields(base, { ...draft, name: draft.name.trim() });
  return {
    ...changes,
    ...(status && status !== 'invited' ? { status } : {}),
    ...(mfaEnabled === false ? { mfaEnabled, ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } : {}),
  };
}
