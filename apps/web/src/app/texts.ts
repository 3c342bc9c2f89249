import { linkAccount } from '../features/sign-in/link-account-texts.ts';
import { notMe } from '../features/sign-in/not-me-texts.ts';
import { recovery } from '../features/sign-in/recovery-texts.ts';
import { first } from './first-texts.ts';
import { signedIn } from './signed-in-texts.ts';
import { testMode } from './test-mode/texts.ts';

/** Every text of the SPA, put together from its features. Another language is another object of this shape. */
export const en = { ...first, ...signedIn, linkAccount, notMe, recovery, testMode } as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
