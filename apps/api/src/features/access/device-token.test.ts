import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { Keyring } from '../../platform/crypto/keyring.ts';
import { isDeviceToken, newDeviceToken } from './device-token.ts';

const key = (id: string) => ({ id, secret: createSecretKey(randomBytes(32)) });
const [one, two] = [key('one'), key('two')];
const keyring = new Keyring([one]);
const token = newDeviceToken(keyring, 'ann@example.com');

describe('SEC-3: the mark of a known browser', () => {
  test('is taken for its address, in any spelling, and for no other', () => {
    expect(isDeviceToken(keyring, token, 'Ann@example.com ')).toBe(true);
    expect(isDeviceToken(keyring, token, 'bob@example.com')).toBe(false);
  });

  test('is told from what anybody could send', () => {
    const another = Buffer.from(keyring.seal(randomBytes(32), 'device:ann@example.com')).toString('base64url');
    const altered = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BA' : 'AA'}`;
    for (const text of ['', 'x', altered, `${token}=`, `${token}~`, ` ${token}`, another, 'A'.repeat(100_000)])
      expect(isDeviceToken(keyring, text, 'ann@example.com')).toBe(false);
  });

  test('outlives a rotation of the keys while its own is known', () => {
    expect(isDeviceToken(new Keyring([two, one]), token, 'ann@example.com')).toBe(true);
    expect(isDeviceToken(new Keyring([two]), token, 'ann@example.com')).toBe(false);
  });
});
