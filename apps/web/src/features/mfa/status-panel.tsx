import { Alert, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { BACKUP_CODE_COUNT, BACKUP_CODES_LOW } from '@sallyport/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MfaState } from '../../base/api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { BackupCodeTest } from './backup-code-test.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { useDisableMfa, useRegenerateBackupCodes } from './queries.ts';

/** MFA is on: since when, how many codes are left, and what can be done about it. */
export function StatusPanel({ state, onDisabled }: { state: MfaState; onDisabled: () => void }) {
  const { t } = useTranslation();
  const [regenerateOpen, regenerate] = useDisclosure(false);
  const [disableOpen, disable] = useDisclosure(false);
  const [testOpen, test] = useDisclosure(false);
  const remaining = state.backupCodesRemaining ?? 0;

  return (
    <Panel
      title={
        <Group gap="xs" component="span" wrap="nowrap">
          <IconShieldCheck size={22} color="var(--mantine-color-green-text)" aria-hidden />
          {t('mfa.on.title')}
        </Group>
      }
    >
      {remaining <= BACKUP_CODES_LOW && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle aria-hidden />}
          title={t('mfa.on.fewTitle', { count: remaining })}
        >
          {t('mfa.on.fewText')}
        </Alert>
      )}
      <Facts
        items={[
          [t('mfa.on.since'), <RelativeTime key="since" value={state.enrolledAt} />],
          [t('mfa.on.codesLeft'), t('mfa.on.codesLeftValue', { count: remaining, total: BACKUP_CODE_COUNT })],
        ]}
      />
      <Group gap="xs">
        {remaining > 0 && (
          <Button variant="default" onClick={test.open}>
            {t('mfa.testCode.button')}
          </Button>
        )}
        <Button variant="default" onClick={regenerate.open}>
          {t('mfa.on.regenerate')}
        </Button>
        <Button variant="outline" color="red" onClick={disable.open}>
          {t('mfa.on.disable')}
        </Button>
      </Group>
      <BackupCodeTest opened={testOpen} onClose={test.close} />
      <ProofDialog
        opened={regenerateOpen}
        onClose={regenerate.close}
        title={t('mfa.regenerate.title')}
        text={t('mfa.regenerate.text')}
        kind={state.factors.some(({ kind }) => kind === 'totp') ? 'totp' : 'any'}
        mutation={useRegenerateBackupCodes()}
      />
      <ProofDialog
        opened={disableOpen}
        onClose={disable.close}
        title={t('mfa.disable.title')}
        text={t('mfa.disable.text')}
        kind="any"
        dangerous
        mutation={useDisableMfa(onDisabled)}
      />
    </Panel>
  );
}
