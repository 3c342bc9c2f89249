import { Alert } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { mfaQuery } from '../../base/session/mfa.ts';
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
  const { data } = useQuery({ ...mfaQuery, enabled: mustEnroll && policy.phishingResistant });
  const hasPasskey = data?.factors.some(({ kind }) => kind === 'passkey');
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
          {t(
            policy.phishingResistant
              ? `mfa.required.${hasPasskey ? 'usePasskey' : 'addPasskey'}`
              : 'mfa.required.stopped',
          )}
        </Alert>
      )}
      <MfaPage />
    </>
  );
}
