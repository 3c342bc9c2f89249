import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, ScrollRestoration } from 'react-router';
import { Brand } from '../../ui/brand.tsx';
import classes from './layout.module.css';
import { NavigationProgress } from './navigation-progress.tsx';
import { OfflineNotice } from './offline-notice.tsx';

/** It brings a menu, which the first paint does without: its corner has its size already. */
const ColorSchemeToggle = lazy(() => import('./color-scheme-toggle.tsx'));

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
            <Suspense>
              <ColorSchemeToggle />
            </Suspense>
          </div>
        </header>
        <main className={classes.anonymousMain}>{children ?? <Outlet />}</main>
      </div>
      <ScrollRestoration />
    </>
  );
}
