import { expect, test } from 'vitest';
import { changedFields, rebase } from './rebase.ts';

const base = { name: 'Mia', access: 'read_only', tags: ['a', 'b'], minutes: null as number | null };

test('only what differs counts as changed, whatever it holds', () => {
  expect(changedFields(base, { ...base, tags: ['a', 'b'] })).toEqual({});
  expect(changedFields(base, { ...base, tags: ['b', 'a'], minutes: 5 })).toEqual({ tags: ['b', 'a'], minutes: 5 });
  expect(changedFields({ ...base, minutes: 5 }, base)).toEqual({ minutes: null });
});

test('a newer version keeps what was edited and takes the rest', () => {
  const newer = { ...base, name: 'Maria', access: 'read_write' };
  expect(rebase(base, { ...base, name: 'Mia B' }, newer)).toEqual({
    draft: { ...base, name: 'Mia B', access: 'read_write' },
    changed: ['name', 'access'],
  });
});
