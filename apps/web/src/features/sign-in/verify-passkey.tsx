import { Button, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PasskeyError } from '../../base/passkey.ts';
import { PasskeyFailure } from '../../ui/passkey-failure.tsx';
import { TimeLeft } from './time-left.tsx';

interface VerifyPasskeyProps {
  /** Left of the pending sign-in. */
  seconds: number;
  mutation: { isPending: boolean; error: Error | null; mutate: () => void };
}

/** One button: browsers ask for a passkey only when somebody has pressed something. */
export function VerifyPasskey({ seconds, mutation: { error, isPending, mutate } }: VerifyPasskeyProps) {
  const { t } = useTranslation();
  const refused = isProblem(error, 'invalid_code') ? new PasskeyError('refused', error) : error;
  return (
    <Stack gap="md">
      <PasskeyFailure error={refused} />
      <Button
        size="md"
        fullWidth
        autoFocus
        leftSection={<IconFingerprint size={20} aria-hidden />}
        loading={isPending}
        onClick={() => mutate()}
      >
        {t('signIn.verify.usePasskeyNow')}
      </Button>
      <TimeLeft seconds={seconds} />
    </Stack>
  );
}
