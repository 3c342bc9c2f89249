import { Button, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { addTexts } from '../../base/i18n.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { LinkDead } from './link-dead.tsx';
import { notMe } from './not-me-texts.ts';
import { tokenFromFragment } from './page-input.ts';
import { useDisputeMfaReset } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

addTexts({ notMe });

/** From the mail that tells of a reset of MFA. A button, for programs open the links of mails, too. */
export function Component() {
  const { t } = useTranslation();
  const token = tokenFromFragment(useLocation().hash);
  const dispute = useDisputeMfaReset();

  if (token === '' || isProblem(dispute.error, 'invalid_token')) {
    return (
      <LinkDead text={t('notMe.invalid')} to="/sign-in">
        {t('notMe.toSignIn')}
      </LinkDead>
    );
  }
  if (dispute.isSuccess) {
    return (
      <SignInFrame key="done" title={t('notMe.doneTitle')} text={t('notMe.doneText')}>
        <Button component={Link} to="/forgot-password" size="md">
          {t('notMe.newPassword')}
        </Button>
      </SignInFrame>
    );
  }
  return (
    <SignInFrame title={t('notMe.title')} text={t('notMe.text')}>
      <Stack gap="sm">
        <ProblemAlert error={dispute.error} />
        <Button color="red" size="md" loading={dispute.isPending} onClick={() => dispute.mutate({ token })}>
          {t('notMe.submit')}
        </Button>
      </Stack>
    </SignInFrame>
  );
}
