import { NativeSelect, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { type Access, DAY_MS, type Role, SERVICE_ACCOUNT_NAME_LENGTH } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { useOrganizationScope } from '../organizations/index.ts';
import { RightsFields } from '../users/index.ts';
import { type CreatedServiceAccount, useCreateServiceAccount } from './queries.ts';

/** Days that a key may be valid for; null for no end. */
const EXPIRIES = { days30: 30, days90: 90, days365: 365, never: null } as const;
type Expiry = keyof typeof EXPIRIES;

interface FormValues {
  name: string;
  role: Role;
  access: Access;
  expiry: Expiry;
}

interface CreateDialogProps {
  organizationId: string;
  opened: boolean;
  onClose: () => void;
  onMade: (account: CreatedServiceAccount) => void;
}

/** Asks for name, rights and end of a service account. */
export function CreateDialog({ organizationId, opened, onClose, onMade }: CreateDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { organization = me.organization } = useOrganizationScope();
  const create = useCreateServiceAccount(organizationId);
  const form = useForm<FormValues>({
    initialValues: { name: '', role: 'admin', access: 'read_only', expiry: 'days90' },
    validate: { name: (value) => (value.trim() === '' ? t('words.nameMissing') : null) },
  });
  const reset = () => {
    create.reset();
    form.reset();
  };
  const submit = ({ name, role, access, expiry }: FormValues) => {
    const days = EXPIRIES[expiry];
    const expiresAt = days === null ? null : new Date(Date.now() + days * DAY_MS).toISOString();
    create.mutate({ name: name.trim(), role, access, expiresAt }, { onSuccess: onMade });
  };

  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={reset}
      title={t('serviceAccounts.createTitle')}
      size="lg"
    >
      <Form form={form} error={create.error} onSubmit={submit}>
        <TextInput
          label={t('words.field.name')}
          description={t('serviceAccounts.form.nameHint')}
          maxLength={SERVICE_ACCOUNT_NAME_LENGTH}
          autoComplete="off"
          data-autofocus
          aria-required
          errorProps={{ role: 'alert' }}
          {...form.getInputProps('name')}
        />
        <RightsFields
          value={form.values}
          actor={me}
          kind={organization.kind}
          onChange={(changed) => form.setValues(changed)}
        />
        <NativeSelect
          label={t('serviceAccounts.form.expiry')}
          data={(Object.keys(EXPIRIES) as Expiry[]).map((value) => ({
            value,
            label: t(`serviceAccounts.form.expiryOf.${value}`),
          }))}
          {...form.getInputProps('expiry')}
        />
        <Text fz="sm" c="dimmed">
          {t('serviceAccounts.form.bound')}
        </Text>
        <FormButtons submit={t('serviceAccounts.form.submit')} isPending={create.isPending} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
