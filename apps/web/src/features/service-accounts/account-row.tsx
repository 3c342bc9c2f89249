import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/facts.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import type { ServiceAccount } from './queries.ts';

const colors = { active: 'green', expired: 'gray', stopped: 'yellow' } as const;

interface AccountRowProps {
  account: ServiceAccount;
  /** Null for those who may only look. */
  onRevoke: (() => void) | null;
}

/** One service account, with what its key is good for, and why it is refused where it is. */
export function AccountRow({ account, onRevoke }: AccountRowProps) {
  const { t } = useTranslation();
  const nameId = useId();
  const { name, role, access, state, maker, lastUsedAt, expiresAt } = account;
  return (
    <li aria-labelledby={nameId}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Group gap="xs" flex="1 1 12rem" miw={0}>
            <Text fw={600} id={nameId} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            <Badge variant="light" color={colors[state]}>
              {t(`serviceAccounts.state.${state}`)}
            </Badge>
          </Group>
          {onRevoke && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={t('serviceAccounts.revokeNamed', { name })}
              onClick={onRevoke}
            >
              {t('serviceAccounts.revoke')}
            </Button>
          )}
        </Group>
        {state !== 'active' && <Text fz="sm">{t(`serviceAccounts.stateText.${state}`, { maker: maker.email })}</Text>}
        <Facts
          items={[
            [t('words.field.role'), t(`words.role.${role}`)],
            [t('words.field.access'), t(`words.access.${access}`)],
            [t('serviceAccounts.lastUse'), <RelativeTime key="used" value={lastUsedAt} />],
            [t('serviceAccounts.expires'), <RelativeTime key="end" value={expiresAt} />],
            [t('serviceAccounts.maker'), maker.email],
          ]}
        />
      </Stack>
    </li>
  );
}
