import { Skeleton, Stack } from '@mantine/core';
import { mayChangeAdministration } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { OrganizationScope, useOrganizationScope } from '../organizations/index.ts';
import { AccountList } from './account-list.tsx';
import { serviceAccountsQuery } from './queries.ts';

/** The programs that may call the API in the name of an organization. */
export function Component() {
  const { t } = useTranslation();
  const { organizationId } = useOrganizationScope();
  const accounts = useQuery(serviceAccountsQuery(organizationId));
  const writable = mayChangeAdministration(useMe());

  return (
    <>
      <PageHeading description={t('serviceAccounts.description')}>{t('serviceAccounts.title')}</PageHeading>
      <Stack gap="md" maw={760}>
        <ReadOnlyNote />
        <OrganizationScope />
        <QueryView query={accounts} skeleton={<Skeleton height={200} radius="lg" />}>
          {(items) => (
            <AccountList key={organizationId} organizationId={organizationId} accounts={items} writable={writable} />
          )}
        </QueryView>
      </Stack>
    </>
  );
}
