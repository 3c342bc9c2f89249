import { Anchor, Badge, Button, Table, Text, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { mayCreateCustomer } from '@sallyport/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Organization } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { PagedList } from '../../ui/paged-list.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { CreateOrganizationForm } from './create-organization-form.tsx';
import { organizationsQuery } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const [creating, create] = useDisclosure(false);
  const organizations = useInfiniteQuery(organizationsQuery);

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
      <PagedList query={organizations} empty={null}>
        {(rows) => <OrganizationsTable organizations={rows} />}
      </PagedList>
      <Dialog opened={creating} onClose={create.close} title={t('organizations.createTitle')}>
        <CreateOrganizationForm onCancel={create.close} />
      </Dialog>
    </>
  );
}

function OrganizationsTable({ organizations }: { organizations: readonly Organization[] }) {
  const { t } = useTranslation();
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('words.field.name')}</Table.Th>
          <Table.Th visibleFrom="xs">{t('words.field.kind')}</Table.Th>
          <Table.Th visibleFrom="sm">{t('words.field.created')}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t('organizations.open')}</VisuallyHidden>
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
