import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { announce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useOrganizationScope } from '../organizations/index.ts';
import { type Connection, useDeleteConnection } from './queries.ts';

/** Deletes the connection, after asking. */
export function DeletePanel({ connection: { id, name, organizationId } }: { connection: Connection }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathTo } = useOrganizationScope();
  const [opened, dialog] = useDisclosure(false);
  const remove = useDeleteConnection({ organizationId, connectionId: id });

  return (
    <Panel title={t('sso.remove.title')} description={t('sso.remove.text')}>
      <div>
        <Button variant="outline" color="red" onClick={dialog.open}>
          {t('sso.remove.button')}
        </Button>
      </div>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('sso.remove.dialogTitle', { name })}
        text={t('sso.remove.dialogText', { name })}
        confirm={t('sso.remove.confirm')}
        mutation={remove}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              announce(t('sso.remove.done', { name }));
              void navigate(pathTo('/settings/sso'), { replace: true });
            },
          })
        }
      />
    </Panel>
  );
}
