import { Group, Text } from '@mantine/core';

/** The gate and the name. Decoration: the link around it carries the name. */
export function Brand() {
  return (
    <Group gap={10} wrap="nowrap" component="span">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
        <path d="M8 25V14.5a8 8 0 0 1 16 0V25h-4.5V15a3.5 3.5 0 0 0-7 0v10z" fill="#fff" />
        <circle cx="16" cy="20.5" r="1.75" fill="#fff" />
      </svg>
      <Text component="span" fw={650} fz="lg" lts="-0.01em">
        Sallyport
      </Text>
    </Group>
  );
}
