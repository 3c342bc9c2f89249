import { expect, test } from 'vitest';
import { changesOf, type UserDraft } from './user-draft.ts';

const base: UserDraft = { name: 'Mia', role: 'member', access: 'read_only', status: 'active', mfaEnabled: true };

test('only what differs is sent', () => {
  expect(changesOf(base, base)).toEqual({});
  expect(changesOf(base, { ...base, name: ' Mia ' })).toEqual({});
  expect(changesOf(base, { ...base, name: 'Mia B', mfaEnabled: false })).toEqual({ name: 'Mia B', mfaEnabled: false });
});

test('MFA can be taken away, never switched on; nobody is made invited again', () => {
  expect(changesOf({ ...base, mfaEnabled: false }, { ...base, mfaEnabled: true })).toEqual({});
  expect(changesOf(base, { ...base, status: 'invited' })).toEqual({});
});
