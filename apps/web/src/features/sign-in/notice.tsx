import { Alert, Text } from '@mantine/core';
import { SSO_FAILURE_CODES } from '@sallyport/core';
import { IconAlertCircle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RequestId } from '../../ui/problem-alert.tsx';
import { useTakenFromAddress } from '../../ui/use-address.ts';
import { signIn } from './texts.ts';

type NoticeName = keyof typeof signIn.notices;

const isNotice = (name: string | null): name is NoticeName => name !== null && Object.hasOwn(signIn.notices, name);
const good: readonly NoticeName[] = ['password_reset', 'invitation_accepted'];

/** What brought the person here (`?notice=`), or why the single sign-on failed (`?error=&requestId=`). */
export function Notice() {
  const { t } = useTranslation();
  const brought = useTakenFromAddress('notice', 'error', 'requestId');
  const [notice, failure] = [brought.get('notice'), brought.get('error')];

  if (failure !== null) {
    const reason = SSO_FAILURE_CODES.find((code) => code === failure) ?? 'sso_failed';
    return (
      <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={t('signIn.ssoFailed.title')}>
        <Text fz="sm">{t(`signIn.ssoFailed.reasons.${reason}`)}</Text>
        <RequestId value={brought.get('requestId')} />
      </Alert>
    );
  }
  if (!isNotice(notice)) return null;
  const positive = good.includes(notice);
  return (
    <Alert
      role="status"
      color={positive ? 'green' : 'gray'}
      icon={positive ? <IconCircleCheck aria-hidden /> : <IconInfoCircle aria-hidden />}
      title={t(`signIn.notices.${notice}.title`)}
    >
      {t(`signIn.notices.${notice}.text`)}
    </Alert>
  );
}
