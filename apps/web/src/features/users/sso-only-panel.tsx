import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { User } from '../../base/api/types.ts';
import { announce } from '../../ui/announcer.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SaveLine } from '../../ui/save-line.tsx';
import { useMailSsoLink, useRemovePassword } from './queries.ts';

/** For a user with a password: the ways to single sign-on alone. */
export function SsoOnlyPanel({ user: { id, name } }: { user: User }) {
  const { t } = useTranslation();
  const [opened, dialog] = useDisclosure(false);
  const mail = useMailSsoLink(id);
  const remove = useRemovePassword(id);
  return (
    <Panel title={t('users.editPage.sso')} description={t('users.editPage.ssoText')}>
      <ProblemAlert error={mail.error} />
      <Group gap="xs">
        <SaveLine
          variant="default"
          mutation={mail}
          message={mail.isSuccess ? t('users.editPage.linkMailed') : ''}
          onClick={() => mail.mutate(undefined, { onSuccess: () => announce(t('users.editPage.linkMailed')) })}
        >
          {t('users.editPage.mailLink')}
        </SaveLine>
        <Button variant="default" onClick={dialog.open}>
          {t('users.editPage.removePassword')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('users.editPage.removeTitle', { name })}
        text={t('users.editPage.removeText')}
        confirm={t('users.editPage.removePassword')}
        mutation={remove}
        onConfirm={() => remove.mutate(undefined, { onSuccess: () => announce(t('users.editPage.removed', { name })) })}
      />
    </Panel>
  );
}
