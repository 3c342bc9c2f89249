import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CodeMethod } from '@sallyport/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TotpField } from '../../ui/code-field.tsx';
import { Form } from '../../ui/form.tsx';
import { TimeLeft } from './time-left.tsx';
import { TriesLeft } from './tries-left.tsx';

interface VerifyFormProps {
  method: CodeMethod;
  /** Left of the pending sign-in. */
  seconds: number;
  pending: boolean;
  problem: Error | null;
  /** Stands above the button. */
  children?: ReactNode;
  onSubmit: (code: string) => void;
}

const words = {
  totp: { label: 'totp', missing: 'codeMissing', wrong: 'wrongTotp' },
  backup_code: { label: 'backup', missing: 'backupMissing', wrong: 'wrongBackup' },
} as const;

/** One field for the code of the chosen kind, and the button. A refused code is emptied and said beside the field. */
export function VerifyForm({ method, seconds, pending, problem, children, onSubmit }: VerifyFormProps) {
  const { t } = useTranslation();
  const { label, missing, wrong } = words[method];
  const isComplete = (code: string) => (method === 'totp' ? code.length === 6 : code.trim() !== '');
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (isComplete(value) ? null : t(`signIn.verify.${missing}`)) },
  });
  const shared = {
    size: 'md',
    autoFocus: true,
    'aria-required': true,
    errorProps: { role: 'alert' },
    label: t(`signIn.verify.${label}`),
    ...form.getInputProps('code'),
  } as const;

  return (
    <Form
      form={form}
      error={problem}
      beside={{ invalid_code: ['code', t(`signIn.verify.${wrong}`)] }}
      onSubmit={({ code }) => onSubmit(code)}
    >
      {method === 'totp' ? (
        <TotpField {...shared} />
      ) : (
        <TextInput
          {...shared}
          description={t('signIn.verify.backupHint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
      )}
      {children}
      <Button type="submit" size="md" fullWidth loading={pending}>
        {t('signIn.verify.submit')}
      </Button>
      <TriesLeft problem={problem} />
      <TimeLeft seconds={seconds} />
    </Form>
  );
}
