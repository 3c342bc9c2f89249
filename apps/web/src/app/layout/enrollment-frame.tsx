import { Button, Group, Skeleton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand } from '../../ui/brand.tsx';
import ColorSchemeToggle from './color-scheme-toggle.tsx';
import classes from './layout.module.css';
import { OfflineNotice } from './offline-notice.tsx';
import { useSignOut } from './use-sign-out.ts';

const RequiredEnrollment = lazy(() => import('../../features/mfa/required-enrollment.tsx'));

/** In place of every page while nothing is open before a second factor is set up: that, and the way out. */
export function EnrollmentFrame({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <>
      <header className={classes.bar}>
        <Brand />
        <Group gap="xs" ml="auto" wrap="nowrap">
          <ColorSchemeToggle />
          <Button variant="default" leftSection={<IconLogout size={18} aria-hidden />} onClick={signOut}>
            {t('frame.accountMenu.signOut')}
          </Button>
        </Group>
      </header>
      <OfflineNotice />
      <main id="main" tabIndex={-1} className={classes.main}>
        <Suspense fallback={<Skeleton height={240} radius="lg" />}>
          <RequiredEnrollment onDone={onDone} />
        </Suspense>
      </main>
    </>
  );
}
