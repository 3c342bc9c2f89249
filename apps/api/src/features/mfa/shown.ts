import { type Caller, type CodeMethod, methodsOf, Problem, type SecondFactorMethod } from '@sallyport/core';
import type { PasskeyAnswer } from './passkeys/relying-party.ts';
import type { Asked } from './passkeys/store.ts';
import { invalidCode, notTaken } from './refusal.ts';

/** What is shown as second factor: a code, or what a passkey answers to the challenge that was asked for. */
export type Shown =
  | { method?: CodeMethod; code: string }
  | { method: 'passkey'; response: PasskeyAnswer; asked: Asked };

/** The same as a request brings it; `method` only where it says so. */
export interface ShownInRequest {
  method?: SecondFactorMethod;
  code?: string;
  response?: PasskeyAnswer;
}

const sixDigits = /^\s*(?:\d\s*){6}$/;

/** Which method a code is of that comes without one. */
export const methodOf = (code: string): CodeMethod => (sixDigits.test(code) ? 'totp' : 'backup_code');

/**
 * What is shown at the second step of a pending sign-in, once it is known which.
 *
 * @throws Problem `invalid_request` where it is not of the method
 */
export function shownAtSignIn({
  code,
  method,
  response,
}: ShownInRequest & { method: SecondFactorMethod }): (challengeId: string) => Shown {
  if (method !== 'passkey' && code !== undefined && response === undefined) return () => ({ method, code });
  if (method === 'passkey' && response !== undefined && code === undefined)
    return (holderId) => ({ method, response, asked: { holderId, purpose: 'second_step' } });
  throw missing(method === 'passkey' ? '/response' : '/code', `is what ${method} is shown by, and nothing else`);
}

/**
 * What a signed-in user shows within the session. Where passkeys are required no code of an app is in the place of one.
 *
 * @throws Problem `invalid_request` for none, or for both; `invalid_code`, unjudged, for a code that is not taken
 */
export function shownBy({ factors, mfaPolicy, session }: Caller, { code, method, response }: ShownInRequest): Shown {
  if (code !== undefined && response === undefined && method !== 'passkey') {
    const { phishingResistant } = mfaPolicy;
    if (phishingResistant && !methodsOf(factors, true).includes(method ?? methodOf(code))) throw invalidCode(notTaken);
    return { code, ...(method === undefined ? {} : { method }) };
  }
  if (response !== undefined && code === undefined && (method ?? 'passkey') === 'passkey')
    return { method: 'passkey', response, asked: { holderId: session.id, purpose: 'reauthentication' } };
  throw missing('/code', 'is required, or response in its place');
}

/** Password and second factor as a request brings them. @throws Problem as `shownBy` */
export const proofsOf = (caller: Caller, { password, ...shown }: ShownInRequest & { password: string }) => ({
  password,
  shown: shownBy(caller, shown),
});

/**
 * What is shown before a change that asks for a second factor only where MFA is on.
 *
 * @throws Problem `invalid_code` when it is missing; `invalid_request` for both
 */
export function shownWhereEnabled(caller: Caller, shown: ShownInRequest): Shown | null {
  if (!caller.mfaEnabled) return null;
  if (shown.code === undefined && shown.response === undefined) throw invalidCode();
  return shownBy(caller, shown);
}

const missing = (pointer: string, message: string): Problem =>
  new Problem('invalid_request', { errors: [{ pointer, message }] });
