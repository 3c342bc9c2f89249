import { Button, type ButtonProps, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { canUsePasskeys } from '../../base/passkey.ts';
import { announce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { PasskeyFailure } from '../../ui/passkey-failure.tsx';
import { ProofFields } from '../../ui/proof-fields.tsx';
import { useAddPasskey } from './queries.ts';

/** Longest name of a passkey. */
export const NAME_LENGTH = 60;

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
  const form = useForm({
    initialValues: { name: '', password: '', code: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('mfa.passkey.nameMissing') : null),
      password: (value) => (value === '' ? t('ui.proof.passwordMissing') : null),
    },
  });
  const submit = ({ name, password }: { name: string; password: string }) =>
    add.mutate(
      { name: name.trim(), password },
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
        beside={{ invalid_credentials: ['password', t('ui.proof.wrongPassword')] }}
        problem={<PasskeyFailure error={add.error} />}
        onSubmit={submit}
      >
        <Text fz="sm">{t('mfa.passkey.addText')}</Text>
        <TextInput
          label={t('mfa.passkey.name')}
          description={t('mfa.passkey.nameHint')}
          maxLength={NAME_LENGTH}
          autoComplete="off"
          data-autofocus
          aria-required
          errorProps={{ role: 'alert' }}
          {...form.getInputProps('name')}
        />
        <ProofFields kind="none" form={form} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('mfa.passkey.continue')}
          </Button>
        </Group>
      </Form>
    </Dialog>
  );
}
