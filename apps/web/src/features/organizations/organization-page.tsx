import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { mayChangeAdministration } from '@sallyport/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isProblem } from '../../base/api/problem.ts';
import type { Organization } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.ts';
import { announce } from '../../ui/announcer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { NotFoundPage } from '../../ui/not-found-page.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { organizationQuery, useUpdateOrganization } from './queries.ts';
import { isSlug } from './slug.ts';

export function Component() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(organizationQuery(id));
  if (isProblem(query.error, 'not_found', 'invalid_request')) return <NotFoundPage />;

  return (
    <>
      <Anchor component={Link} to="/organizations" fz="sm" display="inline-block" mb="xs">
        <IconArrowLeft size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t('organizations.page.back')}
      </Anchor>
      <PageHeading>{query.data?.name ?? t('organizations.page.loading')}</PageHeading>
      <QueryView query={query} skeleton={<Skeleton height={280} maw={640} radius="lg" />}>
        {(organization) => (
          <Stack gap="md" maw={640}>
            <Panel>
              <Facts
                items={[
                  [t('organizations.page.facts.kind'), t(`words.kind.${organization.kind}`)],
                  [t('organizations.page.facts.created'), <RelativeTime key="t" value={organization.createdAt} />],
                ]}
              />
            </Panel>
            <RenameForm key={organization.id} organization={organization} />
            <Panel title={t('organizations.page.more')}>
              <Group gap="xs">
                <Button component={Link} variant="default" to={`/users?organization=${id}`}>
                  {t('organizations.page.people')}
                </Button>
                <Button component={Link} variant="default" to={`/settings/global?organization=${id}`}>
                  {t('organizations.page.signIn')}
                </Button>
                <Button component={Link} variant="default" to={`/settings/sso?organization=${id}`}>
                  {t('sso.title')}
                </Button>
                <Button component={Link} variant="default" to={`/audit?organization=${id}`}>
                  {t('organizations.page.audit')}
                </Button>
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
  const update = useUpdateOrganization(organization.id);
  const [message, setMessage] = useState('');
  const { name, slug } = organization;
  const form = useForm({
    initialValues: { name, slug },
    validate: {
      name: (value) => (value.trim() === '' ? t('organizations.nameMissing') : null),
      slug: (value) => (isSlug(value) ? null : t('organizations.slugWrong')),
    },
    onValuesChange: () => setMessage(''),
  });
  const say = (text: string) => {
    setMessage(text);
    announce(text);
  };

  const submit = (values: { name: string; slug: string }) => {
    const changes = {
      ...(values.name.trim() === name ? {} : { name: values.name.trim() }),
      ...(values.slug === slug ? {} : { slug: values.slug }),
    };
    if (Object.keys(changes).length === 0) {
      say(t('organizations.page.nothing'));
      return;
    }
    update.mutate(changes, {
      onSuccess: () => say(t('organizations.page.saved')),
      onError: (error) =>
        showFaults(form, error, isProblem(error, 'slug_taken') ? { slug: t('problem.codes.slug_taken.title') } : {}),
    });
  };

  return (
    <Panel title={t('organizations.page.rename')}>
      <form noValidate onSubmit={form.onSubmit(submit, (errors) => focusFirstError(form, errors))}>
        <Stack gap="md">
          {!writable && (
            <Text fz="sm" c="dimmed">
              {t('users.readOnly')}
            </Text>
          )}
          {!isProblem(update.error, 'slug_taken') && <ProblemAlert error={update.error} />}
          <TextInput
            label={t('organizations.name')}
            maxLength={200}
            disabled={!writable}
            aria-required
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('organizations.slug')}
            description={t('organizations.slugHint')}
            maxLength={63}
            disabled={!writable}
            spellCheck={false}
            aria-required
            {...form.getInputProps('slug')}
          />
          {writable && (
            <Group gap="sm">
              <Button type="submit" loading={update.isPending}>
                {t('organizations.page.save')}
              </Button>
              {message && (update.isSuccess ? <SavedMark>{message}</SavedMark> : <Text fz="sm">{message}</Text>)}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}
