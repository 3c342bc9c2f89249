import { Stack, Text } from '@mantine/core';
import { Dialog } from '../../ui/dialog.tsx';
import { ProofForm, type ProofFormProps } from './proof-form.tsx';

interface ProofDialogProps extends Pick<ProofFormProps, 'kind' | 'mutation' | 'dangerous'> {
  opened: boolean;
  onClose: () => void;
  title: string;
  text: string;
}

/** Asks for password and code before the authenticator or its backup codes change. */
export function ProofDialog({ opened, onClose, title, text, ...form }: ProofDialogProps) {
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={form.mutation.reset}
      // After success the page puts the focus on what is new.
      returnFocus={!form.mutation.isSuccess}
      title={title}
    >
      <Stack gap="md">
        <Text fz="sm">{text}</Text>
        <ProofForm {...form} orPasskey autoFocus onSuccess={onClose} onCancel={onClose} />
      </Stack>
    </Dialog>
  );
}
