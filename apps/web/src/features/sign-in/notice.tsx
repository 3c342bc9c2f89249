import { Alert, Text } from '@mantine/core';
import { SSO_FAILURE_CODES } from '@sallyport/core';
import { IconAlertCircle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { signIn } from './texts.ts';

type NoticeName = keyof typeof signIn.notices;

const isNotice = (name: string | null): name is NoticeName => name !== null && name in signIn.notices;
const good: readonly NoticeName[] = ['password_reset', 'invitation_accepted'];

/**
 * What brought the person here (`?notice=`), or why the single sign-on failed (`?error=&requestId=`). The parameters
 * leave the address at once, so that a reload or a bookmark does not say it again.
 */
export function Notice() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const [shown] = useState(() => ({
    notice: query.get('notice'),
    failure: query.get('error'),
    requestId: query.get('requestId'),
  }));

  useEffect(() => {
    if (!query.has('notice') && !query.has('error')) return;
    setQuery(
      (before) => {
        const after = new URLSearchParams(before);
        for (const name of ['notice', 'error', 'requestId']) after.delete(name);
        return after;
      },
      { replace: true },
    );
  }, [query, setQuery]);

  if (shown.failure !== null) {
    const reason = SSO_FAILURE_CODES.find((code) => code === shown.failure) ?? 'sso_failed';
    return (
      <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={t('signIn.ssoFailed.title')}>
        <Text fz="sm">{t(`signIn.ssoFailed.reasons.${reason}`)}</Text>
        {shown.requestId && (
          <Text fz="xs" c="dimmed" mt="xs">
            {t('problem.requestId', { id: shown.requestId })}
          </Text>
        )}
      </Alert>
    );
  }
  if (!isNotice(shown.notice)) return null;
  const positive = good.includes(shown.notice);
  return (
    <Alert
      role="status"
      color={positive ? 'green' : 'gray'}
      icon={positive ? <IconCircleCheck aria-hidden /> : <IconInfoCircle aria-hidden />}
      title={t(`signIn.notices.${shown.notice}.title`)}
    >
      {t(`signIn.notices.${shown.notice}.text`)}
    </Alert>
  );
}
