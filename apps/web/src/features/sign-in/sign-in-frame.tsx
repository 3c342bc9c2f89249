import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePageTitle } from '../../ui/use-page-title.ts';

interface SignInFrameProps {
  title: string;
  text?: ReactNode;
  /** True when a field takes the focus, so that the heading must not. */
  fieldHasFocus?: boolean;
  children: ReactNode;
  /** Below the frame. */
  footer?: ReactNode;
}

/** The card that all pages without a session share. */
export function SignInFrame({ title, text, fieldHasFocus = false, children, footer }: SignInFrameProps) {
  const heading = usePageTitle(title, !fieldHasFocus);
  return (
    <Stack gap="md">
      <Paper p={{ base: 'lg', xs: 'xl' }} shadow="xs">
        <Stack gap="lg">
          <Stack gap={6}>
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {text && (
              <Text c="dimmed" fz="sm">
                {text}
              </Text>
            )}
          </Stack>
          {children}
        </Stack>
      </Paper>
      {footer && (
        <Text ta="center" fz="sm" c="dimmed">
          {footer}
        </Text>
      )}
    </Stack>
  );
}
