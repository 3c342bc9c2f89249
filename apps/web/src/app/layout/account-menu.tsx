import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconDevices, IconKey, IconLogout, IconShield, IconShieldLock, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { useSignOut } from './use-sign-out.ts';

/** The avatar and what belongs to the signed-in user. The words are the manual's. */
export function AccountMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const signOut = useSignOut();

  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={t('frame.accountMenu.label')} style={{ borderRadius: '50%' }}>
          <Avatar name={me.name} color="pine" size={38} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account" data-autofocus leftSection={<IconUser size={18} aria-hidden />}>
          <Text fw={600} fz="sm" truncate>
            {me.name}
          </Text>
          <Text fz="xs" c="dimmed" truncate>
            {me.email}
          </Text>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account/security" leftSection={<IconShield size={18} aria-hidden />}>
          {t('frame.accountMenu.security')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account/mfa" leftSection={<IconShieldLock size={18} aria-hidden />}>
          {t('frame.accountMenu.mfa')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account/sessions" leftSection={<IconDevices size={18} aria-hidden />}>
          {t('frame.accountMenu.sessions')}
        </Menu.Item>
        <Menu.Item component={Link} to="/account/password" leftSection={<IconKey size={18} aria-hidden />}>
          {t('frame.accountMenu.password')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={signOut} leftSection={<IconLogout size={18} aria-hidden />}>
          {t('frame.accountMenu.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
