import { expect, test } from 'vitest';
import { changedSettings, isWithinBounds } from './settings-draft.ts';

const own = {
  localSignInEnabled: null,
  minimumPasswordLength: 12,
  sessionLifetimeMinutes: null,
  sessionIdleMinutes: 30,
};

test('only changed settings are sent, and following again is a change', () => {
  expect(changedSettings(own, own)).toEqual({});
  expect(changedSettings(own, { ...own, localSignInEnabled: false, sessionIdleMinutes: null })).toEqual({
    localSignInEnabled: false,
    sessionIdleMinutes: null,
  });
});

test.each([
  [null, true],
  [8, true],
  [64, true],
  [7, false],
  [65, false],
  [8.5, false],
])('a minimum password length of %s: %s', (value, good) => {
  expect(isWithinBounds('minimumPasswordLength', value)).toBe(good);
});
