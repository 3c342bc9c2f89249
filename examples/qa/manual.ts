/** The steps of the manual, in its order; each flow says which it takes. */
export const steps = [
  'sign in with the password',
  'sign out',
  'choose another password by mail',
  'sign in through a provider',
  'read, without a password, why there is nothing to enable',
  'open MFA Settings',
  'enable: scan the QR code',
  'confirm with password and code',
  'keep the backup codes',
  'sign in with a code',
  'sign in with a backup code',
  'have an admin reset it',
  'enrol anew after a reset',
  'disable',
  'switch local sign-in off',
] as const;

/** An annotation of Playwright for each step. */
export const manual = (...taken: readonly (typeof steps)[number][]) =>
  taken.map((description) => ({ type: 'manual', description }));
