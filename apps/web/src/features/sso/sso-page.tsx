import { Skeleton, Stack } from '@mantine/core';
import { mayChangeAdministration } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { OrganizationScope, useOrganizationScope } from '../organizations/index.ts';
import { ConnectionList } from './connection-list.tsx';
import { DomainsPanel } from './domains-panel.tsx';
import { connectionsQuery, domainsQuery } from './queries.ts';

/** The connections and domains of an organization. */
export function Component() {
  const { t } = useTranslation();
  const { organizationId, organization } = useOrganizationScope();
  const connections = useQuery(connectionsQuery(organizationId));
  const domains = useQuery(domainsQuery(organizationId));
  const writable = mayChangeAdministration(useMe());
  const someEnabled = connections.data?.some(({ enabled }) => enabled) ?? false;

  return (
    <>
      <PageHeading description={t('sso.description')}>{t('sso.title')}</PageHeading>
      <Stack gap="md" maw={760}>
        <ReadOnlyNote />
        <OrganizationScope />
        <QueryView query={connections} skeleton={<Skeleton height={200} radius="lg" />}>
          {(items) => <ConnectionList connections={items} writable={writable} />}
        </QueryView>
        {organization && someEnabled && (
          <Panel title={t('sso.list.link.title')} description={t('sso.list.link.text')}>
            <CopyField
              label={t('sso.list.link.label')}
              value={`${window.location.origin}/sign-in?organization=${organization.slug}`}
            />
          </Panel>
        )}
        <QueryView query={domains} skeleton={<Skeleton height={160} radius="lg" />}>
          {(items) => (
            <DomainsPanel key={organizationId} organizationId={organizationId} domains={items} writable={writable} />
          )}
        </QueryView>
      </Stack>
    </>
  );
}
