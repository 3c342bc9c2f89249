import { TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { isSlug } from '@sallyport/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

export interface Names {
  name: string;
  slug: string;
}

/** What the name and the short name of an organization must be. */
export const namesRules = (t: TFunction) => ({
  name: (value: string) => (value.trim() === '' ? t('words.nameMissing') : null),
  slug: (value: string) => (isSlug(value) ? null : t('organizations.slugWrong')),
});

interface NameFieldsProps {
  form: UseFormReturnType<Names>;
  disabled?: boolean;
  /** In place of changing the field alone. */
  onName?: (name: string) => void;
  onSlug?: (slug: string) => void;
}

/** Name and short name of an organization. */
export function NameFields({ form, disabled = false, onName, onSlug }: NameFieldsProps) {
  const { t } = useTranslation();
  const shared = { disabled, autoComplete: 'off', 'aria-required': true };
  return (
    <>
      <TextInput
        {...shared}
        data-autofocus
        label={t('words.field.name')}
        maxLength={200}
        {...form.getInputProps('name')}
        {...(onName ? { onChange: (event) => onName(event.currentTarget.value) } : {})}
      />
      <TextInput
        {...shared}
        label={t('organizations.slug')}
        description={t('organizations.slugHint')}
        maxLength={63}
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('slug')}
        {...(onSlug ? { onChange: (event) => onSlug(event.currentTarget.value) } : {})}
      />
    </>
  );
}
