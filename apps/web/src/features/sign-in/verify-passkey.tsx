import { Button, Stack } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PasskeyFailure } from '../../ui/passkey-failure.tsx';
import { TimeLeft } from './time-left.tsx';

interface VerifyPasskeyProps {
  /** Left of the pending sign-in. */
  seconds: number;
  pending: boolean;
  problem: Error | null;
  /** Stands above the button. */
  children?: ReactNode;
  onUse: () => void;
}

/** One button: browsers ask for a passkey only when somebody has pressed something. */
export function VerifyPasskey({ seconds, pending, problem, children, onUse }: VerifyPasskeyProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <PasskeyFailure error={problem} />
      {children}
      <Button
        size="md"
        fullWidth
        autoFocus
        leftSection={<IconFingerprint size={20} aria-hidden />}
        loading={pending}
        onClick={onUse}
      >
        {t('signIn.verify.usePasskeyNow')}
      </Button>
      <TimeLeft seconds={seconds} />
    </Stack>
  );
}
