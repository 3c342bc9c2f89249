import { describe, expect, test } from 'vitest';
import { isKey, newKey } from './key.ts';

describe('a key', () => {
  test('has a prefix, 256 random bits and a checksum, and is another each time', () => {
    const keys = Array.from({ length: 100 }, newKey);
    for (const key of keys) expect(key).toMatch(/^sallyport_sa_[0-9a-f]{72}$/);
    expect(new Set(keys.map((key) => key.slice(13, 77))).size).toBe(100);
    expect(keys.every(isKey)).toBe(true);
  });

  test('is known by its CRC-32, as anybody can make it', () => {
    // From Python: '%08x' % zlib.crc32(b'5a' * 32)
    expect(isKey(`sallyport_sa_${'5a'.repeat(32)}8fe5b532`)).toBe(true);
    // One whose checksum begins with zeros, as one in sixteen does.
    const keys = Array.from({ length: 200 }, newKey);
    expect(keys.some((key) => key.at(-8) === '0')).toBe(true);
  });

  test.each([
    ['cut off', (key: string) => key.slice(0, -1)],
    ['longer', (key: string) => `${key}0`],
    [
      'with another digit',
      (key: string) => key.replace(/(?<=_)[0-9a-f](?=[0-9a-f]{71}$)/, (d) => (d === '0' ? '1' : '0')),
    ],
    ['in capitals', (key: string) => key.toUpperCase()],
    ['without the prefix', (key: string) => key.slice(13)],
    ['on two lines', (key: string) => `${key}\n`],
  ])('is none %s', (_, change) => {
    expect(isKey(change(newKey()))).toBe(false);
  });
});
