import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { Factor } from '../../base/api/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { PasskeyNameField, usePasskeyNameRule } from './passkey-name.tsx';
import { useRenamePasskey } from './queries.ts';

/** Asks for the new name of a passkey. */
export function RenameDialog({ passkey, opened, onClose }: { passkey: Factor; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const rename = useRenamePasskey(passkey.id);
  const form = useForm({
    initialValues: { name: passkey.name },
    validate: { name: usePasskeyNameRule() },
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
        <PasskeyNameField {...form.getInputProps('name')} />
        <FormButtons submit={t('mfa.factors.saveName')} isPending={rename.isPending} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
