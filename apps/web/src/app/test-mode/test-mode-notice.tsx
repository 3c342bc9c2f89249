import { Alert } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { addTexts } from '../../base/i18n.ts';
import { testMode } from './texts.ts';

addTexts({ testMode });

/** Stands above every page of a service in test mode. */
export default function TestModeNotice() {
  const { t } = useTranslation();
  return (
    <Alert
      role="complementary"
      color="grape"
      radius={0}
      py="xs"
      icon={<IconFlask aria-hidden />}
      title={t('testMode.title')}
      aria-label={t('testMode.title')}
    >
      {t('testMode.text')}
    </Alert>
  );
}
