import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { announce } from '../../ui/announcer.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { type Connection, useDeleteConnection } from './queries.ts';
import { useOrganization } from './use-organization.ts';

/** Deletes the connection, after asking. */
export function DeletePanel({ connection: { id, name, organizationId } }: { connection: Connection }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathTo } = useOrganization();
  const [opened, dialog] = useDisclosure(false);
  const remove = useDeleteConnection({ organizationId, connectionId: id });

  return (
    <Panel title={t('sso.remove.title')} description={t('sso.remove.text')}>
      <div>
        <Button variant="outline" color="red" onClick={dialog.open}>
          {t('sso.remove.button')}
        </Button>
      </div>
      <Modal
        opened={opened}
        onClose={dialog.close}
        onExitTransitionEnd={remove.reset}
        title={t('sso.remove.dialogTitle', { name })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Stack gap="md">
          <Text fz="sm">{t('sso.remove.dialogText', { name })}</Text>
          <ProblemAlert error={remove.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={dialog.close}>
              {t('app.cancel')}
            </Button>
            <Button
              color="red"
              loading={remove.isPending}
              onClick={() =>
                remove.mutate(undefined, {
                  onSuccess: () => {
                    announce(t('sso.remove.done', { name }));
                    void navigate(pathTo('/settings/sso'), { replace: true });
                  },
                })
              }
            >
              {t('sso.remove.confirm')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Panel>
  );
}
