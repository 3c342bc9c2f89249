import { type CodeRefusal, Problem, type ProblemOptions } from '@sallyport/core';

/** Why a code was refused; `clockSkewSeconds` goes with `clock_skew`. */
export type Refusal = { reason: CodeRefusal } & Pick<ProblemOptions, 'clockSkewSeconds' | 'detail'>;

/** Nothing more is told of a passkey that was refused. */
export const passkeyRefused: Refusal = {
  reason: 'wrong',
  detail: 'The passkey was not accepted, or it took too long. Try again.',
};

/** Of a code of an app that takes the place of the present one with a sign-in, and with nothing else. */
export const ofCandidate: Refusal = { reason: 'candidate' };

/** Of a code in the place of the passkey that the organisation asks for. */
export const notTaken: Refusal = {
  reason: 'wrong',
  detail: 'Your organization takes a passkey here. If you lost yours, use a backup code, and add another passkey.',
};

/** @param refused without a reason the code was missing, or nothing may be told of it */
export const invalidCode = (refused: Partial<Refusal> & Pick<ProblemOptions, 'next'> = {}): Problem =>
  new Problem('invalid_code', { detail: details[refused.reason ?? 'wrong'](refused.clockSkewSeconds), ...refused });

const details: Record<CodeRefusal, (skewSeconds?: number) => string> = {
  wrong: () => 'The code is wrong or was already used. Wait for the next one and try again.',
  already_used: () => 'The code was already used. Wait for the next one and try again.',
  clock_skew: (seconds = 0) =>
    `The clock of the authenticator is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead' : 'behind'}. Let it set its time by itself, then try again.`,
  candidate: () =>
    'This code is of the new authenticator app, which takes over when you sign in with it. Until then use the old one here.',
};

export const tooManyCodes = (retryAfterSeconds: number): Problem =>
  new Problem('too_many_attempts', { detail: 'Too many wrong codes. Try again later.', retryAfterSeconds });
