import { expect, test } from 'vitest';
import { kindOfIssuer } from './claims.ts';

test.each([
  ['https://accounts.google.com', 'google'],
  ['https://ACCOUNTS.google.com/', 'google'],
  ['https://accounts.google.com./', 'google'],
  ['accounts.google.com', 'google'],
  ['https://login.microsoftonline.com/common/v2.0', 'entra'],
  ['https://login.microsoftonline.com:443/organizations/v2.0', 'entra'],
  ['https://sts.windows.net/aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa/', 'entra'],
  ['https://google.com.evil.example', null],
  ['https://id.example.org', null],
  ['', null],
  [undefined, null],
])('SEC-36: an issuer of another kind is known under every spelling: %s', (issuer, kind) => {
  expect(kindOfIssuer(issuer)).toBe(kind);
});
