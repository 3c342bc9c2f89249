import { Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Form } from '../../ui/form.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SaveLine } from '../../ui/save-line.tsx';
import { PersonalDataPanel } from '../personal-data/index.ts';
import { useUpdateProfile } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateProfile();
  const form = useForm({
    initialValues: { name: me.name },
    validate: { name: (value) => (value.trim() === '' ? t('words.nameMissing') : null) },
    onValuesChange: () => update.reset(),
  });

  return (
    <>
      <PageHeading>{t('account.profile.title')}</PageHeading>
      <Stack gap="md" maw={640}>
        <Panel>
          <Form
            maw={420}
            form={form}
            error={update.error}
            onSubmit={({ name }) =>
              update.mutate({ name: name.trim() }, { onSuccess: () => announce(t('account.profile.saved')) })
            }
          >
            <TextInput
              label={t('words.field.name')}
              autoComplete="name"
              aria-required
              maxLength={200}
              {...form.getInputProps('name')}
            />
            <SaveLine mutation={update} message={update.isSuccess ? t('account.profile.saved') : ''}>
              {t('account.profile.save')}
            </SaveLine>
          </Form>
        </Panel>
        <Panel>
          <Facts
            items={[
              [t('words.field.email'), me.email],
              [t('words.field.organization'), me.organization.name],
              [t('words.field.role'), t(`words.role.${me.role}`)],
              [t('words.field.access'), t(`words.access.${me.access}`)],
              [t('account.profile.signIn'), t(`account.sessions.method.${me.session.method}`)],
            ]}
          />
        </Panel>
        <PersonalDataPanel description={t('account.profile.data')} />
      </Stack>
    </>
  );
}
