import { Button, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProofForm } from './proof-form.tsx';
import { type Proof, useDisableMfa, useRegenerateBackupCodes } from './queries.ts';

interface DialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Asks for password and code, then makes ten new codes, which the page shows. */
export function RegenerateDialog({ opened, onClose }: DialogProps) {
  const { t } = useTranslation();
  const regenerate = useRegenerateBackupCodes();
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={t('mfa.regenerate.title')}
      text={t('mfa.regenerate.text')}
      mutation={regenerate}
      onSubmit={(proof) => regenerate.mutate(proof, { onSuccess: onClose })}
    />
  );
}

/** Asks for password and code (a backup code will do), then turns MFA off. */
export function DisableDialog({ opened, onClose, onDisabled }: DialogProps & { onDisabled: () => void }) {
  const { t } = useTranslation();
  const disable = useDisableMfa(onDisabled);
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={t('mfa.disable.title')}
      text={t('mfa.disable.text')}
      mutation={disable}
      onSubmit={(proof) => disable.mutate(proof, { onSuccess: onClose })}
      takesBackupCode
      dangerous
    />
  );
}

interface ProofDialogProps extends DialogProps {
  title: ReactNode;
  text: string;
  mutation: { isPending: boolean; isSuccess: boolean; error: Error | null; reset: () => void };
  onSubmit: (proof: Proof) => void;
  takesBackupCode?: boolean;
  dangerous?: boolean;
}

function ProofDialog({ opened, onClose, title, text, mutation, onSubmit, ...form }: ProofDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={mutation.reset}
      // After success the page puts the focus on what is new.
      returnFocus={!mutation.isSuccess}
      title={title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Text fz="sm">{text}</Text>
        <ProofForm
          {...form}
          autoFocus
          pending={mutation.isPending}
          error={mutation.error}
          onSubmit={onSubmit}
          cancel={
            <Button variant="default" onClick={onClose}>
              {t('app.cancel')}
            </Button>
          }
        />
      </Stack>
    </Modal>
  );
}
