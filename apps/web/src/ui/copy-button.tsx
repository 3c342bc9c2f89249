import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { announce } from './announcer.tsx';

interface CopyButtonProps extends ActionIconProps {
  value: string;
  /** What the button does, in words. */
  label: string;
  /** What is said when it is done. */
  done: string;
}

/** Puts a value on the clipboard. */
export function CopyButton({ value, label, done, ...icon }: CopyButtonProps) {
  const clipboard = useClipboard();
  const Icon = clipboard.copied ? IconCheck : IconCopy;
  const copy = () => {
    clipboard.copy(value);
    announce(done);
  };
  return (
    <Tooltip label={label} openDelay={300}>
      <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={label} {...icon}>
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
