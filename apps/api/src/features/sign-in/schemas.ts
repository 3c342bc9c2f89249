import { Type } from '@fastify/type-provider-typebox';
import { Closed, Code, Email, Id, orProblem, Password, Timestamp } from '../../http/schemas.ts';
import { CurrentUser } from '../account/schemas.ts';

const tags = ['Sign-in'];

const Authenticated = Type.Object({ status: Type.Literal('authenticated'), user: CurrentUser });

const MfaRequired = Type.Object({
  status: Type.Literal('mfa_required'),
  methods: Type.Array(Type.Enum(['totp', 'backup_code'])),
  expiresAt: Timestamp,
});

export const signIn = {
  operationId: 'signIn',
  summary: 'Sign in with email and password',
  description: 'Sets the session cookies, or, where MFA is on, the challenge cookie for the second step.',
  tags,
  body: Closed({ email: Email, password: Password }),
  response: { 200: Type.Union([Authenticated, MfaRequired]), ...orProblem },
};

export const verifySecondFactor = {
  operationId: 'verifySecondFactor',
  summary: 'Complete the sign-in with a TOTP or backup code',
  tags,
  body: Closed({ method: Type.Enum(['totp', 'backup_code']), code: Code }),
  response: { 200: Authenticated, ...orProblem },
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
  response: {
    200: Type.Object({
      localSignIn: Type.Boolean(),
      connections: Type.Array(
        Type.Object({ id: Id, name: Type.String(), kind: Type.Enum(['entra', 'google', 'oidc', 'saml']) }),
      ),
    }),
    ...orProblem,
  },
};
