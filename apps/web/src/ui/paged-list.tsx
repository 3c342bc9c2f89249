import { Button, Group, Stack, Text } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ListSkeleton } from './list-skeleton.tsx';
import { Panel } from './panel.tsx';
import { QueryView } from './query-view.tsx';

interface PagedListProps<T> {
  query: UseInfiniteQueryResult<T[]>;
  /** In place of a list without rows. */
  empty: ReactNode;
  /** Below the list. */
  note?: string;
  children: (rows: readonly T[]) => ReactNode;
}

/** A framed list that comes page by page; pale while the rows for another filter are on their way. */
export function PagedList<T>({ query, empty, note, children }: PagedListProps<T>) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Panel p={0} style={{ overflow: 'hidden', opacity: query.isPlaceholderData ? 0.6 : 1 }}>
        <QueryView query={query} skeleton={<ListSkeleton rows={6} p="md" />}>
          {(rows) => (rows.length > 0 ? children(rows) : empty)}
        </QueryView>
      </Panel>
      <Group justify="space-between">
        <Text fz="sm" c="dimmed">
          {note}
        </Text>
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('ui.loadMore')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
