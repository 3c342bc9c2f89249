import { Anchor, Stack } from '@mantine/core';
import type { SecondFactorMethod } from '@sallyport/core';
import { canUsePasskeys, type SignInState, useSignIn } from '@sallyport/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { signInPath } from '../../base/session/return-to.ts';
import { useSecondsLeft } from '../../ui/countdown.ts';
import { useBackupCodeNotice } from './backup-code-notice.tsx';
import { type Challenge, pendingChallenge } from './challenge.ts';
import { RememberDevice } from './remember-device.tsx';
import { SecondStepOver } from './second-step-over.tsx';
import { SignInFrame } from './sign-in-frame.tsx';
import { useEnter } from './use-enter.ts';
import { VerifyForm } from './verify-form.tsx';
import { VerifyPasskey } from './verify-passkey.tsx';

export function Component() {
  const [query] = useSearchParams();
  const [challenge] = useState(() => pendingChallenge(query));
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
  const enter = useEnter();
  const signIn = useSignIn({ resume: challenge });
  const tellCodesLeft = useBackupCodeNotice();
  const seconds = useSecondsLeft(challenge.deadlineMs);

  const usable = challenge.methods.filter((method) => method !== 'passkey' || canUsePasskeys());
  const method = methodOf(query.get('method'), usable);
  const startOver = signInPath(challenge.returnTo);
  const { problem } = signIn;
  const pending = signIn.pending || signIn.step === 'done' || signIn.step === 'enrollment_required';
  const [rememberDevice, setRememberDevice] = useState(false);
  const remembering = rememberDevice ? { rememberDevice } : {};
  const { rememberDeviceDays: days } = challenge;
  const remember = days !== undefined && (
    <RememberDevice days={days} checked={rememberDevice} onChange={setRememberDevice} />
  );

  const finish = async (reached: SignInState) => {
    // What stands between the person and the page is shown in its place.
    if (reached.step !== 'done' && reached.step !== 'enrollment_required') return;
    await enter(challenge.returnTo);
    if (reached.step === 'done' && reached.method === 'backup_code') await tellCodesLeft();
  };

  if (signIn.step === 'over') return <SecondStepOver problem={problem} startOver={startOver} />;
  return (
    <SignInFrame
      title={t('signIn.verify.title')}
      text={t(`signIn.verify.${words[method].text}`)}
      fieldHasFocus
      footer={
        challenge.recoveryDelayHours === undefined ? (
          t('signIn.verify.lost')
        ) : (
          <Anchor component={Link} fz="sm" to={{ pathname: '/recover/lost', search: query.toString() }}>
            {t('signIn.verify.lostAll')}
          </Anchor>
        )
      }
    >
      {method === 'passkey' ? (
        <VerifyPasskey
          seconds={seconds}
          pending={pending}
          problem={problem}
          onUse={() => void signIn.submitPasskey(remembering).then(finish)}
        >
          {remember}
        </VerifyPasskey>
      ) : (
        <VerifyForm
          key={method}
          method={method}
          seconds={seconds}
          pending={pending}
          problem={problem}
          onSubmit={(code) =>
            void signIn.submitCode({ method, code, ...(method === 'totp' && remembering) }).then(finish)
          }
        >
          {/* A backup code remembers nothing: who has lost the phone may sit at a foreign browser. */}
          {method === 'totp' && remember}
        </VerifyForm>
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
              onClick={signIn.dismiss}
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
