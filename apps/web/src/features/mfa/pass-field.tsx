import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mfaQuery } from '../../base/session/mfa.ts';

/** After a reset the first factor may need the pass that the admin read out. */
export function usePassRule() {
  const { t } = useTranslation();
  const isRequired = useQuery(mfaQuery).data?.passRequired ?? false;
  return {
    isRequired,
    validate: (value: string) => (isRequired && value.trim() === '' ? t('mfa.pass.missing') : null),
    beside: { pass_required: ['pass', t('mfa.pass.wrong')] },
    /** What is sent of it. */
    shown: (value: string) => (isRequired ? { pass: value.trim() } : {}),
  } as const;
}

/** Nothing where no pass is needed. */
export function PassField({ isRequired, ...input }: { isRequired: boolean } & object) {
  const { t } = useTranslation();
  if (!isRequired) return null;
  return (
    <TextInput
      label={t('mfa.pass.label')}
      description={t('mfa.pass.hint')}
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={64}
      aria-required
      errorProps={{ role: 'alert' }}
      {...input}
    />
  );
}
