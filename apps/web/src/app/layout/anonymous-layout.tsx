import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { Brand } from '../../ui/brand.tsx';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import classes from './layout.module.css';
import { NavigationProgress } from './navigation-progress.tsx';
import { OfflineNotice } from './offline-notice.tsx';

/** One narrow column under the brand: everything that works without a session. */
export function AnonymousLayout({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <NavigationProgress />
      <OfflineNotice />
      <div className={classes.anonymous}>
        <header>
          <Link to="/" className={classes.brand} aria-label={t('app.homeLink')}>
            <Brand />
          </Link>
          <div className={classes.corner}>
            <ColorSchemeToggle />
          </div>
        </header>
        <main className={classes.anonymousMain}>{children ?? <Outlet />}</main>
      </div>
      <ScrollRestoration />
    </>
  );
}
