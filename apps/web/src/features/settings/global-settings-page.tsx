import { Stack } from '@mantine/core';
import { mayChangeAdministration } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { ListSkeleton } from '../../ui/list-skeleton.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { OrganizationScope, useOrganizationScope } from '../organizations/index.ts';
import { settingsQuery } from './queries.ts';
import { SettingsForm } from './settings-form.tsx';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const { organizationId } = useOrganizationScope();
  const settings = useQuery(settingsQuery(organizationId));
  const isOwn = organizationId === me.organization.id;

  return (
    <>
      <PageHeading description={t('settings.description')}>{t('settings.title')}</PageHeading>
      <Stack gap="md" maw={640}>
        <ReadOnlyNote />
        <OrganizationScope />
        <QueryView
          query={settings}
          skeleton={
            <Panel>
              <ListSkeleton rows={5} />
            </Panel>
          }
        >
          {(versioned) => (
            <SettingsForm
              key={organizationId}
              organizationId={organizationId}
              versioned={versioned}
              follows={isOwn && me.organization.kind === 'partner' ? 'partner' : 'customer'}
              writable={mayChangeAdministration(me)}
            />
          )}
        </QueryView>
      </Stack>
    </>
  );
}
