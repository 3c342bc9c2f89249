import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The address that an account here is known by. */
export function EmailField(props: TextInputProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      size="md"
      type="email"
      label={t('words.field.email')}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      aria-required
      {...props}
    />
  );
}
