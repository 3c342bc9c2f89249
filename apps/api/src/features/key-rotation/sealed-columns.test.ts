import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sealedColumns } from './index.ts';

test('SEC-55: every column of bytes is a hash, a signature or public, or takes part in the rotation of the keys', () => {
  const schema = readFileSync(new URL('../../../../../prisma/schema.prisma', import.meta.url), 'utf8');
  const bytes = [...schema.matchAll(/^model \w+ \{(.*?)^\}/gms)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return [...body.matchAll(/^ +(\w+) +Bytes\b.*$/gm)].map(
      ([line, field = '']) => `${table}.${/@map\("(\w+)"\)/.exec(line)?.[1] ?? field}`,
    );
  });
  const secrets = bytes
    .filter((column) => !/\.(salt|hash|.*_hash|signature)$/.test(column))
    // Sealed under the key of a person, which takes part itself.
    .filter((column) => !/^audit_events\.(actor|subject)_sealed$/.test(column))
    .filter((column) => !/^passkeys\.(credential_id|public_key)$|^passkey_challenges\.challenge$/.test(column));
  // The check of a key is sealed under that very key for good.
  const expected = secrets.filter((column) => column !== 'encryption_key_checks.sealed');
  expect(sealedColumns.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(expected.sort());
});
