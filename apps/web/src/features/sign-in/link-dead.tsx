import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SignInFrame } from './sign-in-frame.tsx';

/** A mailed link that does not work any more, and the way to a new one. */
export function LinkDead({ text, to, children }: { text: string; to: string; children: string }) {
  const { t } = useTranslation();
  return (
    <SignInFrame title={t('problem.codes.invalid_token.title')} text={text}>
      <Button component={Link} to={to} size="md">
        {children}
      </Button>
    </SignInFrame>
  );
}
