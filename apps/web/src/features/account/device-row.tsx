import { Badge, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconDeviceTablet, IconTerminal2 } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './account.module.css';
import { describeDevice } from './device.ts';

const icons = {
  computer: IconDeviceDesktop,
  phone: IconDeviceMobile,
  tablet: IconDeviceTablet,
  program: IconTerminal2,
};

interface DeviceRowProps {
  device: { userAgent: string; current: boolean };
  /** @param nameId of the element with the name of the device, which describes the button */
  action: (nameId: string) => ReactNode;
  children: ReactNode;
}

/** An entry of a list of devices: what it is, by its user agent, and whether it is this one. */
export function DeviceRow({ device, action, children }: DeviceRowProps) {
  const { t } = useTranslation();
  const nameId = useId();
  const { browser, system, kind } = describeDevice(device.userAgent);
  const Icon = icons[kind];
  const name =
    browser && system
      ? t('account.sessions.browserOn', { browser, system })
      : (browser ?? system ?? t('account.sessions.unknownDevice'));

  return (
    <li className={classes.session}>
      <ThemeIcon variant="light" color="gray" size={40} radius="md">
        <Icon size={22} aria-hidden />
      </ThemeIcon>
      <Stack gap={2}>
        <Group gap="xs">
          <Text fw={600} id={nameId}>
            {name}
          </Text>
          {device.current && <Badge variant="light">{t('account.sessions.current')}</Badge>}
        </Group>
        {children}
      </Stack>
      {action(nameId)}
    </li>
  );
}
