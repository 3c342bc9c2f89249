import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { type Access, isEmailAddress, mayChangeAdministration, passwordLengthFault, type Role } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { isProblem } from '../../base/api/problem.ts';
import { managesCustomers, useMe } from '../../base/session/me.ts';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { NotAllowedPage } from '../../ui/not-allowed-page.tsx';
import { notify } from '../../ui/notify.ts';
import { OrganizationSelect } from '../../ui/organization-select.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { allOrganizationsQuery } from '../organizations/index.ts';
import { settingsQuery } from '../settings/index.ts';
import { type NewUser, useCreateUser } from './queries.ts';
import { RightsFields } from './rights-fields.tsx';

interface FormValues {
  email: string;
  name: string;
  organizationId: string;
  role: Role;
  access: Access;
  firstSignIn: 'invite' | 'password';
  password: string;
}

export function Component() {
  return mayChangeAdministration(useMe()) ? <NewUserPage /> : <NotAllowedPage />;
}

function NewUserPage() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const organizations = useQuery({ ...allOrganizationsQuery, enabled: managesCustomers(me) });
  const create = useCreateUser();
  const form: UseFormReturnType<FormValues> = useForm<FormValues>({
    initialValues: {
      email: '',
      name: '',
      organizationId: query.get('organization') ?? me.organization.id,
      role: 'member',
      access: 'read_only',
      firstSignIn: 'invite',
      password: '',
    },
    validate: {
      email: (value) => (isEmailAddress(value) ? null : t('users.form.emailMissing')),
      name: (value) => (value.trim() === '' ? t('users.form.nameMissing') : null),
      organizationId: (value) => (value === '' ? t('users.form.organizationMissing') : null),
      password: (value, values) =>
        values.firstSignIn === 'password' ? (passwordLengthFault(value, minimumLength)?.message ?? null) : null,
    },
  });
  const { values } = form;
  const settings = useQuery({ ...settingsQuery(values.organizationId), enabled: values.firstSignIn === 'password' });
  const minimumLength = settings.data?.minimumPasswordLength ?? me.minimumPasswordLength;
  const organization = organizations.data?.find(({ id }) => id === values.organizationId) ?? me.organization;

  const submit = ({ firstSignIn, password, ...user }: FormValues) => {
    const body: NewUser = {
      ...user,
      email: user.email.trim(),
      name: user.name.trim(),
      ...(firstSignIn === 'password' ? { password } : {}),
    };
    create.mutate(body, {
      onSuccess: async (created) => {
        await navigate('/users');
        notify({
          color: 'green',
          title: t('users.new.created', { name: created.name }),
          message: firstSignIn === 'invite' ? t('users.new.invited', { email: created.email }) : '',
        });
      },
      onError: (error) => {
        if (isProblem(error, 'email_taken')) showFaults(form, error, { email: error.title });
        else if (isProblem(error, 'weak_password')) showFaults(form, error, { password: error.detail ?? error.title });
        else showFaults(form, error);
      },
    });
  };

  return (
    <>
      <PageHeading>{t('users.new.title')}</PageHeading>
      <Panel maw={640}>
        <form noValidate onSubmit={form.onSubmit(submit, (errors) => focusFirstError(form, errors))}>
          <Stack gap="md">
            {!isProblem(create.error, 'email_taken', 'weak_password') && <ProblemAlert error={create.error} />}
            <TextInput
              type="email"
              label={t('users.form.email')}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-required
              {...form.getInputProps('email')}
            />
            <TextInput
              label={t('users.form.name')}
              autoComplete="off"
              maxLength={200}
              aria-required
              {...form.getInputProps('name')}
            />
            {managesCustomers(me) && (
              <OrganizationSelect
                label={t('users.form.organization')}
                organizations={organizations.data ?? [me.organization]}
                allowDeselect={false}
                aria-required
                {...form.getInputProps('organizationId')}
              />
            )}
            <RightsFields
              value={values}
              actor={me}
              kind={organization.kind}
              onChange={(changed) => form.setValues(changed)}
            />
            <Radio.Group label={t('users.new.firstSignIn')} {...form.getInputProps('firstSignIn')}>
              <Stack gap="xs" mt="xs">
                <Radio value="invite" label={t('users.new.invite')} description={t('users.new.inviteHint')} />
                <Radio
                  value="password"
                  label={t('users.new.setPassword')}
                  description={t('users.new.setPasswordHint')}
                />
              </Stack>
            </Radio.Group>
            {values.firstSignIn === 'password' && (
              <NewPasswordField
                label={t('users.new.password')}
                context={{
                  email: values.email,
                  name: values.name,
                  organizationName: organization.name,
                  minimumLength,
                }}
                {...form.getInputProps('password')}
                value={values.password}
              />
            )}
            <Group gap="xs">
              <Button type="submit" loading={create.isPending}>
                {t(values.firstSignIn === 'invite' ? 'users.new.submitInvite' : 'users.new.submit')}
              </Button>
              <Button component={Link} to="/users" variant="default">
                {t('users.new.cancel')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </>
  );
}
