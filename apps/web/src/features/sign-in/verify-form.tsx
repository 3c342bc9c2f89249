import { Button, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../base/api/problem.ts';
import { onlyDigits, TotpField } from '../../ui/code-field.tsx';
import { formatCountdown } from '../../ui/countdown.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Method } from './challenge.ts';

interface VerifyFormProps {
  method: Method;
  /** Left of the pending sign-in. */
  seconds: number;
  pending: boolean;
  error: Error | null;
  onSubmit: (code: string) => void;
}

const lastMinute = 60;

/** One field for the code of the chosen kind, and the button. A refused code is emptied and said beside the field. */
export function VerifyForm({ method, seconds, pending, error, onSubmit }: VerifyFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const wrong = isProblem(error, 'invalid_code');

  useEffect(() => {
    if (!wrong) return;
    setCode('');
    field.current?.focus();
  }, [wrong, error]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const incomplete = method === 'totp' ? code.length !== 6 : code.trim() === '';
    setMissing(incomplete);
    if (incomplete) field.current?.focus();
    else onSubmit(code);
  };

  const change = (value: string) => {
    setMissing(false);
    setCode(method === 'totp' ? onlyDigits(value, 6) : value);
  };

  const message = missing
    ? t(method === 'totp' ? 'signIn.verify.codeMissing' : 'signIn.verify.backupMissing')
    : wrong && code === ''
      ? t(method === 'totp' ? 'signIn.verify.wrongTotp' : 'signIn.verify.wrongBackup')
      : undefined;
  const shared = {
    ref: field,
    size: 'md',
    autoFocus: true,
    'aria-required': true,
    value: code,
    error: message,
    errorProps: { role: 'alert' },
  } as const;

  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        {!wrong && <ProblemAlert error={error} />}
        {method === 'totp' ? (
          <TotpField
            {...shared}
            label={t('signIn.verify.totp')}
            onChange={(event) => change(event.currentTarget.value)}
          />
        ) : (
          <TextInput
            {...shared}
            label={t('signIn.verify.backup')}
            description={t('signIn.verify.backupHint')}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            onChange={(event) => change(event.currentTarget.value)}
          />
        )}
        <Button type="submit" size="md" fullWidth loading={pending}>
          {t('signIn.verify.submit')}
        </Button>
        <Text
          fz="sm"
          ta="center"
          c={seconds <= lastMinute ? 'var(--mantine-color-error)' : 'dimmed'}
          role="timer"
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          {t('signIn.verify.timeLeft', { time: formatCountdown(seconds) })}
        </Text>
      </Stack>
    </form>
  );
}
