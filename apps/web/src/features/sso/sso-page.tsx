import { Alert, Skeleton, Stack } from '@mantine/core';
import { mayChangeAdministration } from '@sallyport/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { managesCustomers, useMe } from '../../base/session/me.ts';
import { OrganizationSelect } from '../../ui/organization-select.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { allOrganizationsQuery } from '../organizations/index.ts';
import { ConnectionList } from './connection-list.tsx';
import { CopyField } from './copy-field.tsx';
import { DomainsPanel } from './domains-panel.tsx';
import { connectionsQuery, domainsQuery } from './queries.ts';
import { useOrganization } from './use-organization.ts';

/** The connections and domains of an organization. */
export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const [, setQuery] = useSearchParams();
  const { organizationId } = useOrganization();
  const organizations = useQuery({ ...allOrganizationsQuery, enabled: managesCustomers(me) });
  const connections = useQuery(connectionsQuery(organizationId));
  const domains = useQuery(domainsQuery(organizationId));
  const writable = mayChangeAdministration(me);
  const slug = [me.organization, ...(organizations.data ?? [])].find(({ id }) => id === organizationId)?.slug;
  const someEnabled = connections.data?.some(({ enabled }) => enabled) ?? false;

  return (
    <>
      <PageHeading description={t('sso.description')}>{t('sso.title')}</PageHeading>
      <Stack gap="md" maw={760}>
        {!writable && (
          <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
            {t('users.readOnly')}
          </Alert>
        )}
        {managesCustomers(me) && (
          <OrganizationSelect
            label={t('sso.organization')}
            organizations={organizations.data ?? [me.organization]}
            value={organizationId}
            allowDeselect={false}
            onChange={(chosen) =>
              chosen && setQuery({ organization: chosen }, { replace: true, preventScrollReset: true })
            }
          />
        )}
        <QueryView query={connections} skeleton={<Skeleton height={200} radius="lg" />}>
          {(items) => <ConnectionList connections={items} writable={writable} />}
        </QueryView>
        {slug && someEnabled && (
          <Panel title={t('sso.list.link.title')} description={t('sso.list.link.text')}>
            <CopyField
              label={t('sso.list.link.label')}
              value={`${window.location.origin}/sign-in?organization=${slug}`}
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
