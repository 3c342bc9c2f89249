import { Stack, Text } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { Dialog } from '../../ui/dialog.tsx';
import type { Proof } from '../../ui/proof-fields.tsx';
import { ProofForm } from './proof-form.tsx';

interface ProofDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  text: string;
  kind: 'totp' | 'any';
  mutation: UseMutationResult<unknown, Error, Proof>;
  dangerous?: boolean;
}

/** Asks for password and code before the authenticator or its backup codes change. */
export function ProofDialog({ opened, onClose, title, text, kind, mutation, dangerous }: ProofDialogProps) {
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={mutation.reset}
      // After success the page puts the focus on what is new.
      returnFocus={!mutation.isSuccess}
      title={title}
    >
      <Stack gap="md">
        <Text fz="sm">{text}</Text>
        <ProofForm
          kind={kind}
          isPending={mutation.isPending}
          error={mutation.error}
          sent={mutation.variables}
          onSend={(proof) => mutation.mutate(proof, { onSuccess: onClose })}
          onCancel={onClose}
          dangerous={dangerous}
          orPasskey
          autoFocus
        />
      </Stack>
    </Dialog>
  );
}
