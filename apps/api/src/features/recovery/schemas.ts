import { Type } from '@fastify/type-provider-typebox';
import { SETTINGS_BOUNDS } from '@sallyport/core';
import { answers, Closed, Email, NoContent, Nullable, Password, Timestamp, Token } from '../../http/schemas.ts';
import { shownFields } from '../mfa/schemas.ts';

const tags = ['MFA'];
const mailTags = ['Password and invitation by mail'];

const proofs = { password: Password, ...shownFields };

export const getRecoveryAddress = {
  operationId: 'getRecoveryAddress',
  summary: 'The own recovery address',
  description:
    'By which a user who has lost every second factor asks for a reset without an admin, where the organization allows it.',
  tags,
  response: answers({
    200: Type.Object(
      {
        delayHours: Type.Integer({
          ...SETTINGS_BOUNDS.recoveryDelayHours,
          description: 'how many hours such a reset waits; 0: the organization allows none',
        }),
        address: Nullable(Type.String({ description: 'null where none is named' })),
        confirmedAt: Nullable(
          Type.Unsafe<Date>({ ...Timestamp, description: 'null while the mailed link was not followed' }),
        ),
      },
      { title: 'RecoveryAddress' },
    ),
  }),
};

export const nameRecoveryAddress = {
  operationId: 'nameRecoveryAddress',
  summary: 'Name a recovery address, in the place of an earlier one',
  description:
    'With password and second factor, as every change of factors. It counts once the link that is mailed to it is followed, within 24 hours. The account is told by mail, and what was asked for by an earlier address is stopped. The address goes when MFA goes off, is disabled or reset.',
  tags,
  body: Closed({ address: Email, ...proofs }),
  response: answers(
    { 204: NoContent },
    'invalid_credentials',
    'invalid_code',
    'recovery_disabled',
    'mfa_not_enabled',
    'mfa_requires_local_password',
    'local_sign_in_disabled',
    'too_many_attempts',
  ),
};

export const removeRecoveryAddress = {
  operationId: 'removeRecoveryAddress',
  summary: 'Remove the own recovery address',
  description: 'With password and second factor. A reset that was asked for by it is stopped.',
  tags,
  body: Closed(proofs),
  response: answers({ 204: NoContent }, 'invalid_credentials', 'invalid_code', 'not_found', 'too_many_attempts'),
};

export const confirmRecoveryAddress = {
  operationId: 'confirmRecoveryAddress',
  summary: 'Confirm a recovery address with the token that was mailed to it',
  description:
    'In any browser, signed in or not. 410 `invalid_token` once it was used, is too old, or the address gone.',
  tags: mailTags,
  body: Closed({ token: Token }),
  response: answers({ 204: NoContent }, 'invalid_token', 'too_many_attempts'),
};

export const askForRecovery = {
  operationId: 'askForRecovery',
  summary: 'Say at the second step that every second factor and backup code is lost',
  description:
    'Needs the challenge cookie that the first step set. One answer whether or not the user has a recovery address; where it has, a link is mailed to it that works for one hour, once. No more than three in an hour are. 403 `recovery_disabled` where the organization allows none; an admin resets the second factor then.',
  tags: ['Sign-in'],
  security: [{ challenge: [] }],
  response: answers({ 202: Type.Null({ description: 'Taken' }) }, 'challenge_expired', 'recovery_disabled'),
};

export const beginRecovery = {
  operationId: 'beginRecovery',
  summary: 'Ask for a reset of the second factor with the token that was mailed to the recovery address',
  description:
    'The reset waits until `dueAt`: the user, at the address of the account, and the admins are told at once, and each can stop it. When it takes place every session ends, and a pass is mailed to the recovery address, without which nobody sets up a second factor. 409 `reset_waits` where one waits already.',
  tags: mailTags,
  body: Closed({ token: Token }),
  response: answers(
    {
      200: Type.Object(
        { dueAt: Type.Unsafe<Date>({ ...Timestamp, description: 'when it takes place' }) },
        { title: 'BegunRecovery' },
      ),
    },
    'invalid_token',
    'recovery_disabled',
    'reset_waits',
    'too_many_attempts',
  ),
};
