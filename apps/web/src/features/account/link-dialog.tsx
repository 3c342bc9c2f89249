import { Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { noProof, ProofFields, proofOf, useProof } from '../../ui/proof-fields.tsx';
import { type Linkable, useLinkIdentity } from './queries.ts';

interface LinkDialogProps {
  connection: Linkable;
  opened: boolean;
  onClose: () => void;
}

/** Asks for the password, and a code where MFA is on, before it leaves for the provider. */
export function LinkDialog({ connection: { id, name }, opened, onClose }: LinkDialogProps) {
  const { t } = useTranslation();
  const { mfa } = useMe();
  const link = useLinkIdentity(id);
  const kind = mfa.enabled ? 'any' : 'none';
  const { validate, beside } = useProof(kind, link.variables);
  const form = useForm({ initialValues: noProof, validate });
  const reset = () => {
    form.reset();
    link.reset();
  };

  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={reset}
      title={t('account.identities.dialogTitle', { name })}
    >
      <Form form={form} error={link.error} beside={beside} onSubmit={(values) => link.mutate(proofOf(values))}>
        <Text fz="sm">{t('account.identities.dialogText', { name })}</Text>
        <ProofFields kind={kind} form={form} autoFocus onPasskey={link.mutate} />
        <FormButtons
          submit={t('account.identities.submit')}
          isPending={link.isPending || link.isSuccess}
          onCancel={onClose}
        />
      </Form>
    </Dialog>
  );
}
