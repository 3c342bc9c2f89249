import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from './use-page-title.ts';

interface PageHeadingProps {
  children: string;
  description?: ReactNode;
  /** Buttons and links at the end of the line. */
  actions?: ReactNode;
  takesFocus?: boolean;
}

/** The h1 of a page; see {@link usePageTitle}. */
export function PageHeading({ children, description, actions, takesFocus = true }: PageHeadingProps) {
  const heading = usePageTitle(children, takesFocus);
  return (
    <Group justify="space-between" align="flex-start" gap="md" mb="lg">
      <Stack gap={4} flex="1 1 18rem">
        <Title order={1} ref={heading} tabIndex={-1}>
          {children}
        </Title>
        {description && (
          <Text c="dimmed" maw="65ch">
            {description}
          </Text>
        )}
      </Stack>
      {actions && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
