import { type Static, type TObject, type TProperties, type TSchema, Type } from '@fastify/type-provider-typebox';
import {
  ACCESSES,
  ASSURANCE_LEVELS,
  CODE_REFUSALS,
  NEXT_ACTIONS,
  ORGANIZATION_KINDS,
  type ProblemCode,
  ROLES,
  SECOND_FACTOR_METHODS,
  SESSION_METHODS,
  SSO_KINDS,
  USER_STATUSES,
} from '@sallyport/core';
import { problemCodes } from './problems.ts';

/*
 * A schema with a `title` is written once in the OpenAPI document, under that name.
 */

/** An object that refuses unknown properties. */
export const Closed = <P extends TProperties>(properties: P, named: { title?: string } = {}) =>
  Type.Object(properties, { ...named, additionalProperties: false });

/** A union that the literal `tag` of each member tells apart: only the member that it names is judged. */
export const OneOf = <Members extends TObject[]>(title: string, tag: string, oneOf: [...Members]) =>
  Type.Unsafe<Static<Members[number]>>({ title, type: 'object', discriminator: { propertyName: tag }, oneOf });

export const Id = Type.String({ format: 'uuid', description: 'UUIDv7' });
export const IdParams = Closed({ id: Id });

/** RFC 3339 in UTC on the wire, a Date in the code. */
export const Timestamp = Type.Unsafe<Date>({ type: 'string', format: 'date-time' });

export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const Email = Type.String({ minLength: 3, maxLength: 254, description: 'email address' });
export const DomainName = Type.String({ minLength: 1, maxLength: 253, description: 'domain of email addresses' });
export const Name = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
/** Loose on purpose: what is wrong with a password is said by the password rules, not by a schema. */
export const Password = Type.String({ minLength: 1, maxLength: 1024 });
export const Code = Type.String({ minLength: 1, maxLength: 64, description: 'TOTP code or backup code' });

export const Token = Type.String({ minLength: 1, maxLength: 128, description: 'from the link in the mail' });

export const Role = Type.Enum([...ROLES], { title: 'Role' });
export const Access = Type.Enum([...ACCESSES], { title: 'Access' });
export const UserStatus = Type.Enum([...USER_STATUSES], {
  title: 'UserStatus',
  description: 'invited: the invitation was not accepted yet',
});
export const HasPassword = Type.Boolean({ description: 'false for a user who signs in through SSO only' });
export const OrganizationKind = Type.Enum([...ORGANIZATION_KINDS], { title: 'OrganizationKind' });
export const SsoKind = Type.Enum([...SSO_KINDS], { title: 'SsoKind' });
export const SessionMethod = Type.Enum([...SESSION_METHODS], { title: 'SessionMethod' });
export const PhishingResistant = Type.Boolean({ description: 'whether a passkey proved the user in the session' });
export const AssuranceLevel = Type.Enum([...ASSURANCE_LEVELS], {
  title: 'AssuranceLevel',
  description: 'authenticator assurance level',
});
export const SecondFactorMethod = Type.Enum([...SECOND_FACTOR_METHODS], { title: 'SecondFactorMethod' });
/** The organisation of a user. */
export const OrganizationOfUser = Type.Object(
  {
    id: Id,
    slug: Type.String(),
    name: Type.String(),
    kind: OrganizationKind,
  },
  { title: 'OrganizationOfUser' },
);

export const Limit = Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'how many at most' });
export const Cursor = Type.String({ minLength: 1, maxLength: 512, description: 'nextCursor of the page before' });

/** Of answers that have a version. */
export const ETag = { ETag: { type: 'string', description: 'the version, to send as If-Match' } };
/** Of requests that may be guarded by the version that was read. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(Type.String({ description: 'ETag as it is known; 412 when somebody was faster' })),
});
/** Of requests that make something, so that they can be repeated. */
export const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'of your choice and new for each thing you make, such as a UUID: a request that is repeated with it makes nothing twice and answers with what was made',
    }),
  ),
});

/** One page of a list; `nextCursor` is null on the last. */
export const Page = <T extends TSchema & { title?: string }>(item: T) =>
  Type.Object(
    {
      items: Type.Array(item),
      nextCursor: Type.Union([Type.String(), Type.Null()], {
        description: '`cursor` of the next page; null on the last',
      }),
    },
    item.title === undefined ? {} : { title: `${item.title}Page` },
  );

export const ProblemBody = Type.Object(
  {
    type: Type.String({ description: 'URI reference of the kind of problem' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Enum(problemCodes, { description: 'stable' }),
    detail: Type.Optional(Type.String({ description: 'what happened and what to do' })),
    errors: Type.Optional(
      Type.Array(
        Type.Object(
          { pointer: Type.String({ description: 'RFC 6901' }), message: Type.String() },
          { title: 'Fault', description: 'what is wrong with one place of the request' },
        ),
        { description: 'what does not fit; of very many faults, the first, and of very long names, the beginning' },
      ),
    ),
    next: Type.Optional(
      Type.Object(
        {
          action: Type.Enum([...NEXT_ACTIONS]),
          methods: Type.Optional(
            Type.Array(SecondFactorMethod, {
              description:
                'second factors that are taken; for `reauthenticate` beside the password, where there are any',
            }),
          ),
          connectionId: Type.Optional(
            Type.String({
              format: 'uuid',
              description: 'of a session that began at a provider: `GET /auth/sso/{connectionId}/start?fresh=true`',
            }),
          ),
          until: Type.Optional(Timestamp),
          attemptsLeft: Type.Optional(
            Type.Integer({ minimum: 0, description: 'codes that may still be tried in this sign-in' }),
          ),
        },
        {
          description:
            'what to do: on every 401 and 403 of a sign-in, on `reauthentication_required` and `mfa_enrollment_required`',
        },
      ),
    ),
    reason: Type.Optional(Type.Enum([...CODE_REFUSALS], { description: 'of `invalid_code`' })),
    clockSkewSeconds: Type.Optional(
      Type.Integer({
        multipleOf: 30,
        description:
          'with `clock_skew`: how far the clock of the authenticator is ahead; less than 0 where it is behind',
      }),
    ),
    requestId: Type.String(),
  },
  { description: 'RFC 9457 problem details' },
);

const problemsByAnswers = new WeakMap<object, readonly ProblemCode[]>();

/**
 * The answers of a route by status, and the problems that it may answer besides those that every route may: they stand
 * in the OpenAPI document, and no test lets an answer pass that does not.
 */
export function answers<Answers extends Record<number, TSchema>>(
  byStatus: Answers,
  ...codes: readonly ProblemCode[]
): Answers {
  problemsByAnswers.set(byStatus, codes);
  return byStatus;
}

/** The problems that were named with these answers. */
export const problemsOf = (byStatus: object): readonly ProblemCode[] => problemsByAnswers.get(byStatus) ?? [];

export const NoContent = Type.Null({ description: 'Done' });
