import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';
import { normalizePassword } from './password.ts';
import { type PasswordContext, passwordFault } from './password-rules.ts';

/** 0 is refused or guessed at once, 4 is out of reach. */
export type PasswordStrength = 0 | 1 | 2 | 3 | 4;

/** Of the password, in UTF-16 units: what is longer is strong anyway, and the time grows faster than the length. */
const ESTIMATED_LENGTH = 48;

let estimator: ZxcvbnFactory | undefined;

/**
 * An estimate for the meter beside the field, for the SPA to load when it is needed: it brings the word lists. It
 * refuses nothing; a password that `passwordFault` refuses is 0.
 */
export function passwordStrength(password: string, context: PasswordContext = {}): PasswordStrength {
  if (passwordFault(password, context)) return 0;
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: ESTIMATED_LENGTH });
  const { email = '', name = '', organizationName = '' } = context;
  const known = [email, name, organizationName].flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return estimator.check(normalizePassword(password), known.filter(Boolean)).score;
}
