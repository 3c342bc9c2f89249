import { Alert, Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordLengthFault } from '@sallyport/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { Form } from '../../ui/form.tsx';
import { NewPasswordField } from '../../ui/new-password-field.tsx';
import { News } from '../../ui/news.tsx';
import { PageHeading } from '../../ui/page-heading.tsx';
import { Panel } from '../../ui/panel.tsx';
import { noProof, type Proof, ProofFields, proofOf, useProof } from '../../ui/proof-fields.tsx';
import { useChangePassword } from './queries.ts';

export function Component() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <PageHeading description={t('account.password.description')}>{t('account.password.title')}</PageHeading>
      {me.hasPassword ? (
        <ChangePasswordForm />
      ) : (
        <Alert color="gray" icon={<IconInfoCircle aria-hidden />} title={t('account.password.ssoOnly.title')}>
          {t('account.password.ssoOnly.text')}
        </Alert>
      )}
    </>
  );
}

function ChangePasswordForm() {
  const { t } = useTranslation();
  const { email, name, organization, mfa, minimumPasswordLength: minimumLength } = useMe();
  const change = useChangePassword();
  const kind = mfa.enabled ? 'any' : 'none';
  const { validate, beside } = useProof(kind, change.variables);
  const form = useForm({
    initialValues: { ...noProof, newPassword: '' },
    validate: {
      ...validate,
      newPassword: (value: string) => passwordLengthFault(value, minimumLength)?.message ?? null,
    },
  });

  const send = ({ password: currentPassword, ...shown }: Proof) => {
    const { newPassword } = form.getValues();
    change.mutate({ currentPassword, newPassword, ...shown }, { onSuccess: () => form.reset() });
  };

  return (
    <Panel maw={640}>
      <Form
        maw={420}
        form={form}
        error={change.error}
        beside={{ ...beside, weak_password: ['newPassword'] }}
        onSubmit={(values) => send(proofOf(values))}
      >
        {change.isSuccess && (
          <News color="green" title={t('account.password.done.title')}>
            {t('account.password.done.text')}
          </News>
        )}
        <ProofFields
          kind={kind}
          form={form}
          onPasskey={(proof) => !form.validateField('newPassword').hasError && send(proof)}
        >
          <NewPasswordField
            label={t('account.password.next')}
            context={{ email, name, organizationName: organization.name, minimumLength }}
            {...form.getInputProps('newPassword')}
            value={form.values.newPassword}
          />
        </ProofFields>
        <div>
          <Button type="submit" loading={change.isPending}>
            {t('account.password.submit')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
