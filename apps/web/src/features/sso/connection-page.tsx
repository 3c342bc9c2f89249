import { Skeleton, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { mayChangeAdministration } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { NotFoundPage } from '../../ui/message-page.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { useOrganizationScope } from '../organizations/index.ts';
import { ConnectionForm } from './connection-form.tsx';
import { DeletePanel } from './delete-panel.tsx';
import { connectionQuery } from './queries.ts';
import { StatePanel } from './state-panel.tsx';
import { TestPanel } from './test-panel.tsx';
import { ValuesPanel } from './values-panel.tsx';

/** One connection: how it fares, what the provider needs, the last test, and its configuration. */
export function Component() {
  const { t } = useTranslation();
  const { connectionId = '' } = useParams();
  const { organizationId, pathTo } = useOrganizationScope();
  const ids = { organizationId, connectionId };
  const query = useQuery(connectionQuery(ids));
  const connection = query.data?.connection;
  const writable = mayChangeAdministration(useMe());
  const [dirty, setDirty] = useState(false);
  const [discarded, setDiscarded] = useState(0);

  if (isProblem(query.error, 'not_found') || (isProblem(query.error, 'invalid_request') && !connection)) {
    return <NotFoundPage />;
  }
  return (
    <>
      <BackLink to={pathTo('/settings/sso')}>{t('sso.page.back')}</BackLink>
      <PageHeading description={connection && t(`sso.kinds.${connection.kind}.name`)}>
        {connection?.name ?? t('sso.page.loading')}
      </PageHeading>
      <QueryView query={query} skeleton={<Skeleton height={520} maw={640} radius="lg" />}>
        {(versioned) => (
          <Stack gap="md" maw={640}>
            <ReadOnlyNote />
            <StatePanel connection={versioned.connection} />
            <ValuesPanel connection={versioned.connection} />
            <TestPanel
              connection={versioned.connection}
              dirty={dirty}
              writable={writable}
              onDiscarded={() => setDiscarded(discarded + 1)}
            />
            <ConnectionForm
              // Begins anew with what serves.
              key={`${connectionId} ${discarded}`}
              versioned={versioned}
              writable={writable}
              onDirty={setDirty}
              onReload={async () => {
                const { data } = await query.refetch({ throwOnError: true });
                return data;
              }}
            />
            {writable && <DeletePanel connection={versioned.connection} />}
          </Stack>
        )}
      </QueryView>
    </>
  );
}
