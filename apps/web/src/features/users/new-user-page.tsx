import { Button, Group, Text, TextInput } from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { type Access, isEmailAddress, mayChangeAdministration, passwordLengthFault, type Role } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useMe } from '../../base/session/me.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Form } from '../../ui/form.tsx';
import { NotAllowedPage } from '../../ui/message-page.tsx';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { notify } from '../../ui/notify.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { OrganizationChoice, useOrganizations } from '../organizations/index.ts';
import { settingsQuery } from '../settings/index.ts';
import { useCreateUser } from './queries.ts';
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
      name: (value) => (value.trim() === '' ? t('words.nameMissing') : null),
      organizationId: (value) => (value === '' ? t('users.form.organizationMissing') : null),
      password: (value) => (byPassword ? (passwordLengthFault(value, minimumLength)?.message ?? null) : null),
    },
  });
  const { email, name, organizationId, firstSignIn, password } = form.values;
  const organization = useOrganizations().find(({ id }) => id === organizationId) ?? me.organization;
  const settings = useQuery({ ...settingsQuery(organizationId), enabled: organizationId !== '' }).data?.value;
  const minimumLength = settings?.minimumPasswordLength ?? me.minimumPasswordLength;
  const ssoAlone = settings?.localSignInEnabled === false;
  const byPassword = firstSignIn === 'password' && !ssoAlone;

  const submit = ({ firstSignIn: _, password, ...user }: FormValues) =>
    create.mutate(
      {
        ...user,
        email: user.email.trim(),
        name: user.name.trim(),
        ...(byPassword ? { password } : {}),
      },
      {
        onSuccess: async (created) => {
          await navigate('/users');
          notify({
            color: 'green',
            title: t('users.new.created', { name: created.name }),
            message: byPassword ? '' : t('users.new.invited', { email: created.email }),
          });
        },
      },
    );

  return (
    <>
      <PageHeading>{t('users.new.title')}</PageHeading>
      <Panel maw={640}>
        <Form
          form={form}
          error={create.error}
          beside={{ email_taken: ['email', t('problem.codes.email_taken.title')], weak_password: ['password'] }}
          onSubmit={submit}
        >
          <TextInput
            type="email"
            label={t('words.field.email')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-required
            {...form.getInputProps('email')}
          />
          <TextInput
            label={t('words.field.name')}
            autoComplete="off"
            maxLength={200}
            aria-required
            {...form.getInputProps('name')}
          />
          <OrganizationChoice aria-required {...form.getInputProps('organizationId')} />
          <RightsFields
            value={form.values}
            actor={me}
            kind={organization.kind}
            onChange={(changed) => form.setValues(changed)}
          />
          {ssoAlone ? (
            <Text size="sm">{t('users.new.ssoAlone', { name: organization.name })}</Text>
          ) : (
            <ChoiceGroup
              label={t('users.new.firstSignIn')}
              choices={[
                { value: 'invite', label: t('users.new.invite'), description: t('users.new.inviteHint') },
                { value: 'password', label: t('users.new.setPassword'), description: t('users.new.setPasswordHint') },
              ]}
              {...form.getInputProps('firstSignIn')}
            />
          )}
          {byPassword && (
            <NewPasswordField
              label={t('users.new.password')}
              context={{ email, name, organizationName: organization.name, minimumLength }}
              {...form.getInputProps('password')}
              value={password}
            />
          )}
          <Group gap="xs">
            <Button type="submit" loading={create.isPending}>
              {t(byPassword ? 'users.new.submit' : 'users.new.submitInvite')}
            </Button>
            <Button component={Link} to="/users" variant="default">
              {t('ui.cancel')}
            </Button>
          </Group>
        </Form>
      </Panel>
    </>
  );
}
