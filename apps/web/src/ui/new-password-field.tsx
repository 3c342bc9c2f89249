import { type PasswordInputProps, Progress, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PasswordContext } from '@sallyport/core/password-rules';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from './password-field.tsx';
import type { Judgement, PasswordLevel } from './password-judge.ts';

interface NewPasswordFieldProps extends Omit<PasswordInputProps, 'value'> {
  value: string;
  /** What the service knows when it judges the password. */
  context: PasswordContext & { minimumLength: number };
}

const typingPauseMs = 150;
const meter: Record<PasswordLevel, { value: number; color: string }> = {
  weak: { value: 15, color: 'red' },
  fair: { value: 45, color: 'yellow' },
  good: { value: 75, color: 'pine' },
  strong: { value: 100, color: 'green' },
};

/** A new password with the rule in one sentence, and what the service will think of it while it is typed. */
export function NewPasswordField({ value, context, ...props }: NewPasswordFieldProps) {
  const { t } = useTranslation();
  const judgement = useJudgement(value, context);
  const { value: filled, color } = judgement ? meter[judgement.level] : { value: 0, color: 'gray' };
  return (
    <Stack gap={6}>
      <PasswordField
        autoComplete="new-password"
        aria-required
        description={t('ui.newPassword.rules', { count: context.minimumLength })}
        {...props}
        value={value}
      />
      <Progress value={filled} color={color} size={4} aria-hidden />
      <Text fz="xs" c="dimmed" role="status">
        {t('ui.newPassword.strength', { level: t(`ui.newPassword.level.${judgement?.level ?? 'none'}`) })}
        {judgement?.fault && !props.error && (
          <Text span fz="xs" c="var(--mantine-color-text)" display="block">
            {judgement.fault}
          </Text>
        )}
      </Text>
    </Stack>
  );
}

/** Null while nothing is typed or the rules are being loaded. */
function useJudgement(password: string, context: PasswordContext): Judgement | null {
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  const [typed] = useDebouncedValue(password, typingPauseMs);
  useEffect(() => {
    let current = true;
    const settle = (judged: Judgement | null) => current && setJudgement(judged);
    if (typed === '') settle(null);
    else void import('./password-judge.ts').then(({ judge }) => settle(judge(typed, context)));
    return () => {
      current = false;
    };
    // By value: callers make a new object each time they render.
  }, [typed, JSON.stringify(context)]);
  return judgement;
}
