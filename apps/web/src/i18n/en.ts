import { account } from './en/account.ts';
import { app } from './en/app.ts';
import { audit } from './en/audit.ts';
import { home } from './en/home.ts';
import { mfa } from './en/mfa.ts';
import { organizations } from './en/organizations.ts';
import { problem } from './en/problem.ts';
import { settings } from './en/settings.ts';
import { signIn } from './en/sign-in.ts';
import { sso } from './en/sso.ts';
import { users } from './en/users.ts';
import { words } from './en/words.ts';

/** Every text of the SPA, in one file a feature. Another language is another object of this shape. */
export const en = {
  account,
  app,
  audit,
  home,
  mfa,
  organizations,
  problem,
  settings,
  signIn,
  sso,
  users,
  words,
} as const;
