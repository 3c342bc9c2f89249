import { Group, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';

/** Says beside a button that its work is done; the caller announces it too. */
export function SavedMark({ children }: { children: string }) {
  return (
    <Group gap={6} c="green" component="span">
      <IconCheck size={18} aria-hidden />
      <Text component="span" fz="sm" fw={500}>
        {children}
      </Text>
    </Group>
  );
}
