import { Button, type ButtonProps, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { canUsePasskeys } from '@sallyport/react';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { PasskeyFailure } from '../../ui/passkey-failure.tsx';
import { noProof, ProofFields, useProof } from '../../ui/proof-fields.tsx';
import { PassField, usePassRule } from './pass-field.tsx';
import { PasskeyNameField, usePasskeyNameRule } from './passkey-name.tsx';
import { useAddPasskey } from './queries.ts';

/** The button, and the dialog that asks for a name and the password before the browser asks for the passkey. */
export function AddPasskey(button: ButtonProps) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  if (!canUsePasskeys())
    return (
      <Text fz="sm" c="dimmed">
        {t('mfa.passkey.noBrowser')}
      </Text>
    );
  return (
    <>
      <Button {...button} leftSection={<IconFingerprint size={18} aria-hidden />} onClick={dialog.open}>
        {t('mfa.passkey.add')}
      </Button>
      <AddPasskeyDialog opened={opened} onClose={dialog.close} />
    </>
  );
}

function AddPasskeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAddPasskey();
  const nameRule = usePasskeyNameRule();
  const { validate, beside } = useProof('none');
  const passRule = usePassRule();
  const form = useForm({
    initialValues: { ...noProof, name: '', pass: '' },
    validate: { ...validate, name: nameRule, pass: passRule.validate },
  });
  const submit = ({ name, password, pass }: { name: string; password: string; pass: string }) =>
    add.mutate(
      { name: name.trim(), password, ...passRule.shown(pass) },
      {
        onSuccess: ({ factor }) => {
          announce(t('mfa.passkey.added', { name: factor.name }));
          onClose();
        },
      },
    );
  const reset = () => {
    add.reset();
    form.reset();
  };

  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={reset}
      returnFocus={!add.isSuccess}
      title={t('mfa.passkey.addTitle')}
    >
      <Form
        form={form}
        error={add.error}
        beside={{ ...beside, ...passRule.beside }}
        problem={<PasskeyFailure error={add.error} />}
        onSubmit={submit}
      >
        <Text fz="sm">{t('mfa.passkey.addText')}</Text>
        <PasskeyNameField description={t('mfa.passkey.nameHint')} {...form.getInputProps('name')} />
        <ProofFields kind="none" form={form}>
          <PassField isRequired={passRule.isRequired} {...form.getInputProps('pass')} />
        </ProofFields>
        <FormButtons submit={t('mfa.passkey.continue')} isPending={add.isPending} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
