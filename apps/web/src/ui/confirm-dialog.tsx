import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';
import { ProblemAlert } from './problem-alert.tsx';

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will be lost. */
  text: string;
  /** Of the button that does it. */
  confirm: string;
  /** What the button does; it is forgotten when the dialog closes. */
  mutation: { error: Error | null; isPending: boolean; reset: () => void };
  onConfirm: () => void;
}

/** Asks before something that cannot be undone at once. The harmless button has the focus. */
export function ConfirmDialog({ opened, onClose, title, text, confirm, mutation, onConfirm }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} onExitTransitionEnd={mutation.reset} title={title}>
      <Stack gap="md">
        <Text fz="sm">{text}</Text>
        <ProblemAlert error={mutation.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button color="red" loading={mutation.isPending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
