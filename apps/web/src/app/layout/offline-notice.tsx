import { Alert } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Says that the device is offline for as long as it is. */
export function OfflineNotice() {
  const { online } = useNetwork();
  const { t } = useTranslation();
  if (online) return null;
  return (
    <Alert color="yellow" radius={0} icon={<IconWifiOff aria-hidden />} title={t('app.offline.title')} role="status">
      {t('app.offline.text')}
    </Alert>
  );
}
