import { mayReadAdministration } from '@sallyport/core';
import { IconBuildingCommunity, IconHome, IconListDetails, IconSettings, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation } from 'react-router';
import { managesCustomers, useMe } from '../../base/session/me.tsx';
import classes from './layout.module.css';

interface Entry {
  to: string;
  label: 'home' | 'users' | 'organizations' | 'audit';
  icon: typeof IconHome;
  end?: boolean;
}

const settingsPages = [
  { to: '/settings/global', label: 'globalSettings' },
  { to: '/settings/sso', label: 'singleSignOn' },
  { to: '/settings/service-accounts', label: 'serviceAccounts' },
] as const;

/**
 * The main navigation: only what the role may see.
 *
 * @param onLeave called when a page was chosen, so that the drawer on a phone can close
 */
export function Navigation({ onLeave }: { onLeave?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { pathname } = useLocation();
  const inSettings = pathname.startsWith('/settings');

  const entries: Entry[] = [{ to: '/', label: 'home', icon: IconHome, end: true }];
  if (mayReadAdministration(me)) entries.push({ to: '/users', label: 'users', icon: IconUsers });
  if (managesCustomers(me)) entries.push({ to: '/organizations', label: 'organizations', icon: IconBuildingCommunity });
  if (mayReadAdministration(me)) entries.push({ to: '/audit', label: 'audit', icon: IconListDetails });

  return (
    <ul className={classes.links}>
      {entries.map(({ to, label, icon: Icon, end = false }) => (
        <li key={to}>
          <NavLink to={to} end={end} className={classes.link ?? ''} onClick={() => onLeave?.()}>
            <Icon size={20} stroke={1.7} aria-hidden />
            {t(`frame.navigation.${label}`)}
          </NavLink>
        </li>
      ))}
      {mayReadAdministration(me) && (
        <li>
          <Link to="/settings" className={classes.link} data-open={inSettings || undefined}>
            <IconSettings size={20} stroke={1.7} aria-hidden />
            {t('frame.navigation.settings')}
          </Link>
          {inSettings && (
            <ul className={`${classes.links} ${classes.nested}`}>
              {settingsPages.map(({ to, label }) => (
                <li key={to}>
                  <NavLink to={to} className={classes.link ?? ''} onClick={() => onLeave?.()}>
                    {t(`frame.navigation.${label}`)}
                  </NavLink>
                </li>
              ))}
            </ul>
          )}
        </li>
      )}
    </ul>
  );
}
