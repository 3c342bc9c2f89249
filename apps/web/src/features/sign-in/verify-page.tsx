import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import type { SecondFactorMethod } from '@sallyport/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { canUsePasskeys } from '../../base/passkey.ts';
import { signInPath } from '../../base/session/return-to.ts';
import { useSecondsLeft } from '../../ui/countdown.ts';
import { useBackupCodeNotice } from './backup-code-notice.tsx';
import { type Challenge, challengeFromQuery, readChallenge } from './challenge.ts';
import { useVerify, useVerifyPasskey } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';
import { VerifyForm } from './verify-form.tsx';
import { VerifyPasskey } from './verify-passkey.tsx';

export function Component() {
  const [query] = useSearchParams();
  const [challenge] = useState(() => challengeFromQuery(query, window.location.origin, Date.now()) ?? readChallenge());
  return challenge ? <SecondStep challenge={challenge} /> : <Navigate to="/sign-in" replace />;
}

const words = {
  totp: { text: 'totpText', instead: 'useTotp' },
  passkey: { text: 'passkeyText', instead: 'usePasskey' },
  backup_code: { text: 'backupText', instead: 'useBackup' },
} as const;

/** What the address names, or else the easiest; backup codes are for when there is nothing else. */
const methodOf = (asked: string | null, usable: readonly SecondFactorMethod[]): SecondFactorMethod =>
  usable.find((method) => method === asked) ??
  (['passkey', 'totp'] as const).find((method) => usable.includes(method)) ??
  'backup_code';

function withMethod(query: URLSearchParams, method: SecondFactorMethod): URLSearchParams {
  const next = new URLSearchParams(query);
  next.set('method', method);
  return next;
}

function SecondStep({ challenge }: { challenge: Challenge }) {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const verify = useVerify(challenge.returnTo);
  const verifyPasskey = useVerifyPasskey(challenge.returnTo);
  const tellCodesLeft = useBackupCodeNotice();
  const seconds = useSecondsLeft(challenge.deadlineMs);

  const usable = challenge.methods.filter((method) => method !== 'passkey' || canUsePasskeys());
  const method = methodOf(query.get('method'), usable);
  const mutation = method === 'passkey' ? verifyPasskey : verify;
  const expired = seconds === 0 || isProblem(mutation.error, 'challenge_expired');
  const startOver = signInPath(challenge.returnTo);

  if (expired && !mutation.isPending && !mutation.isSuccess) {
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
      text={t(`signIn.verify.${words[method].text}`)}
      fieldHasFocus
      footer={t('signIn.verify.lost')}
    >
      {method === 'passkey' ? (
        <VerifyPasskey seconds={seconds} mutation={verifyPasskey} />
      ) : (
        <VerifyForm
          key={method}
          method={method}
          seconds={seconds}
          mutation={verify}
          onSubmit={(code) =>
            verify.mutate({ method, code }, { onSuccess: () => method === 'backup_code' && tellCodesLeft() })
          }
        />
      )}
      <Stack gap="xs" align="center">
        {usable
          .filter((other) => other !== method)
          .map((other) => (
            <Anchor
              key={other}
              component={Link}
              fz="sm"
              replace
              to={`?${withMethod(query, other)}`}
              onClick={() => mutation.reset()}
            >
              {t(`signIn.verify.${words[other].instead}`)}
            </Anchor>
          ))}
        <Anchor component={Link} fz="sm" c="dimmed" to={startOver} replace>
          {t('signIn.verify.startOver')}
        </Anchor>
      </Stack>
    </SignInFrame>
  );
}
