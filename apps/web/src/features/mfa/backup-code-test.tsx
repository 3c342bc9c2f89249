import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { AnyCodeField } from '../../ui/code-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { News } from '../../ui/news.tsx';
import { useTestBackupCode } from './check-queries.ts';

/** Says of one backup code after another whether it is good, and spends none. */
export function BackupCodeTest({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const test = useTestBackupCode();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.trim() === '' ? t('mfa.testCode.missing') : null) },
  });
  const reset = () => {
    test.reset();
    form.reset();
  };
  return (
    <Dialog opened={opened} onClose={onClose} onExitTransitionEnd={reset} title={t('mfa.testCode.title')}>
      <Stack gap="md">
        <Text fz="sm">{t('mfa.testCode.text')}</Text>
        {test.data && (
          <News color="green" title={t('mfa.testCode.goodTitle')}>
            {t('mfa.testCode.goodText', { count: test.data.backupCodesRemaining })}
          </News>
        )}
        <Form
          form={form}
          error={test.error}
          beside={{ invalid_code: ['code', t('mfa.testCode.wrong')] }}
          onSubmit={({ code }) => test.mutate(code.trim(), { onSuccess: () => form.reset() })}
        >
          <AnyCodeField
            label={t('ui.proof.backup.label')}
            aria-required
            errorProps={{ role: 'alert' }}
            data-autofocus
            {...form.getInputProps('code')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('ui.close')}
            </Button>
            <Button type="submit" loading={test.isPending}>
              {t('mfa.testCode.submit')}
            </Button>
          </Group>
        </Form>
      </Stack>
    </Dialog>
  );
}
