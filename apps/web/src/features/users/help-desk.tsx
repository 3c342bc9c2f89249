import { Anchor, Badge, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { User, UserSecurity } from '../../base/api/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { factorFacts } from '../mfa/index.ts';
import { userSecurityQuery } from './queries.ts';

/** Why a user cannot sign in, and what it has left: for whoever is asked for help. Nothing here opens anything. */
export function HelpDesk({ user }: { user: User }) {
  const { t } = useTranslation();
  const security = useQuery(userSecurityQuery(user.id));
  return (
    <Panel title={t('users.helpDesk.title')} description={t('users.helpDesk.text')}>
      <QueryView query={security} skeleton={<Skeleton height={180} radius="md" />}>
        {(found) => <SecurityFacts security={found} />}
      </QueryView>
      <Anchor component={Link} to={`/audit?user=${user.id}`} fz="sm">
        {t('users.helpDesk.events')}
      </Anchor>
    </Panel>
  );
}

function SecurityFacts({ security }: { security: UserSecurity }) {
  const { t } = useTranslation();
  const { attempts, lastSeenAt, liveSessions, mfa, mustEnroll, policy, rememberedDevices } = security;
  const { askedBy, graceEndsAt, phishingResistant, required } = policy;
  const items: [string, ReactNode][] = [
    [t('users.columns.mfa'), mfa ? <Since key="since" value={mfa.enrolledAt} /> : t('users.mfaState.off')],
    ...(mfa ? factorFacts(t, mfa) : []),
  ];
  items.push([
    t('users.helpDesk.policy'),
    required ? (
      <>
        {t(phishingResistant ? 'users.helpDesk.passkeyBy' : 'users.helpDesk.requiredBy', { name: askedBy ?? '' })}
        {mustEnroll && ` · ${t('users.helpDesk.mustEnroll')}`}
        {graceEndsAt && (
          <>
            {' · '}
            {t('users.helpDesk.until')} <RelativeTime value={graceEndsAt} />
          </>
        )}
      </>
    ) : (
      t('users.helpDesk.notRequired')
    ),
  ]);
  items.push(
    [t('users.helpDesk.passwords'), <Failed key="passwords" {...attempts.password} />],
    [t('users.helpDesk.codes'), <Failed key="codes" {...attempts.secondFactor} />],
    [t('users.helpDesk.passkeys'), <Failed key="passkeys" {...attempts.passkey} />],
    [t('users.helpDesk.inside'), <Failed key="inside" {...attempts.reauthentication} />],
    [
      t('users.helpDesk.sessions'),
      liveSessions === 0 ? (
        t('users.helpDesk.nowhere')
      ) : (
        <>
          {t('users.helpDesk.devices', { count: liveSessions })} · {t('account.sessions.lastSeen')}{' '}
          <RelativeTime value={lastSeenAt} />
        </>
      ),
    ],
    [t('account.devices.title'), String(rememberedDevices)],
  );
  return <Facts items={items} />;
}

function Since({ value }: { value: string }) {
  const { t } = useTranslation();
  return (
    <>
      {t('users.mfaState.on')} · {t('users.helpDesk.since')} <RelativeTime value={value} />
    </>
  );
}

/** How much failed today, and until when nothing more is judged. */
function Failed({ blockedUntil, failures }: UserSecurity['attempts']['password']) {
  const { t } = useTranslation();
  return (
    <Group gap="xs" component="span">
      <span>{failures}</span>
      {blockedUntil !== null && (
        <Badge color="red" variant="light" component="span">
          {t('users.helpDesk.locked')} <RelativeTime value={blockedUntil} />
        </Badge>
      )}
    </Group>
  );
}
