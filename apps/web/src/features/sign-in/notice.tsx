import { Alert, Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RequestId } from '../../ui/problem-alert.tsx';
import { useTakenFromAddress } from '../../ui/use-address.ts';
import { signIn } from './texts.ts';

type NoticeName = keyof typeof signIn.notices;
type SsoFailure = keyof typeof signIn.ssoFailed.reasons;

const isNotice = (name: string | null): name is NoticeName => name !== null && Object.hasOwn(signIn.notices, name);
const isSsoFailure = (code: string): code is SsoFailure => Object.hasOwn(signIn.ssoFailed.reasons, code);
const good: readonly NoticeName[] = ['password_reset', 'invitation_accepted'];

/** What brought the person here (`?notice=`), or why the single sign-on failed (`?error=&requestId=`). */
export function Notice() {
  const { t } = useTranslation();
  const brought = useTakenFromAddress('notice', 'error', 'requestId');
  const [notice, failure] = [brought.get('notice'), brought.get('error')];

  if (failure !== null) {
    return (
      <Alert color="red" role="alert" icon={<IconAlertCircle aria-hidden />} title={t('signIn.ssoFailed.title')}>
        <Text fz="sm">{t(`signIn.ssoFailed.reasons.${isSsoFailure(failure) ? failure : 'sso_failed'}`)}</Text>
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
