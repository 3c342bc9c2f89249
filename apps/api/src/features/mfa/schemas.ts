import { Type } from '@fastify/type-provider-typebox';
import { answers, Closed, Code, NoContent, Password, SecondFactorMethod, Timestamp } from '../../http/schemas.ts';

const tags = ['MFA'];

export const MfaStatus = {
  enabled: Type.Boolean(),
  canEnroll: Type.Boolean(),
  reason: Type.Optional(
    Type.Enum(['mfa_requires_local_password', 'mfa_already_enabled', 'local_sign_in_disabled'], {
      description: 'why the user cannot enroll',
    }),
  ),
};

const BackupCodes = Type.Object(
  {
    backupCodes: Type.Array(Type.String(), { minItems: 10, maxItems: 10, description: 'each signs in once' }),
  },
  { title: 'BackupCodes' },
);

const Proofs = Closed({ password: Password, code: Code });

export const getMfa = {
  operationId: 'getMfa',
  summary: 'MFA of the signed-in user',
  description: 'Whether it is on, whether this user can turn it on and if not why, and how many backup codes are left.',
  tags,
  response: answers({
    200: Type.Object(
      {
        ...MfaStatus,
        enrolledAt: Type.Optional(Timestamp),
        backupCodesRemaining: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
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
    {
      201: Type.Object(
        {
          secret: Type.String({ description: 'base32 without padding, 160 bits' }),
          otpauthUri: Type.String({ description: 'Key URI format' }),
          qrCode: Type.String({ description: 'data URL of a picture (SVG) of otpauthUri' }),
          expiresAt: Timestamp,
        },
        { title: 'Enrollment' },
      ),
    },
    'mfa_already_enabled',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
  ),
};

export const confirmEnrollment = {
  operationId: 'confirmEnrollment',
  summary: 'Turn MFA on with the current password and a code of the app',
  description:
    'Answers with ten backup codes, which are shown this once. This session becomes one of two factors, with new cookies; every other session of the user ends.',
  tags,
  body: Proofs,
  response: answers(
    { 200: BackupCodes },
    'invalid_credentials',
    'invalid_code',
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
  body: Proofs,
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
  summary: 'Turn MFA off with the current password and a TOTP or backup code',
  description: 'Takes away authenticator and backup codes, ends every other session and mails the user.',
  tags,
  body: Proofs,
  response: answers(
    { 204: NoContent },
    'invalid_credentials',
    'invalid_code',
    'too_many_attempts',
    'mfa_not_enabled',
    'local_sign_in_disabled',
  ),
};

export const stepUp = {
  operationId: 'stepUp',
  summary: 'Prove again that it is you, for fifteen minutes',
  description:
    'What changes the access of others answers 401 `reauthentication_required` when the last proof is older than fifteen minutes; the sign-in is the first. Takes the current password and, where MFA is on, a code; without `method` the form of the code tells which. A session that had not passed the second factor gets new cookies. Who has no password that counts signs in anew at the provider, as `next` says.',
  tags: ['Sign-in'],
  body: Closed({
    password: Type.Optional(Password),
    method: Type.Optional(SecondFactorMethod),
    code: Type.Optional(Code),
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
