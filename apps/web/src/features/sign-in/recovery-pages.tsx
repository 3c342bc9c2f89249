import { Anchor, Button, Group, Text } from '@mantine/core';
import { answer, isProblem } from '@sallyport/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams, useSearchParams } from 'react-router';
import { api } from '../../base/api/client.ts';
import { addTexts } from '../../base/i18n.ts';
import { signInPath } from '../../base/session/return-to.ts';
import { NotFoundPage } from '../../ui/message-page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { absoluteTime } from '../../ui/relative-time.ts';
import { pendingChallenge } from './challenge.ts';
import { LinkDead } from './link-dead.tsx';
import { tokenFromFragment } from './page-input.ts';
import { recovery } from './recovery-texts.ts';
import { SignInFrame } from './sign-in-frame.tsx';

addTexts({ recovery });

/** The pages of a recovery, behind one route: each is seldom opened, and the first paint names every route and chunk. */
export function Component() {
  const page = useParams()['*'];
  if (page === 'lost') return <LostFactors />;
  if (page === 'address') return <ConfirmRecoveryAddress />;
  return page === '' ? <BeginRecovery /> : <NotFoundPage />;
}

/** The second step of who has lost every second factor: a link is mailed to the recovery address, if there is one. */
function LostFactors() {
  const { t } = useTranslation();
  const [query] = useSearchParams();
  const [challenge] = useState(() => pendingChallenge(query));
  const ask = useAskForRecovery();
  if (challenge?.recoveryDelayHours === undefined) return <Navigate to="/sign-in" replace />;
  const back = (
    <Anchor component={Link} to={{ pathname: '/sign-in/verify', search: query.toString() }} fz="sm">
      {t('recovery.lost.back')}
    </Anchor>
  );
  if (ask.isSuccess) {
    return (
      <SignInFrame key="sent" title={t('recovery.lost.sentTitle')} text={t('recovery.lost.sentText')}>
        <Text fz="sm" c="dimmed">
          {t('recovery.lost.sentHint')}
        </Text>
        <Group>{back}</Group>
      </SignInFrame>
    );
  }
  const time = t('recovery.lost.hours', { count: challenge.recoveryDelayHours });
  return (
    <SignInFrame title={t('recovery.lost.title')} text={t('recovery.lost.text', { time })}>
      <ProblemAlert error={ask.error} />
      {isProblem(ask.error, 'challenge_expired') ? (
        <Button size="md" component={Link} to={signInPath(challenge.returnTo)} replace>
          {t('signIn.verify.startOver')}
        </Button>
      ) : (
        <>
          <Button size="md" loading={ask.isPending} onClick={() => ask.mutate()}>
            {t('recovery.lost.submit')}
          </Button>
          {back}
        </>
      )}
    </SignInFrame>
  );
}

/** From the mail to the recovery address. A button, for programs open the links of mails, too. */
function BeginRecovery() {
  const { t, i18n } = useTranslation();
  const token = tokenFromFragment(useLocation().hash);
  const begin = useBeginRecovery();

  if (token === '' || isProblem(begin.error, 'invalid_token')) {
    return (
      <LinkDead text={t('recovery.begin.invalid')} to="/sign-in">
        {t('recovery.toSignIn')}
      </LinkDead>
    );
  }
  if (begin.data) {
    const when = absoluteTime(Date.parse(begin.data.dueAt), i18n.language);
    return (
      <SignInFrame key="done" title={t('recovery.begin.doneTitle')} text={t('recovery.begin.doneText', { when })}>
        <Text>{t('recovery.begin.doneNext')}</Text>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('recovery.begin.title')} text={t('recovery.begin.text')}>
      <ProblemAlert error={begin.error} />
      <Button size="md" loading={begin.isPending} onClick={() => begin.mutate({ token })}>
        {t('recovery.begin.submit')}
      </Button>
      <Text fz="sm" c="dimmed">
        {t('recovery.begin.notYou')}
      </Text>
    </SignInFrame>
  );
}

/** From the mail to an address that was named. A button, for programs open the links of mails, too. */
function ConfirmRecoveryAddress() {
  const { t } = useTranslation();
  const token = tokenFromFragment(useLocation().hash);
  const confirm = useConfirmRecoveryAddress();

  if (token === '' || isProblem(confirm.error, 'invalid_token')) {
    return (
      <LinkDead text={t('recovery.confirm.invalid')} to="/account/mfa">
        {t('recovery.toSettings')}
      </LinkDead>
    );
  }
  if (confirm.isSuccess) {
    return (
      <SignInFrame key="done" title={t('recovery.confirm.doneTitle')} text={t('recovery.confirm.doneText')}>
        <Button component={Link} to="/account/mfa" size="md">
          {t('recovery.toSettings')}
        </Button>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('recovery.confirm.title')} text={t('recovery.confirm.text')}>
      <ProblemAlert error={confirm.error} />
      <Button size="md" loading={confirm.isPending} onClick={() => confirm.mutate({ token })}>
        {t('recovery.confirm.submit')}
      </Button>
    </SignInFrame>
  );
}

/** The pending sign-in is the cookie; whether a mail is sent the answer does not say. */
function useAskForRecovery() {
  return useMutation({ mutationFn: () => answer(api.POST('/api/v1/auth/login/recovery')) });
}

function useBeginRecovery() {
  return useMutation({
    mutationFn: (body: { token: string }) => answer(api.POST('/api/v1/auth/recovery', { body })),
  });
}

function useConfirmRecoveryAddress() {
  return useMutation({
    mutationFn: (body: { token: string }) => answer(api.POST('/api/v1/auth/recovery-address/confirm', { body })),
  });
}
