import { Alert, Anchor } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from '../../base/session/me.ts';
import { wasSignedIn } from '../../base/session/signed-in-hint.ts';

/** Offers to go on to whoever opens the sign-in page with a session; signing in as somebody else stays possible. */
export function AlreadySignedIn({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation();
  const [enabled] = useState(wasSignedIn);
  const { data: me, isError } = useQuery({ ...meQuery, enabled, retry: false });
  if (!me || isError) return null;
  return (
    <Alert color="gray" icon={<IconUserCheck aria-hidden />}>
      {t('signIn.signedInAs', { email: me.email })}{' '}
      <Anchor component={Link} to={returnTo} fz="sm" fw={600} underline="always">
        {t('signIn.goOn')}
      </Anchor>
    </Alert>
  );
}
