import { Anchor, Button, Group, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { isEmailAddress } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { Form } from '../../ui/form.tsx';
import { EmailField } from './email-field.tsx';
import { knownEmail } from './page-input.ts';
import { useRequestPasswordReset } from './queries.ts';
import { SignInFrame } from './sign-in-frame.tsx';

export function Component() {
  const { t } = useTranslation();
  const { state } = useLocation();
  const request = useRequestPasswordReset();
  const form = useForm({
    initialValues: { email: knownEmail(state) },
    validate: { email: (value) => (isEmailAddress(value) ? null : t('signIn.emailMissing')) },
  });
  const { email } = form.values;
  const back = (
    <Anchor component={Link} to="/sign-in" state={{ email }} fz="sm">
      {t('signIn.forgotPassword.back')}
    </Anchor>
  );

  if (request.isSuccess) {
    return (
      <SignInFrame
        key="sent"
        title={t('signIn.forgotPassword.sentTitle')}
        text={t('signIn.forgotPassword.sentText', { email })}
      >
        <Text fz="sm" c="dimmed">
          {t('signIn.forgotPassword.sentHint')}
        </Text>
        <Group justify="space-between">
          {back}
          <Button variant="default" onClick={() => request.reset()}>
            {t('signIn.forgotPassword.again')}
          </Button>
        </Group>
      </SignInFrame>
    );
  }

  return (
    <SignInFrame
      key="form"
      title={t('signIn.forgotPassword.title')}
      text={t('signIn.forgotPassword.text')}
      fieldHasFocus
    >
      <Form form={form} error={request.error} onSubmit={() => request.mutate({ email: email.trim() })}>
        <EmailField autoFocus {...form.getInputProps('email')} />
        <Button type="submit" size="md" loading={request.isPending}>
          {t('signIn.forgotPassword.submit')}
        </Button>
      </Form>
      {back}
    </SignInFrame>
  );
}
