import { HOUR_MS } from '@sallyport/core';
import type { Feature } from '../../http/feature.ts';
import type { EmailedTokensService } from './emailed-tokens.ts';
import type { MfaResets } from './mfa-resets.ts';
import { usersRoutes } from './routes.ts';
import type { UsersService } from './service.ts';

export { attemptKeysByKind, attemptKeysOf } from './attempt-keys.ts';
export { UsersByOperator } from './by-operator.ts';
export { CredentialsService, passwordAttemptKey } from './credentials.ts';
export { EmailedTokensService, invalidToken } from './emailed-tokens.ts';
export { MfaResets } from './mfa-resets.ts';
export { userDataOf } from './personal-data.store.ts';
export { assertMayEdit } from './rules.ts';
export { UsersService } from './service.ts';
export type { Account, NewUserRow as NewUser } from './store.ts';
export type { User } from './view.ts';
export { type UserChange, UsersWriter } from './write.ts';

/** How long after its time a reset takes place at the latest. */
const RESETS_EVERY_MS = 10_000;

/** Users as admins manage them, their credentials and the tokens that are mailed to them. */
export const usersFeature = ({
  emailedTokens,
  mfaResets,
  users,
}: {
  emailedTokens: EmailedTokensService;
  mfaResets: MfaResets;
  users: UsersService;
}): Feature => ({
  routes: [usersRoutes(users, mfaResets)],
  chores: [
    { name: 'mailed tokens that are over', everyMs: HOUR_MS, run: () => emailedTokens.purge() },
    {
      name: 'resets that waited',
      everyMs: RESETS_EVERY_MS,
      isDue: () => mfaResets.isAnySettled(),
      run: () => mfaResets.settle(),
    },
  ],
});
