import { Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './use-page-title.ts';

interface MessagePageProps {
  icon: ReactNode;
  title: string;
  text: string;
  children?: ReactNode;
}

/** A page that has one thing to say and says where to go next. */
export function MessagePage({ icon, title, text, children }: MessagePageProps) {
  const heading = usePageTitle(title);
  return (
    <Stack align="center" ta="center" gap="sm" py="xl" maw={460} mx="auto">
      <ThemeIcon variant="light" size={56} radius="xl">
        {icon}
      </ThemeIcon>
      <Title order={1} ref={heading} tabIndex={-1}>
        {title}
      </Title>
      <Text c="dimmed">{text}</Text>
      {children && (
        <Group justify="center" mt="xs">
          {children}
        </Group>
      )}
    </Stack>
  );
}
