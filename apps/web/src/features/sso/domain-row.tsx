import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyField } from '../../ui/copy-field.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import type { Domain } from './queries.ts';
import classes from './sso.module.css';

interface DomainRowProps {
  domain: Domain;
  writable: boolean;
  verifying: boolean;
  /** Why the last look at the DNS did not verify it. */
  error: Error | null;
  onVerify: () => void;
  onRemove: () => void;
}

/** One domain; while it is not verified, with the DNS record to add. */
export function DomainRow({ domain, writable, verifying, error, onVerify, onRemove }: DomainRowProps) {
  const { t } = useTranslation();
  const { name, verifiedAt, missingSince, record } = domain;
  return (
    <li>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Group gap="xs" className={classes.name}>
            <Text fw={600}>{name}</Text>
            <Badge variant="light" color={verifiedAt ? 'green' : 'yellow'}>
              {t(verifiedAt ? 'sso.domains.verified' : 'sso.domains.unverified')}
            </Badge>
            {verifiedAt && (
              <Text fz="sm" c="dimmed">
                <RelativeTime value={verifiedAt} />
              </Text>
            )}
          </Group>
          {writable && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={t('sso.domains.removeNamed', { domain: name })}
              onClick={onRemove}
            >
              {t('sso.domains.remove')}
            </Button>
          )}
        </Group>
        {(!verifiedAt || missingSince) && (
          <>
            {missingSince ? (
              <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
                {t('sso.domains.missing', { domain: name })}
              </Alert>
            ) : (
              <Text fz="sm">{t('sso.domains.record', { domain: name })}</Text>
            )}
            <Text fz="sm" c="dimmed">
              {t('sso.domains.type')}
            </Text>
            <CopyField label={t('sso.domains.host')} value={record.name} />
            <CopyField label={t('sso.domains.value')} value={record.value} />
            <ProblemAlert error={error} />
            {writable && !verifiedAt && (
              <div>
                <Button
                  size="sm"
                  variant="default"
                  loading={verifying}
                  aria-label={t('sso.domains.verifyNamed', { domain: name })}
                  onClick={onVerify}
                >
                  {t('sso.domains.verify')}
                </Button>
              </div>
            )}
          </>
        )}
      </Stack>
    </li>
  );
}
