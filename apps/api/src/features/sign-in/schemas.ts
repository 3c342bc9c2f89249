import { Type } from '@fastify/type-provider-typebox';
import { SETTINGS_BOUNDS } from '@sallyport/core';
import { answers, Closed, Email, Id, Password, SecondFactorMethod, SsoKind, Timestamp } from '../../http/schemas.ts';
import { CurrentUser } from '../account/schemas.ts';
import { PasskeyAnswer, RequestOptions, shownFields } from '../mfa/schemas.ts';

const tags = ['Sign-in'];

const Authenticated = Type.Object(
  { status: Type.Literal('authenticated'), user: CurrentUser },
  { title: 'Authenticated', description: 'signed in' },
);

const MfaRequired = Type.Object(
  {
    status: Type.Literal('mfa_required'),
    methods: Type.Array(SecondFactorMethod),
    expiresAt: Timestamp,
    rememberDeviceDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: SETTINGS_BOUNDS.rememberedDeviceDays.maximum,
        description:
          'for how many days `rememberDevice` would spare this browser the second step; absent where it cannot',
      }),
    ),
    recoveryDelayHours: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: SETTINGS_BOUNDS.recoveryDelayHours.maximum,
        description:
          'there where the organization lets users recover without an admin, whether or not this one has a recovery address: how many hours the reset waits that `POST /auth/login/recovery` leads to',
      }),
    ),
  },
  { title: 'MfaRequired', description: 'the password was right, one of the methods is asked for' },
);

const EnrollmentRequired = Type.Object(
  {
    status: Type.Literal('enrollment_required'),
    user: CurrentUser,
    expiresAt: Type.Unsafe<Date>({ ...Timestamp, description: 'when the session ends' }),
  },
  {
    title: 'EnrollmentRequired',
    description:
      'signed in, to set up a second factor and nothing else: whatever is asked for before answers 403 `mfa_enrollment_required`',
  },
);

export const signIn = {
  operationId: 'signIn',
  summary: 'Sign in with email and password',
  description:
    'Sets the session cookies, or, where MFA is on, the challenge cookie for the second step. A browser that is remembered for the user is not asked for it: its session is of one factor (`aal` 1), and what needs a fresh proof asks for both. Where MFA is required, there is none and the grace is over, the session opens the enrollment and nothing else. An unknown address, a wrong password, a disabled user and one without a password get the same answer in the same time.',
  tags,
  body: Closed({ email: Email, password: Password }),
  response: answers(
    { 200: Type.Union([Authenticated, MfaRequired, EnrollmentRequired], { title: 'SignInResult' }) },
    'invalid_credentials',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};

export const verifySecondFactor = {
  operationId: 'verifySecondFactor',
  summary: 'Complete the sign-in with a TOTP, a backup code or a passkey',
  description:
    'Needs the challenge cookie that the password step set: five minutes, five attempts, one use. Sets the session cookies. A backup code may be typed in any case, with spaces or hyphens. `passkey` takes `response`, what the browser gave for `POST /auth/login/mfa/passkey-options`; the others take `code`. With `rememberDevice`, where `rememberDeviceDays` offered it, this browser is not asked for the second step again for so many days; a backup code remembers nothing. Where the organization asks for passkeys, a code leads, once the grace is over, into a session that opens nothing before a passkey is added; of a user who has one, backup codes alone do.',
  tags,
  security: [{ challenge: [] }],
  body: Closed({
    method: SecondFactorMethod,
    ...shownFields,
    rememberDevice: Type.Optional(
      Type.Boolean({
        description: 'without effect where it is not offered: by the setting, after a backup code or single sign-on',
      }),
    ),
  }),
  response: answers(
    { 200: Type.Union([Authenticated, EnrollmentRequired], { title: 'SecondStepResult' }) },
    'invalid_code',
    'challenge_expired',
    'too_many_attempts',
    'local_sign_in_disabled',
  ),
};

export const askForPasskeyAtSignIn = {
  operationId: 'askForPasskeyAtSignIn',
  summary: 'Ask for a passkey at the second step',
  description:
    'Needs the challenge cookie that the password step set. What the browser asks the authenticator with: each answer is taken once. 404 for a user without a passkey.',
  tags,
  security: [{ challenge: [] }],
  response: answers({ 200: RequestOptions }, 'challenge_expired', 'not_found'),
};

export const askForAnyPasskey = {
  operationId: 'askForAnyPasskey',
  summary: 'Ask for a passkey in the place of email and password',
  description:
    'What the browser asks for a passkey with that it finds by itself and that verifies its user; for a button, or to offer passkeys where the address is typed. Sets a cookie that binds the answer to this browser, for five minutes. 403 where no organization lets passkeys sign in by themselves.',
  tags,
  response: answers({ 200: RequestOptions }, 'passwordless_disabled'),
};

export const signInWithPasskey = {
  operationId: 'signInWithPasskey',
  summary: 'Sign in with a passkey alone',
  description:
    'Takes what the browser gave for `POST /auth/passkey/options`, once, and sets the session cookies: the session has `method` `passkey` and is one of two factors. A passkey of nobody, an answer that is wrong, too old or was used, and a disabled user get the same answer. Whether the organization of the user lets passkeys sign in by themselves is told only to whoever has one.',
  tags,
  body: Closed({ response: PasskeyAnswer }),
  response: answers(
    { 200: Authenticated },
    'invalid_passkey',
    'passwordless_disabled',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};

export const getSignInOptions = {
  operationId: 'getSignInOptions',
  summary: 'How an address signs in, judged by its domain alone; or how an organization does',
  description:
    'What a sign-in page shows: the password fields, the buttons of single sign-on, or both. Says nothing of whether an account exists.',
  tags,
  querystring: Type.Object(
    {
      email: Type.Optional(Email),
      organization: Type.Optional(
        Type.String({
          maxLength: 63,
          description: "slug, of an organization's own sign-in link; empty without such a link: what holds of anybody",
        }),
      ),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  response: answers(
    {
      200: Type.Object(
        {
          localSignIn: Type.Boolean(),
          passwordless: Type.Boolean({
            description:
              'whether passkeys sign in by themselves there; where the domain, or the link, is of no organization: in any organization',
          }),
          connections: Type.Array(Type.Object({ id: Id, name: Type.String(), kind: SsoKind })),
        },
        { title: 'SignInOptions' },
      ),
    },
    'too_many_attempts',
  ),
};
