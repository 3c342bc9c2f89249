import { expect, test } from 'vitest';
import { changesOf, type UserDraft } from './user-draft.ts';

const base: UserDraft = {
  name: 'Mia',
  role: 'member',
  access: 'read_only',
  status: 'active',
  mfaEnabled: true,
  reason: '',
};

test('only what differs is sent', () => {
  expect(changesOf(base, base)).toEqual({});
  expect(changesOf(base, { ...base, name: ' Mia ' })).toEqual({});
  expect(changesOf(base, { ...base, name: 'Mia B', mfaEnabled: false })).toEqual({ name: 'Mia B', mfaEnabled: false });
});

test('the reason goes with a reset alone', () => {
  const reason = ' Lost the phone ';
  expect(changesOf(base, { ...base, mfaEnabled: false, reason })).toEqual({
    mfaEnabled: false,
    reason: 'Lost the phone',
  });
  expect(changesOf(base, { ...base, reason })).toEqual({});
});

test('MFA can be taken away, never switched on; nobody is made invited again', () => {
  expect(changesOf({ ...base, mfaEnabled: false }, { ...base, mfaEnabled: true })).toEqual({});
  expect(changesOf(base, { ...base, status: 'invited' })).toEqual({});
});
