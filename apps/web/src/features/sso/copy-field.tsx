import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../ui/announcer.tsx';

interface CopyFieldProps {
  label: string;
  value: string;
  description?: string;
}

/** A value to paste somewhere else. It can be selected by hand too, where scripts may not use the clipboard. */
export function CopyField({ label, value, description }: CopyFieldProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard();
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const name = t('sso.copy.button', { label });
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
        <Tooltip label={name} openDelay={300}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={name}
            onClick={() => {
              clipboard.copy(value);
              announce(t('sso.copy.done', { label }));
            }}
          >
            <Icon size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
    />
  );
}
