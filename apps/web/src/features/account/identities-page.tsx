import { Button, Group, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuilding, IconLink, IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.ts';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './account.module.css';
import { LinkDialog } from './link-dialog.tsx';
import { LinkOutcome } from './link-outcome.tsx';
import { type Identity, identitiesQuery, type Linkable } from './queries.ts';
import { UnlinkDialog } from './unlink-dialog.tsx';

/** The accounts at identity providers that the user signs in with, and those that could be linked. */
export function Component() {
  const { t } = useTranslation();
  const identities = useQuery(identitiesQuery);

  return (
    <>
      <PageHeading description={t('account.identities.description')}>{t('account.identities.title')}</PageHeading>
      <Stack gap="md" maw={760}>
        <LinkOutcome />
        <QueryView query={identities} skeleton={<Skeleton height={140} radius="lg" />}>
          {({ items, linkable }) => (
            <>
              <Panel>
                {items.length === 0 ? (
                  <NoIdentity linkable={linkable.length > 0} />
                ) : (
                  <ul className={classes.list}>
                    {items.map((identity) => (
                      <IdentityRow key={identity.id} identity={identity} />
                    ))}
                  </ul>
                )}
              </Panel>
              {linkable.length > 0 && (
                <Panel title={t('account.identities.linkTitle')} description={t('account.identities.linkText')}>
                  <Group gap="xs">
                    {linkable.map((connection) => (
                      <LinkButton key={connection.id} connection={connection} />
                    ))}
                  </Group>
                </Panel>
              )}
            </>
          )}
        </QueryView>
      </Stack>
    </>
  );
}

function NoIdentity({ linkable }: { linkable: boolean }) {
  const { t } = useTranslation();
  const { hasPassword } = useMe();
  const text = hasPassword ? (linkable ? 'noneLinkable' : 'noneText') : 'noneSso';
  return <NothingHere icon={IconLinkOff} title={t('account.identities.none')} text={t(`account.identities.${text}`)} />;
}

function LinkButton({ connection }: { connection: Linkable }) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconLink size={18} aria-hidden />} onClick={dialog.open}>
        {t('account.identities.link', { name: connection.name })}
      </Button>
      <LinkDialog connection={connection} opened={opened} onClose={dialog.close} />
    </>
  );
}

function IdentityRow({ identity }: { identity: Identity }) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const { connection, email, subject, linkedAt, lastSignInAt, removable } = identity;
  return (
    <li className={classes.session}>
      <ThemeIcon variant="light" color="gray" size={40} radius="md">
        <IconBuilding size={22} aria-hidden />
      </ThemeIcon>
      <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
        <Text fw={600}>{connection.name}</Text>
        <Text fz="sm">{email ?? subject}</Text>
        <Text fz="sm" c="dimmed">
          {t('account.identities.linkedAt')} <RelativeTime value={linkedAt} /> ·{' '}
          {lastSignInAt ? (
            <>
              {t('account.identities.lastSignIn')} <RelativeTime value={lastSignInAt} />
            </>
          ) : (
            t('account.identities.never')
          )}
        </Text>
        {!removable && (
          <Text fz="sm" c="dimmed">
            {t('account.identities.last')}
          </Text>
        )}
      </Stack>
      {removable && (
        <Button
          variant="default"
          size="xs"
          aria-label={t('account.identities.unlinkNamed', { name: connection.name })}
          onClick={dialog.open}
        >
          {t('account.identities.unlink')}
        </Button>
      )}
      <UnlinkDialog identity={identity} opened={opened} onClose={dialog.close} />
    </li>
  );
}
