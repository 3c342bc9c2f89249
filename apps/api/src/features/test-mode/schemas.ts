import { SLUG_PATTERN } from '@sallyport/core';
import { type Static, Type } from 'typebox';
import { answers, Closed, Email, NoContent, Nullable, Timestamp } from '../../http/schemas.ts';
import { SeedFile } from '../seed/schemas.ts';

/** None of it is in the OpenAPI document: docs/qa-engineers.md tells of it. */
const hide = true;

/** A century. */
const MOST_SECONDS = 100 * 366 * 24 * 60 * 60;

const Clock = Type.Object({ now: Timestamp, aheadSeconds: Type.Number() });

const ClockMove = Closed({
  now: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
  advanceSeconds: Type.Optional(Type.Integer({ minimum: -MOST_SECONDS, maximum: MOST_SECONDS })),
});

export const getClock = { hide, response: answers({ 200: Clock }) };

export const moveClock = {
  hide,
  body: Type.Unsafe<ClockChange>({ ...ClockMove, minProperties: 1, maxProperties: 1 }),
  response: answers({ 200: Clock }),
};

const Mail = Type.Object({
  id: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
  createdAt: Timestamp,
});

export const listMails = {
  hide,
  querystring: Closed({ to: Type.Optional(Email) }),
  response: answers({ 200: Type.Object({ items: Type.Array(Mail) }) }),
};

export const getCode = {
  hide,
  params: Closed({ email: Email }),
  response: answers(
    { 200: Type.Object({ code: Type.String(), secondsLeft: Type.Integer(), takenInSeconds: Type.Integer() }) },
    'not_found',
    'mfa_not_enabled',
  ),
};

const Count = Type.Integer({ minimum: 0 });

export const seedTenants = {
  hide,
  body: SeedFile,
  response: answers({
    201: Type.Object({
      organizationsCreated: Count,
      organizationsUpdated: Count,
      domainsVerified: Count,
      usersCreated: Count,
      usersUpdated: Count,
      organizations: Type.Array(Type.Object({ id: Type.String(), slug: Type.String() })),
      users: Type.Array(Type.Object({ id: Type.String(), email: Type.String(), organizationId: Type.String() })),
    }),
  }),
};

export const removeTenant = {
  hide,
  params: Closed({ slug: Type.String({ pattern: SLUG_PATTERN }) }),
  response: answers({ 204: NoContent }, 'not_found'),
};

export type ClockReading = Static<typeof Clock>;

/** RFC 3339, or null for the time of the system; or seconds, less than 0 to go back. */
export type ClockChange = { now: string | null } | { advanceSeconds: number };
