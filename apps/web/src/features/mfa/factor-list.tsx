import { Button, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Factor, MfaState } from '../../base/api/types.ts';
import { Panel } from '../../ui/panel.tsx';
import { Rows } from '../../ui/rows.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { AddPasskey } from './add-passkey.tsx';
import classes from './mfa.module.css';
import { ProofDialog } from './proof-dialog.tsx';
import { useRemoveFactor } from './queries.ts';
import { RenameDialog } from './rename-dialog.tsx';

interface FactorListProps {
  state: MfaState;
  onAddApp: () => void;
  onChangePhone: () => void;
  /** Called when the last factor is gone, and MFA off. */
  onDisabled: () => void;
}

/** The second factors, each with what can be done with it, and what can be added. */
export function FactorList({ state: { factors }, onAddApp, onChangePhone, onDisabled }: FactorListProps) {
  const { t } = useTranslation();
  const hasApp = factors.some(({ kind }) => kind === 'totp');
  return (
    <Panel title={t('mfa.factors.title')} description={t('mfa.factors.text')}>
      <Rows>
        {factors.map((factor) => (
          <FactorRow
            key={factor.id}
            factor={factor}
            onChangePhone={onChangePhone}
            onLast={factors.length === 1 ? onDisabled : null}
          />
        ))}
      </Rows>
      <Group gap="xs">
        <AddPasskey variant="default" />
        {!hasApp && (
          <Button variant="default" leftSection={<IconDeviceMobile size={18} aria-hidden />} onClick={onAddApp}>
            {t('mfa.factors.addApp')}
          </Button>
        )}
      </Group>
    </Panel>
  );
}

interface FactorRowProps {
  factor: Factor;
  onChangePhone: () => void;
  onLast: (() => void) | null;
}

function FactorRow({ factor, onChangePhone, onLast }: FactorRowProps) {
  const { t } = useTranslation();
  const nameId = useId();
  const [removing, remove] = useDisclosure(false);
  const [renaming, rename] = useDisclosure(false);
  const isApp = factor.kind === 'totp';
  const name = isApp ? t('mfa.factors.app') : factor.name;
  const Icon = isApp ? IconDeviceMobile : IconFingerprint;

  return (
    <li className={classes.factor}>
      <ThemeIcon variant="light" color="gray" size={40} radius="md">
        <Icon size={22} aria-hidden />
      </ThemeIcon>
      <Stack gap={2} miw={0}>
        <Text fw={600} id={nameId} className={classes.factorName ?? ''}>
          {name}
        </Text>
        <Text fz="sm" c="dimmed">
          {t('mfa.factors.added')} <RelativeTime value={factor.createdAt} /> · {t('mfa.factors.lastUsed')}{' '}
          <RelativeTime value={factor.lastUsedAt} />
        </Text>
        {typeof factor.discoverable === 'boolean' && (
          <Text fz="sm" c="dimmed">
            {t(factor.discoverable ? 'mfa.factors.alone' : 'mfa.factors.notAlone')}
          </Text>
        )}
      </Stack>
      <Group gap="xs" className={classes.factorActions ?? ''}>
        <Button size="xs" variant="default" aria-describedby={nameId} onClick={isApp ? onChangePhone : rename.open}>
          {t(isApp ? 'mfa.phone.change' : 'mfa.factors.rename')}
        </Button>
        <Button size="xs" variant="default" aria-describedby={nameId} onClick={remove.open}>
          {t('mfa.factors.remove')}
        </Button>
      </Group>
      {!isApp && <RenameDialog passkey={factor} opened={renaming} onClose={rename.close} />}
      <ProofDialog
        opened={removing}
        onClose={remove.close}
        title={t('mfa.factors.removeTitle', { name })}
        text={t(onLast ? 'mfa.factors.removeLastText' : 'mfa.factors.removeText')}
        kind="any"
        dangerous
        mutation={useRemoveFactor(factor, onLast)}
      />
    </li>
  );
}
