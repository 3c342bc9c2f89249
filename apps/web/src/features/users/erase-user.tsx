import { Button, List, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { normalizeEmail } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { User } from '../../base/api/types.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { notify } from '../../ui/notify.tsx';
import { useEraseUser } from './queries.ts';

/** Erases the user, once the admin has read what that means and typed whom it means. */
export function EraseUser({ user: { id, email, name } }: { user: User }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const erase = useEraseUser(id);
  const wrong = t('users.editPage.eraseEmailWrong');
  const form = useForm({
    initialValues: { email: '' },
    validate: { email: (typed) => (normalizeEmail(typed) === email ? null : wrong) },
  });
  const reset = () => {
    form.reset();
    erase.reset();
  };
  // It cannot be called back, and what came of it has to be seen.
  const close = () => erase.isPending || dialog.close();

  const onSubmit = (confirmation: { email: string }) =>
    erase.mutate(confirmation, {
      onSuccess: async () => {
        await navigate('/users', { replace: true });
        notify({ color: 'green', title: t('users.editPage.erased', { name }) });
      },
    });

  return (
    <>
      <Button variant="outline" color="red" onClick={dialog.open}>
        {t('users.editPage.erase')}
      </Button>
      <Dialog
        opened={opened}
        onClose={close}
        onExitTransitionEnd={reset}
        title={t('users.editPage.eraseTitle', { name })}
      >
        <Form form={form} error={erase.error} beside={{ invalid_request: ['email', wrong] }} onSubmit={onSubmit}>
          <List size="sm" spacing="xs">
            {t('users.editPage.eraseList', { returnObjects: true }).map((consequence) => (
              <List.Item key={consequence}>{consequence}</List.Item>
            ))}
          </List>
          <TextInput
            label={t('users.editPage.eraseEmail')}
            description={t('users.editPage.eraseEmailHint', { email })}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-required
            data-autofocus
            style={{ overflowWrap: 'anywhere' }}
            {...form.getInputProps('email')}
          />
          <FormButtons submit={t('users.editPage.erase')} isPending={erase.isPending} onCancel={close} dangerous />
        </Form>
      </Dialog>
    </>
  );
}
