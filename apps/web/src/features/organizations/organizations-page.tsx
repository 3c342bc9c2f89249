import { Anchor, Badge, Button, Group, Modal, Skeleton, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { mayCreateCustomer } from '@sallyport/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Organization } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.ts';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { CreateOrganizationForm } from './create-organization-form.tsx';
import { organizationsQuery } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const [creating, create] = useDisclosure(false);
  const organizations = useInfiniteQuery(organizationsQuery);
  const items = organizations.data?.pages.flatMap((page) => page.items);

  return (
    <>
      <PageHeading
        description={t('organizations.description')}
        actions={
          mayCreateCustomer(me) && (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={create.open}>
              {t('organizations.create')}
            </Button>
          )
        }
      >
        {t('organizations.title')}
      </PageHeading>
      <Stack gap="md">
        <Panel p={0} style={{ overflow: 'hidden' }}>
          <QueryView query={{ ...organizations, data: items }} skeleton={<Skeleton height={240} />}>
            {(rows) => <OrganizationsTable organizations={rows} />}
          </QueryView>
        </Panel>
        {organizations.hasNextPage && (
          <Group justify="flex-end">
            <Button
              variant="default"
              loading={organizations.isFetchingNextPage}
              onClick={() => void organizations.fetchNextPage()}
            >
              {t('organizations.loadMore')}
            </Button>
          </Group>
        )}
      </Stack>
      <Modal
        opened={creating}
        onClose={create.close}
        title={t('organizations.createTitle')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <CreateOrganizationForm onCancel={create.close} />
      </Modal>
    </>
  );
}

function OrganizationsTable({ organizations }: { organizations: readonly Organization[] }) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('organizations.columns.name')}</Table.Th>
          <Table.Th visibleFrom="xs">{t('organizations.columns.kind')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('organizations.columns.created')}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t('organizations.columns.open')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {organizations.map(({ id, name, slug, kind, createdAt }) => (
          <Table.Tr key={id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Text fw={500} fz="sm" id={`organization-${id}`}>
                {name}
              </Text>
              <Text fz="sm" c="dimmed">
                {slug}
              </Text>
            </Table.Td>
            <Table.Td visibleFrom="xs">
              <Badge variant="light" color={kind === 'partner' ? 'pine' : 'gray'}>
                {t(`words.kind.${kind}`)}
              </Badge>
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <RelativeTime value={createdAt} />
            </Table.Td>
            <Table.Td ta="right">
              <Anchor
                component={Link}
                to={`/organizations/${id}`}
                fz="sm"
                fw={500}
                aria-describedby={`organization-${id}`}
              >
                {t('organizations.open')}
              </Anchor>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
