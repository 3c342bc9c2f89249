import { Alert, Anchor } from '@mantine/core';
import { useSession } from '@sallyport/react';
import { IconUserCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { wasSignedIn } from '../../base/session/signed-in-hint.ts';

/** Offers to go on to whoever opens the sign-in page with a session; signing in as somebody else stays possible. */
export function AlreadySignedIn({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation();
  const [load] = useState(wasSignedIn);
  const session = useSession({ load });
  if (session.status !== 'signed_in') return null;
  return (
    <Alert color="gray" icon={<IconUserCheck aria-hidden />}>
      {t('signIn.signedInAs', { email: session.user.email })}{' '}
      <Anchor component={Link} to={returnTo} fz="sm" fw={600} underline="always">
        {t('signIn.goOn')}
      </Anchor>
    </Alert>
  );
}
