import { type Static, Type } from '@fastify/type-provider-typebox';
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from '@sallyport/core';
import { answers, Closed, Cursor, Id, IdParams, Limit, Nullable, Page, Timestamp } from '../../http/schemas.ts';

const Party = Type.Object(
  {
    id: Nullable(Id),
    name: Type.String({
      description: 'email address, or the name of an operator command, as it was at that moment; empty where erased',
    }),
    erased: Type.Optional(
      Type.Literal(true, { description: 'the user was erased, and what the log said of it; the id is left' }),
    ),
  },
  { title: 'AuditParty' },
);

const AuditEvent = Type.Object(
  {
    id: Id,
    sequence: Type.Integer({ description: 'in the order of recording, with gaps' }),
    occurredAt: Timestamp,
    action: Type.Enum([...AUDIT_ACTIONS]),
    outcome: Type.Enum([...AUDIT_OUTCOMES]),
    actor: Type.Union([Party, Type.Null()], { description: 'who did it' }),
    subject: Type.Union([Party, Type.Null()], { description: 'whom it happened to' }),
    organizationId: Nullable(Id),
    address: Nullable(Type.String({ description: 'IP address of the request' })),
    userAgent: Nullable(Type.String()),
    requestId: Nullable(Type.String()),
    details: Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true }),
  },
  { title: 'AuditEvent' },
);

const AuditQuery = Closed({
  organizationId: Type.Optional(Id),
  userId: Type.Optional(Type.String({ format: 'uuid', description: 'who did it or whom it happened to' })),
  action: Type.Optional(Type.Enum([...AUDIT_ACTIONS], { description: 'what was done' })),
  from: Type.Optional(Type.String({ format: 'date-time', description: 'not before this moment' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'before this moment' })),
  limit: Type.Optional(Limit),
  cursor: Type.Optional(Cursor),
});
export type AuditQuery = Static<typeof AuditQuery>;

const OwnEventsQuery = Closed({ limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) });
export type OwnEventsQuery = Static<typeof OwnEventsQuery>;

const ofOwnDoing = 'left out where somebody else did it';

const OwnEvent = Type.Object(
  {
    id: Id,
    occurredAt: Timestamp,
    action: Type.Enum([...AUDIT_ACTIONS]),
    outcome: Type.Enum([...AUDIT_OUTCOMES]),
    isActor: Type.Boolean({ description: 'whether the user did it' }),
    isSubject: Type.Boolean({ description: 'whether it happened to the user' }),
    name: Type.Optional(Type.String({ description: 'the own email address, as it was at that moment' })),
    address: Type.Optional(Nullable(Type.String({ description: `IP address of the request; ${ofOwnDoing}` }))),
    userAgent: Type.Optional(Nullable(Type.String({ description: ofOwnDoing }))),
    requestId: Type.Optional(Nullable(Type.String({ description: ofOwnDoing }))),
    details: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })),
  },
  { title: 'OwnEvent', description: 'an event of the audit log, as far as it concerns the user' },
);

export const listOwnEvents = {
  operationId: 'listOwnEvents',
  summary: 'What the signed-in user did and what happened to it, newest first',
  description:
    'For a page on which users look over their own account. Who else did something to the account is not named. What ' +
    'was not the user is reported with `POST /me/not-me`.',
  tags: ['Account'],
  querystring: OwnEventsQuery,
  response: answers({ 200: Page(OwnEvent) }),
};

const HexHash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hex' });

const AuditHead = Type.Object(
  {
    treeSize: Type.Integer({ minimum: 1, description: 'events in the log' }),
    rootHash: HexHash,
    sealedAt: Timestamp,
    keyId: Type.String({ description: '`kid` of the key in `GET /audit-keys`' }),
    signature: Type.String({
      description: 'Ed25519 over TreeHeadDataV2 of RFC 9162 section 4.10 without extensions, base64url',
    }),
  },
  { title: 'AuditHead', description: 'the signed state of the whole log, to be kept elsewhere' },
);

const Part = Type.Object({
  digest: HexHash,
  salt: Nullable(Type.String({ pattern: '^[0-9a-f]{64}$', description: 'hex; null once the user was erased' })),
  details: Type.Array(Type.String(), { description: 'names of the details that are hashed here' }),
});

const AuditProof = Type.Object(
  {
    leafIndex: Type.Integer({ minimum: 0, description: 'the place of the event in the log, from 0' }),
    treeSize: Type.Integer({ minimum: 1, description: 'that of the head' }),
    auditPath: Type.Array(HexHash, { description: 'the hashes that lead from the leaf to the root, the lowest first' }),
    head: AuditHead,
    personal: Type.Optional(
      Type.Object(
        { actor: Type.Optional(Part), subject: Type.Optional(Part) },
        { description: 'what stands in the leaf for what the event says of users: SHA-256 over a salt and the text' },
      ),
    ),
    keptLeaf: Type.Optional(
      Type.String({ description: 'the leaf of an event of an earlier version, whose clear text was erased since' }),
    ),
  },
  { title: 'AuditProof' },
);

const AuditKey = Type.Object(
  {
    kty: Type.Literal('OKP'),
    crv: Type.Literal('Ed25519'),
    x: Type.String({ description: 'public key, base64url' }),
    kid: Type.String({ description: 'RFC 7638 thumbprint' }),
    alg: Type.Literal('EdDSA'),
    use: Type.Literal('sig'),
  },
  { title: 'AuditKey', description: 'JSON Web Key (RFC 8037)' },
);

export const listAuditEvents = {
  operationId: 'listAuditEvents',
  summary: 'What happened in the organizations of the signed-in admin, newest first',
  description: 'The log is append-only. Filters may be put together; times are compared with `occurredAt`.',
  tags: ['Audit'],
  querystring: AuditQuery,
  response: answers({ 200: Page(AuditEvent) }, 'forbidden', 'not_found'),
};

export const proveAuditEvent = {
  operationId: 'proveAuditEvent',
  summary: 'The proof that an event is in the sealed log',
  description:
    'Inclusion as in RFC 9162 section 2.1.3, against the newest head. The leaf is the hash (section 2.1.1) of the event ' +
    'as the list answers it, as canonical JSON (RFC 8785), but with hashes in the place of what it says of users, as ' +
    '`personal` tells, so that it can be made after a user was erased too; `verifyAuditProof` of the typed client checks ' +
    'all of it. ' +
    'Events are sealed about a second after they happened; before that it is 409 `not_sealed_yet`.',
  tags: ['Audit'],
  params: IdParams,
  response: answers({ 200: AuditProof }, 'forbidden', 'not_found', 'not_sealed_yet'),
};

export const listAuditKeys = {
  operationId: 'listAuditKeys',
  summary: 'The keys that sign the heads of the audit log, newest first',
  description:
    'A JSON Web Key Set (RFC 7517), with the keys of before for as long as the log is kept. Keep it elsewhere: proofs are ' +
    'worth as much as the way on which the keys came.',
  tags: ['Audit'],
  response: answers({ 200: Type.Object({ keys: Type.Array(AuditKey) }, { title: 'AuditKeySet' }) }, 'forbidden'),
};
