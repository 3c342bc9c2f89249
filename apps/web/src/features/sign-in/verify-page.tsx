import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { signInPath } from '../../base/session/return-to.ts';
import { useSecondsLeft } from '../../ui/countdown.ts';
import { useBackupCodeNotice } from './backup-code-notice.tsx';
import { type Challenge, challengeFromQuery, type Method, readChallenge } from './challenge.ts';
import { useVerify } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { VerifyForm } from './verify-form.tsx';

export function Component() {
  const [query] = useSearchParams();
  const [challenge] = useState(() => challengeFromQuery(query, window.location.origin, Date.now()) ?? readChallenge());
  return challenge ? <SecondStep challenge={challenge} /> : <Navigate to="/sign-in" replace />;
}

function SecondStep({ challenge }: { challenge: Challenge }) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const verify = useVerify(challenge.returnTo);
  const tellCodesLeft = useBackupCodeNotice();
  const seconds = useSecondsLeft(challenge.deadlineMs);

  const method: Method = query.get('method') === 'backup_code' ? 'backup_code' : 'totp';
  const otherMethod = new URLSearchParams(query);
  if (method === 'totp') otherMethod.set('method', 'backup_code');
  else otherMethod.delete('method');
  const expired = seconds === 0 || isProblem(verify.error, 'challenge_expired');
  const startOver = signInPath(challenge.returnTo);

  if (expired && !verify.isPending && !verify.isSuccess) {
    return (
      <SignInFrame title={t('signIn.verify.title')}>
        <Alert role="alert" color="yellow" icon={<IconClock aria-hidden />} title={t('signIn.verify.expired.title')}>
          {t('signIn.verify.expired.text')}
        </Alert>
        <Button component={Link} to={startOver} replace size="md">
          {t('signIn.verify.startOver')}
        </Button>
      </SignInFrame>
    );
  }

  return (
    <SignInFrame
      title={t('signIn.verify.title')}
      text={t(method === 'totp' ? 'signIn.verify.totpText' : 'signIn.verify.backupText')}
      fieldHasFocus
      footer={t('signIn.verify.lost')}
    >
      <VerifyForm
        key={method}
        method={method}
        seconds={seconds}
        mutation={verify}
        onSubmit={(code) =>
          verify.mutate({ method, code }, { onSuccess: () => method === 'backup_code' && tellCodesLeft() })
        }
      />
      <Stack gap="xs" align="center">
        {challenge.methods.length > 1 && (
          <Anchor component={Link} fz="sm" replace to={`?${otherMethod}`} onClick={() => verify.reset()}>
            {t(method === 'totp' ? 'signIn.verify.useBackup' : 'signIn.verify.useTotp')}
          </Anchor>
        )}
        <Anchor component={Link} fz="sm" c="dimmed" to={startOver} replace>
          {t('signIn.verify.startOver')}
        </Anchor>
      </Stack>
    </SignInFrame>
  );
}
