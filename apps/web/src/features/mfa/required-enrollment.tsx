import { Alert } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { Component as MfaPage } from './mfa-page.tsx';
import { useUnsavedCodes } from './unsaved-codes.ts';

/**
 * The page of the own second factors where nothing else is open before there is one, with why and who asks.
 *
 * @param onDone called once there is one, and the backup codes are saved
 */
export default function RequiredEnrollment({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const { mustEnroll, policy } = useMe().mfa;
  const isDone = useUnsavedCodes() === null && !mustEnroll;
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone, onDone]);
  return (
    <>
      {mustEnroll && (
        <Alert
          mb="lg"
          color="yellow"
          icon={<IconShieldLock aria-hidden />}
          title={t('mfa.required.title', { organization: policy.askedBy ?? t('mfa.required.yourOrganization') })}
        >
          {t('mfa.required.stopped')}
        </Alert>
      )}
      <MfaPage />
    </>
  );
}
