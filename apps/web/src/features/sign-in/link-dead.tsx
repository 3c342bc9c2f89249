import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SignInFrame } from './sign-in-frame.tsx';

/** A mailed link that does not work any more, and the way to a new one. */
export function LinkDead({ text, children }: { text: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <SignInFrame title={t('problem.codes.invalid_token.title')} text={text}>
      {children}
    </SignInFrame>
  );
}
