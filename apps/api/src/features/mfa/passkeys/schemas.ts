import { Type } from '@fastify/type-provider-typebox';
import { PASSKEY_NAME_LENGTH } from '@sallyport/core';
import { answers, Closed, IdParams, Password } from '../../../http/schemas.ts';
import {
  Base64Url,
  Challenge,
  credential,
  Descriptor,
  Factor,
  factorRemoved,
  Pass,
  RequestOptions,
  SecondFactorProof,
} from '../schemas.ts';

const tags = ['MFA'];

const CreationOptions = Type.Object(
  {
    rp: Type.Object({ id: Type.String(), name: Type.String() }),
    user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
    challenge: Challenge,
    pubKeyCredParams: Type.Array(Type.Object({ type: Type.String(), alg: Type.Integer() })),
    timeout: Type.Integer(),
    attestation: Type.String(),
    excludeCredentials: Type.Array(Descriptor),
    authenticatorSelection: Type.Object({
      residentKey: Type.String(),
      requireResidentKey: Type.Boolean(),
      userVerification: Type.String(),
    }),
    extensions: Type.Object({ credProps: Type.Boolean() }),
  },
  {
    title: 'PasskeyCreationOptions',
    description: 'for `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`',
  },
);

const CreationAnswer = Type.Object(
  {
    ...credential,
    response: Type.Object({
      clientDataJSON: Base64Url(8192),
      attestationObject: Base64Url(49152),
      transports: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 16 })),
    }),
    clientExtensionResults: Type.Optional(
      Type.Object({ credProps: Type.Optional(Type.Object({ rk: Type.Optional(Type.Boolean()) })) }),
    ),
  },
  { title: 'PasskeyCreationAnswer', description: '`toJSON()` of what `navigator.credentials.create` gave' },
);

const PasskeyName = Type.String({
  minLength: 1,
  maxLength: PASSKEY_NAME_LENGTH,
  pattern: '\\S',
  description: 'by which the user tells it from others',
});

export const startPasskey = {
  operationId: 'startPasskey',
  summary: 'Begin to add a passkey or security key',
  description:
    'Gives what the browser asks the authenticator with. It is valid for five minutes, in this session, and replaces one that was begun before; nothing changes until the passkey has answered. Where MFA is on the session must have passed it, else a fresh proof is asked for.',
  tags,
  body: Closed({ password: Password, pass: Type.Optional(Pass) }),
  response: answers(
    { 200: CreationOptions },
    'reauthentication_required',
    'invalid_credentials',
    'pass_required',
    'too_many_attempts',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
    'too_many_passkeys',
  ),
};

export const addPasskey = {
  operationId: 'addPasskey',
  summary: 'Add the passkey that answered',
  description:
    'The first factor turns MFA on: ten backup codes come with it, which are shown this once, this session becomes one of two factors, with new cookies, and every other session of the user ends. Where the organization takes certain models only (`passkeyModels`), `detail` of `passkey_not_allowed` names them.',
  tags,
  body: Closed({ name: PasskeyName, response: CreationAnswer, pass: Type.Optional(Pass) }),
  response: answers(
    {
      201: Type.Object(
        { factor: Factor, backupCodes: Type.Optional(Type.Array(Type.String(), { minItems: 10, maxItems: 10 })) },
        { title: 'AddedPasskey' },
      ),
    },
    'reauthentication_required',
    'invalid_passkey',
    'passkey_not_allowed',
    'pass_required',
    'too_many_attempts',
    'no_pending_enrollment',
    'passkey_already_added',
    'mfa_already_enabled',
    'mfa_not_enabled',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
    'too_many_passkeys',
  ),
};

export const renamePasskey = {
  operationId: 'renamePasskey',
  summary: 'Give a passkey another name',
  description: 'The name is for its owner alone.',
  tags,
  params: IdParams,
  body: Closed({ name: PasskeyName }),
  response: answers({ 200: Factor }, 'not_found'),
};

export const removePasskey = {
  operationId: 'removePasskey',
  summary: 'Remove a passkey',
  description:
    'Asks for the password, and for a code, or the answer of a passkey, of the user. Every other session ends, and the user is mailed. The last factor takes the backup codes with it: MFA is off then.',
  tags,
  params: IdParams,
  body: SecondFactorProof,
  response: factorRemoved,
};

export const askForPasskey = {
  operationId: 'askForPasskey',
  summary: 'Ask for a passkey as second factor before a change',
  description:
    'What the browser asks the authenticator with; its answer is `response` of the call that changes something. 404 for a user without a passkey.',
  tags,
  response: answers({ 200: RequestOptions }, 'not_found'),
};
