import { ActionIcon, Drawer, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMenu2 } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { addTexts } from '../../base/i18n.ts';
import { SignedIn, useMe } from '../../base/session/me.tsx';
import { GraceNotice } from '../../features/mfa/index.ts';
import { StepUp } from '../../features/step-up/index.ts';
import { Brand } from '../../ui/brand.tsx';
import { signedIn } from '../signed-in-texts.ts';
import { AccountMenu } from './account-menu.tsx';
import ColorSchemeToggle from './color-scheme-toggle.tsx';
import { EnrollmentFrame } from './enrollment-frame.tsx';
import classes from './layout.module.css';
import { Navigation } from './navigation.tsx';
import { NavigationProgress } from './navigation-progress.tsx';
import { OfflineNotice } from './offline-notice.tsx';

addTexts(signedIn);

export function Component() {
  return (
    <SignedIn>
      <NavigationProgress />
      <Frame />
      <ScrollRestoration />
    </SignedIn>
  );
}

/** The pages, or what has to be done before any of them opens. */
function Frame() {
  const { mustEnroll } = useMe().mfa;
  // Goes on until the backup codes, too, are saved.
  const [held, setHeld] = useState(mustEnroll);
  if (mustEnroll && !held) setHeld(true);
  const letGo = useCallback(() => setHeld(false), []);
  return held ? <EnrollmentFrame onDone={letGo} /> : <Pages />;
}

/** Top bar, navigation and the page; the navigation becomes a drawer on narrow screens. */
function Pages() {
  const { t } = useTranslation();
  const [drawerOpen, drawer] = useDisclosure(false);
  return (
    <>
      <a href="#main" className={classes.skip}>
        {t('app.skipToContent')}
      </a>
      <StepUp />
      <header className={classes.bar}>
        <ActionIcon
          className={classes.burger ?? ''}
          variant="subtle"
          color="gray"
          size={40}
          onClick={drawer.open}
          aria-label={t('frame.navigation.open')}
        >
          <IconMenu2 size={22} aria-hidden />
        </ActionIcon>
        <Link to="/" className={classes.brand} aria-label={t('app.homeLink')}>
          <Brand />
        </Link>
        <Group gap="xs" ml="auto" wrap="nowrap">
          <ColorSchemeToggle />
          <AccountMenu />
        </Group>
      </header>
      <OfflineNotice />
      <Drawer
        opened={drawerOpen}
        onClose={drawer.close}
        size={280}
        title={<Brand />}
        closeButtonProps={{ 'aria-label': t('frame.navigation.close') }}
        hiddenFrom="md"
      >
        <nav aria-label={t('frame.navigation.label')}>
          <Navigation onLeave={drawer.close} />
        </nav>
      </Drawer>
      <div className={classes.body}>
        <nav className={classes.side} aria-label={t('frame.navigation.label')}>
          <Navigation />
        </nav>
        <main id="main" tabIndex={-1} className={classes.main}>
          <GraceNotice />
          <Outlet />
        </main>
      </div>
    </>
  );
}
