import { Group, Skeleton, Stack, type StackProps } from '@mantine/core';

/** As high as a list of `rows`, so that nothing jumps when it comes. */
export function ListSkeleton({ rows, ...stack }: StackProps & { rows: number }) {
  return (
    <Stack gap="lg" {...stack}>
      {Array.from({ length: rows }, (_, row) => (
        <Group key={row} wrap="nowrap">
          <Skeleton width={40} height={40} radius="md" />
          <Stack gap={8} flex={1}>
            <Skeleton width="40%" height={14} />
            <Skeleton width="65%" height={12} />
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
