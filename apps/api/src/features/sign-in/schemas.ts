import { Type } from '@fastify/type-provider-typebox';
import {
  answers,
  Closed,
  Code,
  Email,
  Id,
  Password,
  SecondFactorMethod,
  SsoKind,
  Timestamp,
} from '../../http/schemas.ts';
import { CurrentUser } from '../account/schemas.ts';

const tags = ['Sign-in'];

const Authenticated = Type.Object({ status: Type.Literal('authenticated'), user: CurrentUser });

const MfaRequired = Type.Object({
  status: Type.Literal('mfa_required'),
  methods: Type.Array(SecondFactorMethod),
  expiresAt: Timestamp,
});

export const signIn = {
  operationId: 'signIn',
  summary: 'Sign in with email and password',
  description: 'Sets the session cookies, or, where MFA is on, the challenge cookie for the second step.',
  tags,
  body: Closed({ email: Email, password: Password }),
  response: answers({ 200: Type.Union([Authenticated, MfaRequired]) }),
};

export const verifySecondFactor = {
  operationId: 'verifySecondFactor',
  summary: 'Complete the sign-in with a TOTP or backup code',
  tags,
  body: Closed({ method: SecondFactorMethod, code: Code }),
  response: answers({ 200: Authenticated }),
};

export const getSignInOptions = {
  operationId: 'getSignInOptions',
  summary: 'How an address signs in, judged by its domain alone; or how an organization does',
  tags,
  querystring: Type.Object(
    {
      email: Type.Optional(Email),
      organization: Type.Optional(
        Type.String({ minLength: 1, maxLength: 63, description: "slug, of an organization's own sign-in link" }),
      ),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  response: answers({
    200: Type.Object({
      localSignIn: Type.Boolean(),
      connections: Type.Array(Type.Object({ id: Id, name: Type.String(), kind: SsoKind })),
    }),
  }),
};
