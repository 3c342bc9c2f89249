import type { Feature } from '../../http/feature.ts';
import { HOUR_MS } from '../../platform/time/chores.ts';
import type { EmailedTokensService } from './emailed-tokens.ts';
import { usersRoutes } from './routes.ts';
import type { UsersService } from './service.ts';

export { attemptKeysOf } from './attempt-keys.ts';
export { UsersByOperator } from './by-operator.ts';
export { CredentialsService, passwordAttemptKey } from './credentials.ts';
export { EmailedTokensService } from './emailed-tokens.ts';
export { userDataOf } from './personal-data.store.ts';
export { assertMayEdit } from './rules.ts';
export { type User, UsersService } from './service.ts';
export type { Account, NewUserRow as NewUser } from './store.ts';
export { type UserChange, UsersWriter } from './write.ts';

/** Users as admins manage them, their credentials and the tokens that are mailed to them. */
export const usersFeature = (users: UsersService, emailedTokens: EmailedTokensService): Feature => ({
  routes: [usersRoutes(users)],
  chores: [{ name: 'mailed tokens that are over', everyMs: HOUR_MS, run: () => emailedTokens.purge() }],
});
