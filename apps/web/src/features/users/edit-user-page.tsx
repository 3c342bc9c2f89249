import { Anchor, Skeleton, Stack } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isProblem } from '../../base/api/problem.ts';
import { Facts } from '../../ui/facts.tsx';
import { NotFoundPage } from '../../ui/not-found-page.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { EditUserForm } from './edit-user-form.tsx';
import { InvitationPanel } from './invitation-panel.tsx';
import { userQuery } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(userQuery(id));
  const user = query.data?.user;

  if (isProblem(query.error, 'not_found') || (isProblem(query.error, 'invalid_request') && !user)) {
    return <NotFoundPage />;
  }
  return (
    <>
      <Anchor component={Link} to="/users" fz="sm" display="inline-block" mb="xs">
        <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('users.editPage.back')}
      </Anchor>
      <PageHeading>{user ? t('users.editPage.title', { name: user.name }) : t('users.editPage.loading')}</PageHeading>
      <QueryView query={query} skeleton={<Skeleton height={420} maw={640} radius="lg" />}>
        {(versioned) => (
          <Stack gap="md" maw={640}>
            <Panel>
              <Facts
                items={[
                  [t('users.editPage.facts.email'), versioned.user.email],
                  [t('users.editPage.facts.organization'), versioned.user.organization.name],
                  [t('users.editPage.facts.created'), <RelativeTime key="created" value={versioned.user.createdAt} />],
                  [
                    t('users.editPage.facts.lastSignIn'),
                    versioned.user.lastSignInAt ? (
                      <RelativeTime key="last" value={versioned.user.lastSignInAt} />
                    ) : (
                      t('users.never')
                    ),
                  ],
                ]}
              />
            </Panel>
            {versioned.user.status === 'invited' && <InvitationPanel user={versioned.user} />}
            <EditUserForm
              key={id}
              versioned={versioned}
              onReload={async () => {
                const { data } = await query.refetch({ throwOnError: true });
                return data;
              }}
            />
          </Stack>
        )}
      </QueryView>
    </>
  );
}
