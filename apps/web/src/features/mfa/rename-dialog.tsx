import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Factor } from '../../base/api/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { NAME_LENGTH } from './add-passkey.tsx';
import { useRenamePasskey } from './queries.ts';

/** Asks for the new name of a passkey. */
export function RenameDialog({ passkey, opened, onClose }: { passkey: Factor; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rename = useRenamePasskey(passkey.id);
  const form = useForm({
    initialValues: { name: passkey.name },
    validate: { name: (value) => (value.trim() === '' ? t('mfa.passkey.nameMissing') : null) },
  });
  const reset = () => {
    rename.reset();
    form.setInitialValues({ name: passkey.name });
    form.reset();
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={reset}
      title={t('mfa.factors.renameTitle', { name: passkey.name })}
    >
      <Form
        form={form}
        error={rename.error}
        onSubmit={({ name }) => rename.mutate({ name: name.trim() }, { onSuccess: onClose })}
      >
        <TextInput
          label={t('mfa.passkey.name')}
          maxLength={NAME_LENGTH}
          autoComplete="off"
          data-autofocus
          aria-required
          errorProps={{ role: 'alert' }}
          {...form.getInputProps('name')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={rename.isPending}>
            {t('mfa.factors.saveName')}
          </Button>
        </Group>
      </Form>
    </Dialog>
  );
}
