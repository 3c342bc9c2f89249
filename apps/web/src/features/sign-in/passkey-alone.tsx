import { Button } from '@mantine/core';
import {
  PasskeyError,
  type SignInActions,
  type SignInOptions,
  type SignInState,
  usePasskeyAlone,
} from '@sallyport/react';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PasskeyFailure } from '../../ui/passkey-failure.tsx';

interface PasskeyAloneProps {
  signIn: SignInState & SignInActions;
  options: SignInOptions | null;
  onReached: (state: SignInState) => unknown;
}

/** The button that signs in with a passkey alone, where that is so; a page of its own, so that the first paint is not its. */
export default function PasskeyAlone({ signIn, options, onReached }: PasskeyAloneProps) {
  const { t } = useTranslation();
  if (!usePasskeyAlone(signIn, options, onReached)) return null;
  return (
    <>
      {signIn.problem instanceof PasskeyError && <PasskeyFailure error={signIn.problem} />}
      <Button
        size="md"
        fullWidth
        variant="default"
        leftSection={<IconFingerprint size={20} aria-hidden />}
        disabled={signIn.pending}
        onClick={() => void signIn.submitPasskeyAlone().then(onReached)}
      >
        {t('signIn.withPasskey')}
      </Button>
    </>
  );
}
