import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.ts';
import { announce } from '../../ui/announcer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { focusFirstError } from '../../ui/form-errors.ts';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { useUpdateProfile } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateProfile();
  const form = useForm({
    initialValues: { name: me.name },
    validate: { name: (value) => (value.trim() === '' ? t('account.profile.nameMissing') : null) },
    onValuesChange: () => update.reset(),
  });

  return (
    <>
      <PageHeading>{t('account.profile.title')}</PageHeading>
      <Stack gap="md" maw={640}>
        <Panel>
          <form
            noValidate
            onSubmit={form.onSubmit(
              ({ name }) =>
                update.mutate(
                  { name: name.trim() },
                  {
                    onSuccess: () => announce(t('account.profile.saved')),
                  },
                ),
              (errors) => focusFirstError(form, errors),
            )}
          >
            <Stack gap="md" maw={420}>
              <ProblemAlert error={update.error} />
              <TextInput
                label={t('account.profile.name')}
                autoComplete="name"
                aria-required
                maxLength={200}
                {...form.getInputProps('name')}
              />
              <Group gap="sm">
                <Button type="submit" loading={update.isPending}>
                  {t('account.profile.save')}
                </Button>
                {update.isSuccess && <SavedMark>{t('account.profile.saved')}</SavedMark>}
              </Group>
            </Stack>
          </form>
        </Panel>
        <Panel>
          <Facts
            items={[
              [t('account.profile.email'), me.email],
              [t('account.profile.organization'), me.organization.name],
              [t('account.profile.role'), t(`words.role.${me.role}`)],
              [t('account.profile.access'), t(`words.access.${me.access}`)],
              [t('account.profile.signIn'), t(`account.sessions.method.${me.session.method}`)],
            ]}
          />
        </Panel>
      </Stack>
    </>
  );
}
