import { validate, version } from 'uuid';
import { expect, test } from 'vitest';
import { newRequestId } from './ids.ts';

test('ids of requests are UUIDv7 of this moment, none twice', () => {
  const before = Date.now();
  const ids = Array.from({ length: 1000 }, newRequestId);
  const after = Date.now();
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) {
    expect([validate(id), version(id)]).toEqual([true, 7]);
    const madeMs = Number.parseInt(id.replace('-', '').slice(0, 12), 16);
    expect(madeMs).toBeGreaterThanOrEqual(before);
    expect(madeMs).toBeLessThanOrEqual(after);
  }
});
