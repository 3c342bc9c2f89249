import { expect, test } from 'vitest';
import { changesOf, rebase, type UserDraft } from './user-draft.ts';

const base: UserDraft = { name: 'Mia', role: 'member', access: 'read_only', status: 'active', mfaEnabled: true };

test('only what differs is sent', () => {
  expect(changesOf(base, base)).toEqual({});
  expect(changesOf(base, { ...base, name: ' Mia ' })).toEqual({});
  expect(changesOf(base, { ...base, name: 'Mia B', mfaEnabled: false })).toEqual({ name: 'Mia B', mfaEnabled: false });
});

test('MFA can be taken away, never switched on', () => {
  expect(changesOf({ ...base, mfaEnabled: false }, { ...base, mfaEnabled: true })).toEqual({});
});

test('a newer version keeps what was edited and takes the rest', () => {
  const draft: UserDraft = { ...base, name: 'Mia B' };
  const newer: UserDraft = { ...base, name: 'Maria', access: 'read_write' };
  expect(rebase(base, draft, newer)).toEqual({
    draft: { ...base, name: 'Mia B', access: 'read_write' },
    changed: ['name', 'access'],
  });
});
