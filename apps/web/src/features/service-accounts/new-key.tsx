import { Alert, Button, Checkbox, Code, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../ui/copy-field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useAskBeforeUnload } from '../../ui/use-ask-before-unload.ts';
import type { CreatedServiceAccount } from './queries.ts';

/** The key that was just made, shown once, until the person says that it is kept. Leaving the site asks first. */
export function NewKey({ account, onDone }: { account: CreatedServiceAccount; onDone: () => void }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), []);
  useAskBeforeUnload(true);

  return (
    <Panel>
      <Title order={2} ref={heading} tabIndex={-1} style={{ overflowWrap: 'anywhere' }}>
        {t('serviceAccounts.key.title', { name: account.name })}
      </Title>
      <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />} title={t('serviceAccounts.key.shownOnce')}>
        {t('serviceAccounts.key.text')}
      </Alert>
      <CopyField label={t('serviceAccounts.key.label')} value={account.key} />
      <div>
        <Text fz="sm" c="dimmed">
          {t('serviceAccounts.key.use')}
        </Text>
        <Code>Authorization: Bearer sallyport_sa_…</Code>
      </div>
      <Group justify="space-between">
        <Checkbox
          label={t('serviceAccounts.key.saved')}
          checked={saved}
          onChange={(event) => setSaved(event.currentTarget.checked)}
        />
        <Button disabled={!saved} onClick={onDone}>
          {t('serviceAccounts.key.done')}
        </Button>
      </Group>
    </Panel>
  );
}
