import { Button, Text } from '@mantine/core';
import {
  PasskeyError,
  type SignInActions,
  type SignInOptions,
  type SignInState,
  usePasskeyAlone,
} from '@sallyport/react';
import { useTranslation } from 'react-i18next';

interface PasskeyAloneProps {
  signIn: SignInState & SignInActions;
  options: SignInOptions | null;
  onReached: (state: SignInState) => unknown;
}

/** The button that signs in with a passkey alone, where that is so. Light, as it is part of the first paint. */
export function PasskeyAlone({ signIn, options, onReached }: PasskeyAloneProps) {
  const { t } = useTranslation();
  if (!usePasskeyAlone(signIn, options, onReached)) return null;
  return (
    <>
      {signIn.problem instanceof PasskeyError && (
        <Text role="alert" fz="sm" c="var(--mantine-color-error)">
          {t(`ui.passkey.${signIn.problem.failure}`)}
        </Text>
      )}
      <Button
        size="md"
        fullWidth
        variant="default"
        disabled={signIn.pending}
        onClick={() => void signIn.submitPasskeyAlone().then(onReached)}
      >
        {t('signIn.withPasskey')}
      </Button>
    </>
  );
}
