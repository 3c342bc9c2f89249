import { Button, Group, Skeleton, Stack } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { mayChangeAdministration } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Organization } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { Facts } from '../../ui/facts.tsx';
import { NotFoundPage } from '../../ui/message-page.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { changedFields } from '../../ui/rebase.ts';
import { RelativeTime } from '../../ui/time.tsx';
import { useVersionedForm } from '../../ui/use-versioned-form.ts';
import { VersionedForm } from '../../ui/versioned-form.tsx';
import { NameFields, type Names, namesRules } from './name-fields.tsx';
import { organizationQuery, useUpdateOrganization } from './queries.ts';

const elsewhere = [
  { path: '/users', label: 'people' },
  { path: '/settings/global', label: 'signIn' },
  { path: '/settings/sso', label: 'sso' },
  { path: '/settings/service-accounts', label: 'serviceAccounts' },
  { path: '/audit', label: 'audit' },
] as const;

export function Component() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(organizationQuery(id));
  if (isProblem(query.error, 'not_found', 'invalid_request')) return <NotFoundPage />;

  return (
    <>
      <BackLink to="/organizations">{t('organizations.page.back')}</BackLink>
      <PageHeading>{query.data?.name ?? t('organizations.page.loading')}</PageHeading>
      <QueryView query={query} skeleton={<Skeleton height={280} maw={640} radius="lg" />}>
        {(organization) => (
          <Stack gap="md" maw={640}>
            <Panel>
              <Facts
                items={[
                  [t('words.field.kind'), t(`words.kind.${organization.kind}`)],
                  [t('words.field.created'), <RelativeTime key="t" value={organization.createdAt} />],
                ]}
              />
            </Panel>
            <RenameForm key={organization.id} organization={organization} />
            <Panel title={t('organizations.page.more')}>
              <Group gap="xs">
                {elsewhere.map(({ path, label }) => (
                  <Button key={path} component={Link} variant="default" to={`${path}?organization=${id}`}>
                    {t(`organizations.page.${label}`)}
                  </Button>
                ))}
              </Group>
            </Panel>
          </Stack>
        )}
      </QueryView>
    </>
  );
}

function RenameForm({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const writable = mayChangeAdministration(useMe());
  const edit = useVersionedForm({
    versioned: { value: organization, etag: null },
    draftOf: ({ name, slug }): Names => ({ name, slug }),
    changesOf: (base, { name, slug }) => changedFields(base, { name: name.trim(), slug }),
    validate: namesRules(t),
    mutation: useUpdateOrganization(organization.id),
    saved: () => t('organizations.page.saved'),
  });
  return (
    <Panel title={t('organizations.page.rename')}>
      <VersionedForm
        edit={edit}
        save={writable ? t('organizations.page.save') : null}
        beside={{ slug_taken: ['slug', t('problem.codes.slug_taken.title')] }}
      >
        <ReadOnlyNote />
        <NameFields form={edit.form} disabled={!writable} />
      </VersionedForm>
    </Panel>
  );
}
