import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ShownOnce } from '../../ui/shown-once.tsx';
import type { CreatedServiceAccount } from './queries.ts';

/** The key that was just made. */
export function NewKey({ account, onDone }: { account: CreatedServiceAccount; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <ShownOnce
      title={t('serviceAccounts.key.title', { name: account.name })}
      warning={t('serviceAccounts.key.shownOnce')}
      text={t('serviceAccounts.key.text')}
      label={t('serviceAccounts.key.label')}
      value={account.key}
      saved={t('serviceAccounts.key.saved')}
      done={t('serviceAccounts.key.done')}
      onDone={onDone}
    >
      <div>
        <Text fz="sm" c="dimmed">
          {t('serviceAccounts.key.use')}
        </Text>
        <Code>Authorization: Bearer sallyport_sa_…</Code>
      </div>
    </ShownOnce>
  );
}
