import { Skeleton, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { mayEdit } from '@sallyport/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { Facts } from '../../ui/facts.tsx';
import { NotFoundPage } from '../../ui/message-page.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { PersonalDataPanel } from '../personal-data/index.ts';
import { EditUserForm } from './edit-user-form.tsx';
import { EraseUser } from './erase-user.tsx';
import { HelpDesk } from './help-desk.tsx';
import { InvitationPanel } from './invitation-panel.tsx';
import { useVersionedUser } from './queries.ts';
import { ReenrollmentPass } from './reenrollment-pass.tsx';
import { SsoOnlyPanel } from './sso-only-panel.tsx';
import { WaitingReset } from './waiting-reset.tsx';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const { id = '' } = useParams();
  const [settled, setSettled] = useState(0);
  const { query, reload } = useVersionedUser(id);
  const user = query.data?.value;

  if (isProblem(query.error, 'not_found') || (isProblem(query.error, 'invalid_request') && !user)) {
    return <NotFoundPage />;
  }
  return (
    <>
      <BackLink to="/users">{t('users.editPage.back')}</BackLink>
      <PageHeading>{user ? t('users.editPage.title', { name: user.name }) : t('users.editPage.loading')}</PageHeading>
      <QueryView query={query} skeleton={<Skeleton height={420} maw={640} radius="lg" />}>
        {(versioned) => (
          <Stack gap="md" maw={640}>
            <Panel>
              <Facts
                items={[
                  [t('words.field.email'), versioned.value.email],
                  [t('words.field.organization'), versioned.value.organization.name],
                  [t('words.field.created'), <RelativeTime key="created" value={versioned.value.createdAt} />],
                  [t('words.field.lastSignIn'), <RelativeTime key="last" value={versioned.value.lastSignInAt} />],
                ]}
              />
            </Panel>
            <WaitingReset
              user={versioned.value}
              etag={versioned.etag}
              onSettled={() => setSettled((count) => count + 1)}
            />
            <ReenrollmentPass user={versioned.value} />
            {versioned.value.status === 'invited' && <InvitationPanel user={versioned.value} />}
            <EditUserForm
              key={`${id} ${versioned.value.hasPassword} ${settled}`}
              versioned={versioned}
              reload={reload}
            />
            <HelpDesk user={versioned.value} />
            {versioned.value.id !== me.id && mayEdit(me, versioned.value) && (
              <>
                {versioned.value.hasPassword && <SsoOnlyPanel user={versioned.value} />}
                <PersonalDataPanel userId={id} description={t('users.editPage.data')}>
                  <EraseUser user={versioned.value} />
                </PersonalDataPanel>
              </>
            )}
          </Stack>
        )}
      </QueryView>
    </>
  );
}
