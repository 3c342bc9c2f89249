import { TextInput, type TextInputProps } from '@mantine/core';
import { PASSKEY_NAME_LENGTH } from '@sallyport/core';
import { useTranslation } from 'react-i18next';

/** What a passkey has to be called by, for the form that holds {@link PasskeyNameField}. */
export function usePasskeyNameRule(): (name: string) => string | null {
  const { t } = useTranslation();
  return (name) => (name.trim() === '' ? t('mfa.passkey.nameMissing') : null);
}

/** The field `Name`, the first of its dialog. */
export function PasskeyNameField(props: TextInputProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('mfa.passkey.name')}
      maxLength={PASSKEY_NAME_LENGTH}
      autoComplete="off"
      data-autofocus
      aria-required
      errorProps={{ role: 'alert' }}
      {...props}
    />
  );
}
