import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDeviceMobileQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { TotpField } from '../../ui/code-field.tsx';
import { Form } from '../../ui/form.tsx';
import { News } from '../../ui/news.tsx';
import { useCheckApp } from './check-queries.ts';

const page = '/account/mfa';

interface AppReminderProps {
  /** Space below. */
  mb: 0 | 'md';
  onAnswered: () => void;
  onPutOff: () => void;
}

/** Asks for one code of the app; says what to do without it, and thanks. */
export default function AppReminder({ onAnswered, onPutOff, mb }: AppReminderProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const check = useCheckApp(onAnswered);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.length === 6 ? null : t('ui.proof.totp.missing')) },
  });
  if (check.isSuccess) {
    return (
      <News color="green" mb={mb} title={t('mfa.check.doneTitle')}>
        {t('mfa.check.doneText')}
      </News>
    );
  }
  return (
    <Alert
      role="region"
      mb={mb}
      icon={<IconDeviceMobileQuestion aria-hidden />}
      title={t('mfa.check.title')}
      // Else the border of the field is cut off.
      styles={{ message: { overflow: 'visible' } }}
    >
      <Form
        form={form}
        error={check.error}
        beside={{ invalid_code: ['code', t('ui.proof.totp.wrong')] }}
        onSubmit={({ code }) => check.mutate(code)}
        gap="sm"
      >
        <Text fz="sm" maw="65ch">
          {t('mfa.check.text')}
        </Text>
        <TotpField
          label={t('mfa.check.code')}
          aria-required
          errorProps={{ role: 'alert' }}
          maw={360}
          {...form.getInputProps('code')}
        />
        <Group gap="xs">
          <Button type="submit" loading={check.isPending}>
            {t('mfa.check.submit')}
          </Button>
          <Button variant="default" onClick={onPutOff}>
            {t('mfa.check.notNow')}
          </Button>
        </Group>
        <Text fz="sm" maw="65ch">
          {t('mfa.check.gone')}{' '}
          {pathname === page ? (
            t('mfa.check.goneHere')
          ) : (
            <Anchor component={Link} to={page} fz="sm" fw={600} underline="always">
              {t('mfa.check.gonePage')}
            </Anchor>
          )}
        </Text>
      </Form>
    </Alert>
  );
}
