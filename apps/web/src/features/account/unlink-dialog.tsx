import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { type Identity, useUnlinkIdentity } from './queries.ts';

interface UnlinkDialogProps {
  identity: Identity;
  opened: boolean;
  onClose: () => void;
}

/** Asks before an account is unlinked. */
export function UnlinkDialog({ identity, opened, onClose }: UnlinkDialogProps) {
  const { t } = useTranslation();
  const unlink = useUnlinkIdentity();
  const { name } = identity.connection;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={unlink.reset}
      title={t('account.identities.unlinkTitle', { name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Stack gap="md">
        <Text fz="sm">{t('account.identities.unlinkText')}</Text>
        <ProblemAlert error={unlink.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('app.cancel')}
          </Button>
          <Button
            color="red"
            loading={unlink.isPending}
            onClick={() =>
              unlink.mutate(identity.id, {
                onSuccess: () => {
                  announce(t('account.identities.unlinked', { name }));
                  onClose();
                },
              })
            }
          >
            {t('account.identities.unlink')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
