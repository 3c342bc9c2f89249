/**
 * Where the credentials of the admin who makes the throwaway accounts are read from: an argument would be seen by every
 * process of the machine.
 */
export const ADMIN_VARIABLES = {
  email: 'SALLYPORT_ATTACK_EMAIL',
  password: 'SALLYPORT_ATTACK_PASSWORD',
  /** Where the admin has an authenticator: the code that it shows. */
  code: 'SALLYPORT_ATTACK_CODE',
} as const;
