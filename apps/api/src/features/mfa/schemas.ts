import { Type } from '@fastify/type-provider-typebox';
import { answers, Closed, Code, NoContent, Password, Timestamp } from '../../http/schemas.ts';

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

const BackupCodes = Type.Object({
  backupCodes: Type.Array(Type.String(), { minItems: 10, maxItems: 10, description: 'each signs in once' }),
});

const Proofs = Closed({ password: Password, code: Code });

export const getMfa = {
  operationId: 'getMfa',
  summary: 'MFA of the signed-in user',
  tags,
  response: answers({
    200: Type.Object({
      ...MfaStatus,
      enrolledAt: Type.Optional(Timestamp),
      backupCodesRemaining: Type.Optional(Type.Integer({ minimum: 0, maximum: 10 })),
    }),
  }),
};

export const startEnrollment = {
  operationId: 'startEnrollment',
  summary: 'Begin the enrollment of an authenticator app',
  tags,
  response: answers({
    201: Type.Object({
      secret: Type.String({ description: 'base32 without padding, 160 bits' }),
      otpauthUri: Type.String({ description: 'Key URI format' }),
      qrCode: Type.String({ description: 'data URL of a picture (SVG) of otpauthUri' }),
      expiresAt: Timestamp,
    }),
  }),
};

export const confirmEnrollment = {
  operationId: 'confirmEnrollment',
  summary: 'Turn MFA on with the current password and a code of the app',
  tags,
  body: Proofs,
  response: answers({ 200: BackupCodes }),
};

export const regenerateBackupCodes = {
  operationId: 'regenerateBackupCodes',
  summary: 'Replace the backup codes',
  tags,
  body: Proofs,
  response: answers({ 200: BackupCodes }),
};

export const disableMfa = {
  operationId: 'disableMfa',
  summary: 'Turn MFA off with the current password and a TOTP or backup code',
  tags,
  body: Proofs,
  response: answers({ 204: NoContent }),
};
