import { infiniteQueryOptions, keepPreviousData, type QueryKey } from '@tanstack/react-query';

interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
}

/** A list that is fetched page by page; what is shown stays until the answer to another filter is there. */
export function pagedQuery<T>(
  queryKey: QueryKey,
  fetchPage: (cursor: { cursor?: string }, signal: AbortSignal) => Promise<PageOf<T>>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam === null ? {} : { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  });
}
