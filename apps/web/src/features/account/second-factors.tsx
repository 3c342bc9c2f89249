import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { mfaQuery } from '../../base/session/mfa.ts';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { factorFacts } from '../mfa/index.ts';

/** Whether two-factor authentication is on, with what, and when each was last used; what can be changed is elsewhere. */
export function SecondFactors() {
  const { t } = useTranslation();
  const state = useQuery(mfaQuery);
  return (
    <Panel
      title={t('account.security.factors')}
      actions={
        <Button component={Link} to="/account/mfa" variant="default">
          {t('mfa.title')}
        </Button>
      }
    >
      <QueryView query={state} skeleton={<Skeleton height={96} radius="md" />}>
        {(mfa) => {
          const { enabled, enrolledAt, policy, reason } = mfa;
          const items: [string, ReactNode][] = enabled
            ? [[t('mfa.on.since'), <RelativeTime key="since" value={enrolledAt} />], ...factorFacts(t, mfa)]
            : [
                [
                  t('words.field.status'),
                  t(reason === 'mfa_requires_local_password' ? 'account.security.offSso' : 'account.security.off'),
                ],
              ];
          if (policy.askedBy) items.push([t('account.security.askedBy'), policy.askedBy]);
          return <Facts items={items} />;
        }}
      </QueryView>
    </Panel>
  );
}
