import { Alert, Anchor } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { absoluteTime } from '../../ui/relative-time.ts';

const page = '/account/mfa';

/** Until when a second factor is to be set up, for whoever has none and has to have one. */
export function GraceNotice() {
  const { t, i18n } = useTranslation();
  const { askedBy, graceEndsAt, phishingResistant } = useMe().mfa.policy;
  const { pathname } = useLocation();
  if (graceEndsAt === undefined) return null;
  return (
    <Alert
      mb="lg"
      color="yellow"
      icon={<IconShieldLock aria-hidden />}
      title={t('mfa.required.title', { organization: askedBy ?? t('mfa.required.yourOrganization') })}
    >
      {t(phishingResistant ? 'mfa.required.gracePasskey' : 'mfa.required.grace', {
        when: absoluteTime(Date.parse(graceEndsAt), i18n.language),
      })}{' '}
      {pathname !== page && (
        <Anchor component={Link} to={page} fz="sm" fw={600} underline="always">
          {t('mfa.required.setUp')}
        </Anchor>
      )}
    </Alert>
  );
}
