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
import { settingsQuery } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const [query, setQuery] = useSearchParams();
  const id = query.get('organization') ?? me.organization.id;
  const organizations = useQuery({ ...allOrganizationsQuery, enabled: managesCustomers(me) });
  const settings = useQuery(settingsQuery(id));
  const writable = mayChangeAdministration(me);

  return (
    <>
      <PageHeading description={t('settings.description')}>{t('settings.title')}</PageHeading>
      <Stack gap="md" maw={640}>
        {!writable && (
          <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
            {t('users.readOnly')}
          </Alert>
        )}
        {managesCustomers(me) && (
          <OrganizationSelect
            label={t('settings.organization')}
            organizations={organizations.data ?? [me.organization]}
            value={id}
            allowDeselect={false}
            onChange={(chosen) =>
              chosen && setQuery({ organization: chosen }, { replace: true, preventScrollReset: true })
            }
          />
        )}
        <QueryView
          query={settings}
          skeleton={
            <Panel>
              <Skeleton height={24} width="50%" />
              <Skeleton height={14} width="80%" />
              <Skeleton height={36} />
              <Skeleton height={36} />
              <Skeleton height={36} />
            </Panel>
          }
        >
          {(data) => (
            <SettingsForm
              key={id}
              organizationId={id}
              settings={data}
              follows={id === me.organization.id && me.organization.kind === 'partner' ? 'partner' : 'customer'}
              writable={writable}
            />
          )}
        </QueryView>
      </Stack>
    </>
  );
}
