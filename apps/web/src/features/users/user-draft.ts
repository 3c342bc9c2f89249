import type { User } from '../../base/api/types.ts';
import type { UserChanges } from './queries.ts';

/** What the edit form holds. */
export interface UserDraft {
  name: string;
  role: User['role'];
  access: User['access'];
  status: User['status'];
  mfaEnabled: boolean;
}

type DraftField = keyof UserDraft;
const fields: readonly DraftField[] = ['name', 'role', 'access', 'status', 'mfaEnabled'];

export function draftOf({ name, role, access, status, mfaEnabled }: User): UserDraft {
  return { name, role, access, status, mfaEnabled };
}

function copyField<Field extends DraftField>(field: Field, from: UserDraft, to: UserDraft): void {
  to[field] = from[field];
}

/** The body of a PATCH: only what differs from the version that was read. */
export function changesOf(base: UserDraft, draft: UserDraft): UserChanges {
  const changes: UserChanges = {};
  const name = draft.name.trim();
  if (name !== base.name) changes.name = name;
  if (draft.role !== base.role) changes.role = draft.role;
  if (draft.access !== base.access) changes.access = draft.access;
  if (draft.status !== base.status && draft.status !== 'invited') changes.status = draft.status;
  if (base.mfaEnabled && !draft.mfaEnabled) changes.mfaEnabled = false;
  return changes;
}

/**
 * Brings a draft onto a newer version: fields that were edited keep the edit, the others take the newer value.
 *
 * @returns the draft, and the fields that somebody else changed
 */
export function rebase(
  base: UserDraft,
  draft: UserDraft,
  newer: UserDraft,
): { draft: UserDraft; changed: DraftField[] } {
  const merged: UserDraft = { ...draft };
  for (const field of fields) {
    if (draft[field] === base[field]) copyField(field, newer, merged);
  }
  return { draft: merged, changed: fields.filter((field) => newer[field] !== base[field]) };
}
