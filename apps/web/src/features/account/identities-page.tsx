import { Button, Group, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBuilding, IconLink, IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { NothingHere } from '../../ui/nothing-here.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { Rows } from '../../ui/rows.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './account.module.css';
import { LinkDialog } from './link-dialog.tsx';
import { LinkOutcome } from './link-outcome.tsx';
import { type Identity, identitiesQuery, type Linkable, useUnlinkIdentity } from './queries.ts';

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
                  <Rows>
                    {items.map((identity) => (
                      <IdentityRow key={identity.id} identity={identity} />
                    ))}
                  </Rows>
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
  const { id, connection, email, subject, linkedAt, lastSignInAt, removable } = identity;
  const { name } = connection;
  const unlink = useUnlinkIdentity();
  return (
    <li className={classes.session}>
      <ThemeIcon variant="light" color="gray" size={40} radius="md">
        <IconBuilding size={22} aria-hidden />
      </ThemeIcon>
      <Stack gap={2} style={{ overflowWrap: 'anywhere' }}>
        <Text fw={600}>{name}</Text>
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
          aria-label={t('account.identities.unlinkNamed', { name })}
          onClick={dialog.open}
        >
          {t('account.identities.unlink')}
        </Button>
      )}
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('account.identities.unlinkTitle', { name })}
        text={t('account.identities.unlinkText')}
        confirm={t('account.identities.unlink')}
        mutation={unlink}
        onConfirm={() =>
          unlink.mutate(id, {
            onSuccess: () => {
              announce(t('account.identities.unlinked', { name }));
              dialog.close();
            },
          })
        }
      />
    </li>
  );
}
