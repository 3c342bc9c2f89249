import { account } from '../features/account/texts.ts';
import { audit } from '../features/audit/texts.ts';
import { home } from '../features/home/texts.ts';
import { mfa } from '../features/mfa/texts.ts';
import { organizations } from '../features/organizations/texts.ts';
import { settings } from '../features/settings/texts.ts';
import { signIn } from '../features/sign-in/texts.ts';
import { sso } from '../features/sso/texts.ts';
import { users } from '../features/users/texts.ts';
import { problem } from '../ui/problem-texts.ts';
import { ui, words } from '../ui/texts.ts';
import { app } from './frame-texts.ts';

/** Every text of the SPA, put together from its features. Another language is another object of this shape. */
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
  ui,
  users,
  words,
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
