import { account } from '../features/account/texts.ts';
import { audit } from '../features/audit/texts.ts';
import { home } from '../features/home/texts.ts';
import { mfa } from '../features/mfa/texts.ts';
import { organizations } from '../features/organizations/texts.ts';
import { personalData } from '../features/personal-data/texts.ts';
import { serviceAccounts } from '../features/service-accounts/texts.ts';
import { settings } from '../features/settings/texts.ts';
import { sso } from '../features/sso/texts.ts';
import { stepUp } from '../features/step-up/texts.ts';
import { users } from '../features/users/texts.ts';
import { frame } from './layout/texts.ts';

/** What the pages of the signed-in say: it comes with their frame. */
export const signedIn = {
  account,
  audit,
  frame,
  home,
  mfa,
  organizations,
  personalData,
  serviceAccounts,
  settings,
  sso,
  stepUp,
  users,
} as const;
