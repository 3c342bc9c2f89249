import { Type } from '@fastify/type-provider-typebox';
import { FACTOR_KINDS } from '@sallyport/core';
import {
  answers,
  Closed,
  Code,
  Id,
  NoContent,
  Nullable,
  Password,
  SecondFactorMethod,
  Timestamp,
} from '../../http/schemas.ts';

const tags = ['MFA'];

export const MfaPolicy = Type.Object(
  {
    required: Type.Boolean({ description: 'of this user, at a sign-in with the password' }),
    phishingResistant: Type.Boolean({ description: 'whether only a passkey or security key does' }),
    askedBy: Type.Optional(Type.String({ description: 'name of the organization that requires it' })),
    graceEndsAt: Type.Optional(
      Type.Unsafe<Date>({ ...Timestamp, description: 'until when the user comes in without' }),
    ),
  },
  { title: 'MfaPolicy', description: 'what the organization, or its partner, asks for' },
);

export const MfaStatus = {
  enabled: Type.Boolean(),
  canEnroll: Type.Boolean({ description: 'whether it can be turned on' }),
  reason: Type.Optional(
    Type.Enum(['mfa_requires_local_password', 'mfa_already_enabled', 'local_sign_in_disabled'], {
      description: 'why it cannot be turned on',
    }),
  ),
  mustEnroll: Type.Boolean({
    description:
      'whether this session opens nothing before a second factor, or a passkey where only that does, is set up: all else answers 403 `mfa_enrollment_required`',
  }),
  policy: MfaPolicy,
};

/** Bytes as WebAuthn writes them in JSON (base64url). */
export const Base64Url = (maxLength: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength });

/** Of a credential in JSON. What else a browser says of one is passed over. */
export const credential = { id: Base64Url(1364), rawId: Base64Url(1364), type: Type.Literal('public-key') };

export const PasskeyAnswer = Type.Object(
  {
    ...credential,
    response: Type.Object({
      clientDataJSON: Base64Url(8192),
      authenticatorData: Base64Url(8192),
      signature: Base64Url(8192),
      userHandle: Type.Optional(Nullable(Base64Url(86))),
    }),
  },
  { title: 'PasskeyAnswer', description: '`toJSON()` of what `navigator.credentials.get` gave' },
);

/** What a passkey signs. */
export const Challenge = Type.String({ description: 'base64url; to be answered once, within five minutes' });

/** Names a passkey. */
export const Descriptor = Type.Object(
  { id: Type.String(), type: Type.String(), transports: Type.Optional(Type.Array(Type.String())) },
  { title: 'PasskeyDescriptor' },
);

/** What a passkey is asked for with. */
export const RequestOptions = Type.Object(
  {
    rpId: Type.String(),
    challenge: Challenge,
    allowCredentials: Type.Array(Descriptor),
    timeout: Type.Integer(),
    userVerification: Type.String(),
  },
  {
    title: 'PasskeyRequestOptions',
    description: 'for `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`',
  },
);

/** Needed with the first factor where `passRequired` says so. */
export const Pass = Type.String({
  maxLength: 64,
  description:
    'the re-enrollment pass that an admin read out after a reset, or that was mailed to the recovery address; case, spaces and dashes are forgiven',
});

/** What is shown as second factor: one of the two. */
export const shownFields = {
  code: Type.Optional(Code),
  response: Type.Optional(PasskeyAnswer),
};

export const Factor = Type.Object(
  {
    id: Id,
    kind: Type.Enum([...FACTOR_KINDS]),
    name: Type.String(),
    createdAt: Timestamp,
    lastUsedAt: Nullable(Timestamp),
    discoverable: Type.Optional(
      Nullable(
        Type.Boolean({
          description:
            'of a passkey: whether it signs in by itself, where the organization lets it; null where that is not known',
        }),
      ),
    ),
  },
  { title: 'Factor' },
);

export const CandidateApp = Type.Object(
  {
    createdAt: Timestamp,
    expiresAt: Type.Unsafe<Date>({ ...Timestamp, description: 'when it is gone without having taken over' }),
  },
  {
    title: 'CandidateApp',
    description:
      'the authenticator app that takes the place of the present one with the first sign-in by a code of it; until then the present one works',
  },
);

const Enrollment = Type.Object(
  {
    secret: Type.String({ description: 'base32 without padding, 160 bits' }),
    otpauthUri: Type.String({ description: 'Key URI format' }),
    qrCode: Type.String({ description: 'data URL of a picture (SVG) of otpauthUri' }),
    expiresAt: Timestamp,
  },
  { title: 'Enrollment' },
);

const BackupCodes = Type.Object(
  {
    backupCodes: Type.Array(Type.String(), { minItems: 10, maxItems: 10, description: 'each signs in once' }),
  },
  { title: 'BackupCodes' },
);

const CheckDueAt = Nullable(
  Type.Unsafe<Date>({
    ...Timestamp,
    description:
      'when a code of the authenticator app is to be asked for, to see whether the app is there still: 28 days after one was accepted last; null without an app, and where no code of one is taken',
  }),
);

/** Password and second factor, both asked again. */
export const SecondFactorProof = Closed({ password: Password, ...shownFields });

export const getMfa = {
  operationId: 'getMfa',
  summary: 'MFA of the signed-in user',
  description:
    'Whether it is on, whether this user can turn it on and if not why, whether the organization requires it and from when, the factors, and how many backup codes are left.',
  tags,
  response: answers({
    200: Type.Object(
      {
        ...MfaStatus,
        passRequired: Type.Optional(
          Type.Boolean({
            description: 'there where the first factor needs a re-enrollment pass, after a reset',
          }),
        ),
        pendingReset: Type.Optional(
          Type.Object(
            {
              requestedAt: Timestamp,
              reason: Type.Optional(Type.String()),
              dueAt: Type.Unsafe<Date>({ ...Timestamp, description: 'when it takes place at the earliest' }),
              needsSecondAdmin: Type.Boolean({ description: 'whether another admin has to approve it still' }),
              recovery: Type.Optional(
                Type.Boolean({ description: 'there where it was asked for by the recovery address' }),
              ),
            },
            {
              title: 'OwnPendingReset',
              description:
                'there while a reset of the second factor waits that an admin asked for, or the user by its recovery address: `DELETE /me/mfa/reset` stops it',
            },
          ),
        ),
        checkDueAt: CheckDueAt,
        checkDue: Type.Boolean({ description: 'whether that time has come, by the clock of the service' }),
        enrolledAt: Type.Optional(Timestamp),
        backupCodesRemaining: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
        factors: Type.Array(Factor, { description: 'one of them is shown at each sign-in, or a backup code' }),
        candidate: Type.Optional(CandidateApp),
      },
      { title: 'MfaState' },
    ),
  }),
};

export const startEnrollment = {
  operationId: 'startEnrollment',
  summary: 'Begin the enrollment of an authenticator app',
  description:
    'Gives the secret as text, as `otpauth://` address and as QR code. It is valid for ten minutes, in this session, and replaces one that was begun before; nothing changes until it is confirmed.',
  tags,
  response: answers(
    { 201: Enrollment },
    'reauthentication_required',
    'mfa_already_enabled',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
  ),
};

export const confirmEnrollment = {
  operationId: 'confirmEnrollment',
  summary: 'Keep the authenticator app, with the current password and a code of it',
  description:
    'The first factor turns MFA on: ten backup codes come with it, which are shown this once, this session becomes one of two factors, with new cookies, and every other session of the user ends. After a reset it may need the pass that the admin was given: 401 `pass_required`; a wrong one counts as a wrong code does.',
  tags,
  body: Closed({ password: Password, code: Code, pass: Type.Optional(Pass) }),
  response: answers(
    {
      200: Type.Object(
        {
          backupCodes: Type.Array(Type.String(), {
            maxItems: 10,
            description: 'ten with the first factor, each of which signs in once; none with another one',
          }),
        },
        { title: 'ConfirmedEnrollment' },
      ),
    },
    'reauthentication_required',
    'mfa_not_enabled',
    'invalid_credentials',
    'invalid_code',
    'pass_required',
    'too_many_attempts',
    'no_pending_enrollment',
    'mfa_already_enabled',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
  ),
};

export const regenerateBackupCodes = {
  operationId: 'regenerateBackupCodes',
  summary: 'Replace the backup codes',
  description: 'Answers with ten new ones, which are shown this once; the old ones are dead.',
  tags,
  body: SecondFactorProof,
  response: answers(
    { 200: BackupCodes },
    'invalid_credentials',
    'invalid_code',
    'too_many_attempts',
    'mfa_not_enabled',
    'local_sign_in_disabled',
  ),
};

export const disableMfa = {
  operationId: 'disableMfa',
  summary: 'Turn MFA off with the current password and a TOTP or backup code, or a passkey',
  description: 'Takes away every factor and the backup codes, ends every other session and mails the user.',
  tags,
  body: SecondFactorProof,
  response: answers(
    { 204: NoContent },
    'invalid_credentials',
    'invalid_code',
    'too_many_attempts',
    'mfa_not_enabled',
    'local_sign_in_disabled',
  ),
};

/** What the removal of a factor answers. */
export const factorRemoved = answers(
  { 204: NoContent },
  'not_found',
  'invalid_credentials',
  'invalid_code',
  'too_many_attempts',
  'mfa_not_enabled',
);

export const removeAuthenticator = {
  operationId: 'removeAuthenticator',
  summary: 'Remove the authenticator app',
  description:
    'Asks for the password, and for a code, or the answer of a passkey. Every other session ends, and the user is mailed. The last factor takes the backup codes with it: MFA is off then.',
  tags,
  body: SecondFactorProof,
  response: factorRemoved,
};

export const startCandidate = {
  operationId: 'startCandidate',
  summary: 'Begin to set up the authenticator app of another phone',
  description:
    'Asks for the password, and for a code of the present app or the answer of a passkey; a backup code does too. Gives a secret as an enrollment does, valid for ten minutes in this session; nothing changes until it is confirmed. 404 without an app that it could take over from.',
  tags,
  body: SecondFactorProof,
  response: answers(
    { 201: Enrollment },
    'not_found',
    'invalid_credentials',
    'invalid_code',
    'too_many_attempts',
    'mfa_not_enabled',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
  ),
};

export const confirmCandidate = {
  operationId: 'confirmCandidate',
  summary: 'Keep the new authenticator app as candidate, with a code of it',
  description:
    'The present app goes on working. The first sign-in with a code of the new one makes it take over: the earlier one is dead then, every other session ends, and no device is remembered; the backup codes stay. A candidate is kept for seven days, one at a time, and its codes are refused everywhere but at a sign-in, with the reason `candidate`. The user is mailed, now and then.',
  tags,
  body: Closed({ code: Code }),
  response: answers({ 200: CandidateApp }, 'not_found', 'invalid_code', 'too_many_attempts', 'no_pending_enrollment'),
};

export const removeCandidate = {
  operationId: 'removeCandidate',
  summary: 'Give the new authenticator app up',
  description: 'The present one stays. 404 where none waits, or it has taken over.',
  tags,
  response: answers({ 204: NoContent }, 'not_found'),
};

export const checkAuthenticator = {
  operationId: 'checkAuthenticator',
  summary: 'Check that the authenticator app is there still, with a code of it',
  description:
    'For whoever signs in without typing a code, by a passkey or at a remembered device: `checkDue` of `GET /me/mfa` says when to ask. The code is spent, and moves `checkDueAt`; nothing else changes. Wrong ones are counted with all others, and are refused (429) from half way to the block on: they never lock the sign-in. 404 without an app.',
  tags,
  body: Closed({ code: Code }),
  response: answers(
    { 200: Type.Object({ checkDueAt: CheckDueAt }, { title: 'CheckedAuthenticator' }) },
    'not_found',
    'invalid_code',
    'too_many_attempts',
    'mfa_not_enabled',
  ),
};

export const checkBackupCode = {
  operationId: 'checkBackupCode',
  summary: 'Check whether a backup code is good, without spending it',
  description:
    'Answers 200 for an unspent code of the user. Else 401 `invalid_code`, with the reason `already_used` for a spent one and `wrong` for any other. It is counted and limited as the check of the authenticator app is, and stands in the audit log.',
  tags,
  body: Closed({ code: Code }),
  response: answers(
    {
      200: Type.Object(
        {
          backupCodesRemaining: Type.Integer({
            minimum: 1,
            maximum: 10,
            description: 'unspent ones, this one included',
          }),
        },
        { title: 'CheckedBackupCode' },
      ),
    },
    'invalid_code',
    'too_many_attempts',
    'mfa_not_enabled',
  ),
};

export const stepUp = {
  operationId: 'stepUp',
  summary: 'Prove again that it is you, for fifteen minutes',
  description:
    'What changes the access of others answers 401 `reauthentication_required` when the last proof is older than fifteen minutes; the sign-in is the first. Takes the current password and, where MFA is on, a code or, in `response`, the answer of a passkey; without `method` the form of the code tells which. A session that had not passed the second factor gets new cookies. Who has no password that counts signs in anew at the provider, as `next` says.',
  tags: ['Sign-in'],
  body: Closed({
    password: Type.Optional(Password),
    method: Type.Optional(SecondFactorMethod),
    ...shownFields,
  }),
  response: answers(
    { 204: NoContent },
    'invalid_credentials',
    'invalid_code',
    'reauthentication_required',
    'too_many_attempts',
    'mfa_not_enabled',
  ),
};
