import { validate } from 'uuid';
import { invalidCursor } from '../../platform/database/cursor.ts';
import { Prisma } from '../../platform/database/database.ts';

/** What the list of users may be sorted by; a `-` before it turns the order round. */
export const USER_SORTS = ['email', 'name', 'lastSignInAt', '-email', '-name', '-lastSignInAt'] as const;
export type UserSort = (typeof USER_SORTS)[number];

/** What a user is sorted by. */
export interface Sorted {
  id: string;
  email: string;
  name: string;
  lastSignInAt: Date | null;
}

interface Order {
  /** Together they differ between any two users, and an index has the rows in the order of the first. */
  columns: readonly Prisma.Sql[];
  /** The place of a user, as text. */
  placeOf(user: Sorted): string;
  /** The values of the columns at a place that comes from outside. */
  valuesAt(place: string): readonly Prisma.Sql[];
}

const ID_LENGTH = 36;
/** Of a moment of the years that have four digits. */
const ISO_LENGTH = 24;

/** A value that is not unique comes with the id. */
const withId = (id: string, value: string): string => `${id}${value}`;

function splitId(place: string): { id: Prisma.Sql; value: string } {
  const id = place.slice(0, ID_LENGTH);
  if (!validate(id)) throw invalidCursor();
  return { id: Prisma.sql`${id}::uuid`, value: place.slice(ID_LENGTH) };
}

/** Whoever never signed in comes before all who did. */
const NEVER = new Date(0);

function momentIn(text: string): Date {
  const moment = new Date(text);
  if (!(moment.getTime() >= 0) || moment.toISOString() !== text || text.length !== ISO_LENGTH) throw invalidCursor();
  return moment;
}

const ORDERS: Record<'email' | 'name' | 'lastSignInAt', Order> = {
  email: {
    columns: [Prisma.sql`u.email`],
    placeOf: ({ email }) => email,
    valuesAt: (email) => [Prisma.sql`${email}`],
  },
  name: {
    columns: [Prisma.sql`u.name`, Prisma.sql`u.id`],
    placeOf: ({ id, name }) => withId(id, name),
    valuesAt: (place) => {
      const { id, value } = splitId(place);
      return [Prisma.sql`${value}`, id];
    },
  },
  lastSignInAt: {
    // The days are in order in an index, and each is sorted by itself.
    columns: [
      Prisma.sql`u.last_sign_in_on`,
      Prisma.sql`COALESCE(u.last_sign_in_at, ${NEVER}::timestamptz)`,
      Prisma.sql`u.id`,
    ],
    placeOf: ({ id, lastSignInAt }) => withId(id, (lastSignInAt ?? NEVER).toISOString()),
    valuesAt: (place) => {
      const { id, value } = splitId(place);
      const moment = momentIn(value);
      return [Prisma.sql`${moment.toISOString().slice(0, 10)}::date`, Prisma.sql`${moment}::timestamptz`, id];
    },
  },
};

function orderOf(sort: UserSort): Order & { descending: boolean } {
  const descending = sort.startsWith('-');
  const by = (descending ? sort.slice(1) : sort) as keyof typeof ORDERS;
  return { ...ORDERS[by], descending };
}

/** The sort key of a user, for a cursor. */
export const placeOf = (sort: UserSort, user: Sorted): string => orderOf(sort).placeOf(user);

/** `ORDER BY` this. */
export function inOrder(sort: UserSort): Prisma.Sql {
  const { columns, descending } = orderOf(sort);
  return Prisma.join(descending ? columns.map((column) => Prisma.sql`${column} DESC`) : [...columns]);
}

/**
 * Whether a user comes after the place.
 *
 * @param place of a cursor; any text
 * @throws Problem `invalid_request` for one that `placeOf` did not make
 */
export function comesAfter(sort: UserSort, place: string): Prisma.Sql {
  const { columns, descending, valuesAt } = orderOf(sort);
  const values = Prisma.join([...valuesAt(place)]);
  return descending
    ? Prisma.sql`(${Prisma.join([...columns])}) < (${values})`
    : Prisma.sql`(${Prisma.join([...columns])}) > (${values})`;
}
