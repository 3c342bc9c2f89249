import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redirectUri, safeReturnTo, ssoUrls, withParameters } from './urls.ts';

describe('SEC-32: where a sign-in returns to', () => {
  test.each(['/', '/users', '/users?q=a%20b&x=1', '/settings/sso/1#top', '/a/../b', '/apiary'])('%s stays', (path) => {
    expect(safeReturnTo(path)).toBe(path === '/a/../b' ? '/b' : path);
  });

  test.each([
    undefined,
    '',
    'users',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/a\\b',
    '/a/..//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/api/v1/auth/logout',
    '/API/v1/me',
    '/a\r\nset-cookie: x=1',
    `/${'a'.repeat(600)}`,
  ])('%j does not', (path) => {
    expect(safeReturnTo(path)).toBe('/');
  });

  test('whatever comes, the browser stays on the origin', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '?',
      '#',
      '%2f',
      'evil.example',
      '\t',
      'a',
      'https:',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => `/${parts.join('')}`),
        ),
        (value) => {
          const path = safeReturnTo(value);
          expect(new URL(path, 'https://login.example').origin).toBe('https://login.example');
          expect(path).toMatch(/^\/(?![/\\])/);
          // Once more changes nothing: it is stored and used as it is.
          expect(safeReturnTo(path)).toBe(path);
        },
      ),
    );
  });

  test('parameters are added without losing any', () => {
    expect(withParameters('/a?b=1#c', { error: 'x y' })).toBe('/a?b=1&error=x+y#c');
  });
});

test('addresses are made of the public URL', () => {
  const publicUrl = new URL('https://login.example.com');
  expect(redirectUri(publicUrl, 'id')).toBe('https://login.example.com/api/v1/auth/sso/id/callback');
  expect(ssoUrls(publicUrl, 'id', 'saml')).toEqual({
    start: 'https://login.example.com/api/v1/auth/sso/id/start',
    acsUrl: 'https://login.example.com/api/v1/auth/sso/id/acs',
    entityId: 'https://login.example.com/api/v1/auth/sso/id/metadata',
    metadataUrl: 'https://login.example.com/api/v1/auth/sso/id/metadata',
  });
});
