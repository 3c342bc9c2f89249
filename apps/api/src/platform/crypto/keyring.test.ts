import { createSecretKey, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EncryptionKey, Keyring, KeyringError } from './keyring.ts';

const newKey = (id: string): EncryptionKey => ({ id, secret: createSecretKey(randomBytes(32)) });
const a = newKey('a');
const b = newKey('2026-11_b');
const secret = Buffer.from('12345678901234567890');
const context = 'totp:user-1:record-1';

const faultOf = (open: () => unknown): string => {
  try {
    open();
  } catch (error) {
    if (error instanceof KeyringError) return error.fault;
    throw error;
  }
  return 'opened';
};

describe('SEC-10: the keyring', () => {
  test('opens what it sealed, of any length and context', () => {
    const keyring = new Keyring([a]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (bytes, where) => {
        expect(keyring.open(keyring.seal(bytes, where), where)).toEqual(bytes);
      }),
    );
  });

  test('seals one text differently each time and shows none of it', () => {
    const keyring = new Keyring([a]);
    const sealed = [keyring.seal(secret, context), keyring.seal(secret, context)].map((text) => Buffer.from(text));
    expect(sealed[0]).not.toEqual(sealed[1]);
    expect(sealed.some((text) => text.includes(secret))).toBe(false);
  });

  test('does not open a text that was moved to another user or record', () => {
    const keyring = new Keyring([a]);
    const sealed = keyring.seal(secret, context);
    expect(faultOf(() => keyring.open(sealed, 'totp:user-2:record-1'))).toBe('altered');
    expect(faultOf(() => keyring.open(sealed, 'totp:user-1:record-2'))).toBe('altered');
  });

  test('notices every flipped bit and every lost byte', () => {
    const keyring = new Keyring([a]);
    const sealed = keyring.seal(secret, context);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Uint8Array.from(sealed);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(
        faultOf(() => keyring.open(flipped, context)),
        `bit ${bit}`,
      ).not.toBe('opened');
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(
        faultOf(() => keyring.open(sealed.subarray(0, length), context)),
        `${length} bytes`,
      ).toBe('altered');
    }
  });

  test('does not open under another key of the same id', () => {
    const sealed = new Keyring([a]).seal(secret, context);
    expect(faultOf(() => new Keyring([newKey('a')]).open(sealed, context))).toBe('altered');
  });
});

describe('SEC-55: rotation', () => {
  test('the first key seals, all open', () => {
    const before = new Keyring([a]).seal(secret, context);
    const both = new Keyring([b, a]);
    const after = both.seal(secret, context);
    expect(both.open(before, context)).toEqual(Uint8Array.from(secret));
    expect([both.keyIdOf(before), both.keyIdOf(after)]).toEqual(['a', '2026-11_b']);
    expect([both.isCurrent(before), both.isCurrent(after)]).toEqual([false, true]);
  });

  test('a text of a key that is gone says which', () => {
    const sealed = new Keyring([a]).seal(secret, context);
    const keyring = new Keyring([b]);
    expect(() => keyring.open(sealed, context)).toThrow('The encryption key "a" is not among');
    expect(faultOf(() => keyring.open(sealed, context))).toBe('unknown_key');
    expect(keyring.keyIdOf(sealed)).toBe('a');
  });

  test('a keyring needs a key', () => {
    expect(() => new Keyring([])).toThrow(RangeError);
  });
});

test('SEC-42: a printed key shows nothing', () => {
  const bytes = randomBytes(32);
  const printed = inspect({ id: 'a', secret: createSecretKey(bytes) }, { depth: 9 }) + JSON.stringify(newKey('a'));
  expect(printed).not.toContain(bytes.toString('base64'));
  expect(printed).not.toContain(bytes.toString('hex'));
});
