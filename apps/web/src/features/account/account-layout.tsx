import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation } from 'react-router';
import classes from './account.module.css';

const tabs = [
  { to: '/account', label: 'profile' },
  { to: '/account/security', label: 'security' },
  { to: '/account/mfa', label: 'mfa' },
  { to: '/account/identities', label: 'identities' },
  { to: '/account/sessions', label: 'sessions' },
  { to: '/account/password', label: 'password' },
] as const;

/** The pages about oneself, one beside the other. */
export function Component() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const bar = useRef<HTMLElement>(null);

  // On a phone the row is wider than the screen.
  useEffect(() => {
    const current = [...(bar.current?.children ?? [])].find((tab) => tab.getAttribute('href') === pathname);
    current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);

  return (
    <>
      <nav ref={bar} aria-label={t('account.tabs.label')} className={classes.tabs}>
        {tabs.map(({ to, label }) => (
          <NavLink key={to} to={to} end className={classes.tab ?? ''}>
            {t(`account.tabs.${label}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
