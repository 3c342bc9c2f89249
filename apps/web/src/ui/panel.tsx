import { Group, Paper, type PaperProps, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface PanelProps extends PaperProps {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}

/** A section of a page in its own frame, with an h2. */
export function Panel({ title, description, actions, children, ...paper }: PanelProps) {
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} {...paper}>
      <Stack gap="md">
        {(title || actions) && (
          <Group justify="space-between" align="flex-start">
            <Stack gap={2} flex="1 1 14rem">
              {title && <Title order={2}>{title}</Title>}
              {description && (
                <Text c="dimmed" fz="sm">
                  {description}
                </Text>
              )}
            </Stack>
            {actions}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  );
}
