import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.tsx';

interface CopyFieldProps {
  label: string;
  value: string;
  description?: string;
}

/** A value to paste somewhere else. It can be selected by hand too, where scripts may not use the clipboard. */
export function CopyField({ label, value, description }: CopyFieldProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      onFocus={(event) => event.currentTarget.select()}
      styles={{
        input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' },
      }}
      rightSection={
        <CopyButton value={value} label={t('ui.copy.button', { label })} done={t('ui.copy.done', { label })} />
      }
    />
  );
}
