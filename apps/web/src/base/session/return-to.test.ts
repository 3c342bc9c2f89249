import { describe, expect, test } from 'vitest';
import { safeReturnTo, signInPath } from './return-to.ts';

const origin = 'https://login.example.com';

describe('safeReturnTo', () => {
  test.each([
    ['/users', '/users'],
    ['/users?q=a#top', '/users?q=a#top'],
    ['/sign-inspector', '/sign-inspector'],
    ['/a/../users', '/users'],
  ])('goes to %s', (value, path) => expect(safeReturnTo(value, origin)).toBe(path));

  test.each([
    null,
    undefined,
    '',
    'users',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/./\n/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '/sign-in',
    '/sign-in/verify?x=1',
  ])('stays at home for %j', (value) => expect(safeReturnTo(value, origin)).toBe('/'));
});

test('the sign-in page remembers where to go on, and says why it is shown', () => {
  expect(signInPath('/')).toBe('/sign-in');
  expect(signInPath('/users?q=a', 'signed_out')).toBe('/sign-in?returnTo=%2Fusers%3Fq%3Da&notice=signed_out');
});
