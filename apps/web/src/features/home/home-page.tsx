import { Alert, Button, Group, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { BACKUP_CODE_COUNT, BACKUP_CODES_LOW, mayReadAdministration } from '@sallyport/core';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { mfaQuery } from '../../base/session/mfa.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { sessionsQuery } from '../account/index.ts';
import { AppCheck } from '../mfa/index.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const mfa = useQuery(mfaQuery);
  const sessions = useQuery(sessionsQuery);
  // Where it is required, every page says so already.
  const offered = !me.mfa.enabled && me.mfa.canEnroll && me.mfa.policy.graceEndsAt === undefined;

  return (
    <>
      <PageHeading>{t('home.title', { name: me.name })}</PageHeading>
      <AppCheck mb="md" />
      {offered && (
        <Alert mb="md" color="yellow" icon={<IconShieldExclamation aria-hidden />} title={t('home.mfaOff')}>
          <Text fz="sm" mb="sm">
            {t('home.mfaOffText')}
          </Text>
          <Button component={Link} to="/account/mfa" size="sm">
            {t('home.setUp')}
          </Button>
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <Panel title={t('home.account')}>
          <Facts
            items={[
              [t('words.field.email'), me.email],
              [t('words.field.organization'), me.organization.name],
              [t('words.field.role'), t(`words.role.${me.role}`)],
              [t('words.field.access'), t(`words.access.${me.access}`)],
            ]}
          />
        </Panel>
        {!offered && (
          <Panel title={t(me.mfa.enabled ? 'home.mfaOn' : 'home.mfaOff')}>
            {me.mfa.enabled ? (
              <QueryView query={mfa} skeleton={<Skeleton height={20} width="60%" />}>
                {({ backupCodesRemaining = 0 }) => (
                  <Group
                    gap="xs"
                    wrap="nowrap"
                    c={backupCodesRemaining <= BACKUP_CODES_LOW ? 'var(--mantine-color-error)' : 'inherit'}
                  >
                    <IconShieldCheck size={20} aria-hidden />
                    <Text fz="sm">
                      {t('home.codesLeft', { count: backupCodesRemaining, total: BACKUP_CODE_COUNT })}
                    </Text>
                  </Group>
                )}
              </QueryView>
            ) : (
              <Text fz="sm">{t('home.mfaSso')}</Text>
            )}
            {me.mfa.enabled && <MoreLink to="/account/mfa">{t('home.manage')}</MoreLink>}
          </Panel>
        )}
        <Panel title={t('home.devicesTitle')}>
          <QueryView query={sessions} skeleton={<Skeleton height={20} width="70%" />}>
            {(items) => <Text fz="sm">{t('home.devices', { count: items.length })}</Text>}
          </QueryView>
          <MoreLink to="/account/sessions">{t('home.seeDevices')}</MoreLink>
        </Panel>
        {mayReadAdministration(me) && (
          <Panel title={t('home.people')}>
            <Text fz="sm">{t('home.peopleText')}</Text>
            <MoreLink to="/users">{t('home.toPeople')}</MoreLink>
          </Panel>
        )}
      </SimpleGrid>
    </>
  );
}

function MoreLink({ to, children }: { to: string; children: string }) {
  return (
    <div>
      <Button component={Link} to={to} variant="default" size="sm">
        {children}
      </Button>
    </div>
  );
}
