import { Button, type ButtonProps, Group, Text } from '@mantine/core';
import { SavedMark } from './saved-mark.tsx';

interface SaveLineProps extends ButtonProps {
  /** Without it the button submits the form around it. */
  onClick?: () => void;
  mutation: { isPending: boolean; isSuccess: boolean };
  /** What came of it; empty while there is nothing to say. */
  message: string;
}

/** The button that saves, and beside it what came of it. */
export function SaveLine({ mutation, message, ...button }: SaveLineProps) {
  return (
    <Group gap="sm">
      <Button type={button.onClick ? 'button' : 'submit'} loading={mutation.isPending} {...button} />
      {message && (mutation.isSuccess ? <SavedMark>{message}</SavedMark> : <Text fz="sm">{message}</Text>)}
    </Group>
  );
}
