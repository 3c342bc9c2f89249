import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RememberedDevice } from '../../base/api/types.ts';
import { announce } from '../../ui/announcer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Rows } from '../../ui/rows.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { DeviceRow } from './device-row.tsx';
import { devicesQuery, useForgetDevices } from './queries.ts';

/** The browsers that are not asked for the second step, and the way to end that; nothing where there is none. */
export function RememberedDevices() {
  const { t } = useTranslation();
  const devices = useQuery(devicesQuery);
  const forget = useForgetDevices();
  const problem = <ProblemAlert error={forget.error ?? devices.error} />;
  if (!devices.data?.length) return problem;

  const forgetting = (id: string | null) => forget.isPending && forget.variables === id;
  return (
    <>
      {problem}
      <Panel
        title={t('account.devices.title')}
        description={t('account.devices.description')}
        actions={
          <Button
            variant="default"
            loading={forgetting(null)}
            onClick={() => forget.mutate(null, { onSuccess: () => announce(t('account.devices.allForgotten')) })}
          >
            {t('account.devices.forgetAll')}
          </Button>
        }
      >
        <Rows>
          {devices.data.map((device) => (
            <RememberedRow
              key={device.id}
              device={device}
              forgetting={forgetting(device.id)}
              onForget={() => forget.mutate(device.id, { onSuccess: () => announce(t('account.devices.forgotten')) })}
            />
          ))}
        </Rows>
      </Panel>
    </>
  );
}

interface RememberedRowProps {
  device: RememberedDevice;
  forgetting: boolean;
  onForget: () => void;
}

function RememberedRow({ device, forgetting, onForget }: RememberedRowProps) {
  const { t } = useTranslation();
  return (
    <DeviceRow
      device={device}
      action={(nameId) => (
        <Button variant="default" size="xs" loading={forgetting} onClick={onForget} aria-describedby={nameId}>
          {t('account.devices.forget')}
        </Button>
      )}
    >
      <Text fz="sm" c="dimmed">
        {t('account.devices.since')} <RelativeTime value={device.createdAt} /> ·{' '}
        {device.lastUsedAt === null ? (
          t('account.devices.unused')
        ) : (
          <>
            {t('account.devices.used')} <RelativeTime value={device.lastUsedAt} />
          </>
        )}
      </Text>
      <Text fz="sm" c="dimmed">
        {t('account.devices.ends')} <RelativeTime value={device.expiresAt} />
      </Text>
    </DeviceRow>
  );
}
