import type { Person } from './contender.ts';

/** What everybody in a benchmark has. */
export const PASSWORD = 'quarry lantern thistle 9';

/** OWASP's argon2id, as the product uses it: 19 MiB, two passes, one lane. */
export const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** So many people, always the same. */
export const people = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({ email: `bench-${i}@people.example`, password: PASSWORD }));

/** A file for the command `seed`, of one partner with these people. */
export const seedOf = (persons: readonly Person[]): object => ({
  partners: [
    {
      slug: 'bench',
      name: 'Bench',
      users: persons.map((person, i) => ({ ...person, name: `Bench ${i}`, role: 'member', access: 'read_only' })),
      customers: [],
    },
  ],
});

/** People of whom each is given once. */
export function oneByOne<T>(all: readonly T[]): (count: number) => T[] {
  let given = 0;
  return (count) => {
    const next = all.slice(given, given + count);
    if (next.length < count) throw new Error(`There are no more than ${all.length} people.`);
    given += count;
    return next;
  };
}
