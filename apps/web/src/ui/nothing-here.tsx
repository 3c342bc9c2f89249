import { Group, Stack, Text } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NothingHereProps {
  icon: TablerIcon;
  title: string;
  text: string;
  children?: ReactNode;
}

/** An empty list: says why it is empty and what can be done. */
export function NothingHere({ icon: Icon, title, text, children }: NothingHereProps) {
  return (
    <Stack align="center" ta="center" gap="xs" px="md" py="xl">
      <Icon size={36} stroke={1.4} color="var(--mantine-color-dimmed)" aria-hidden />
      <Text fw={600}>{title}</Text>
      <Text fz="sm" c="dimmed" maw="44ch">
        {text}
      </Text>
      {children && <Group mt="xs">{children}</Group>}
    </Stack>
  );
}
