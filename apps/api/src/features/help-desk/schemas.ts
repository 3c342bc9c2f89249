import { Type } from '@fastify/type-provider-typebox';
import { answers, IdParams, Nullable, Timestamp } from '../../http/schemas.ts';
import { CandidateApp, Factor, MfaPolicy } from '../mfa/schemas.ts';

const Attempts = Type.Object(
  {
    failures: Type.Integer({ minimum: 0, description: 'within a day from the first of them' }),
    blockedUntil: Nullable(
      Type.Unsafe<Date>({ ...Timestamp, description: 'until when none is judged; null: they are' }),
    ),
  },
  { title: 'FailedAttempts' },
);

const UserSecurity = Type.Object(
  {
    mfa: Nullable(
      Type.Object(
        {
          enrolledAt: Timestamp,
          factors: Type.Array(Factor),
          backupCodesRemaining: Type.Integer({ minimum: 0, maximum: 10 }),
          candidate: Type.Optional(CandidateApp),
        },
        { title: 'UserFactors', description: 'null while MFA is off' },
      ),
    ),
    policy: MfaPolicy,
    mustEnroll: Type.Boolean({
      description: 'whether a sign-in with the password leads into enrolment and opens nothing else before',
    }),
    attempts: Type.Object({
      password: Attempts,
      secondFactor: Attempts,
      passkey: Attempts,
      reauthentication: Attempts,
    }),
    liveSessions: Type.Integer({ minimum: 0 }),
    lastSeenAt: Nullable(Type.Unsafe<Date>({ ...Timestamp, description: 'in one of the live sessions' })),
    rememberedDevices: Type.Integer({ minimum: 0, description: 'browsers that are not asked for the second step' }),
  },
  { title: 'UserSecurity' },
);

export const getUserSecurity = {
  operationId: 'getUserSecurity',
  summary: 'What helps a user who cannot sign in, without any secret',
  description:
    'Which factors are set up and when they were last used, how many backup codes are left, what the organization ' +
    'requires, what failed within a day and until when nothing is judged, and how much access is open.',
  tags: ['Users'],
  params: IdParams,
  response: answers({ 200: UserSecurity }, 'forbidden', 'not_found'),
};
