import type { Versioned } from '@sallyport/client';
import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query';

/**
 * Fetches what a versioned form edits, once: a refresh behind its back would move the version that the person has seen.
 *
 * @returns with `reload`, which fetches the newest version when the person asks for it
 */
export function useVersionedQuery<T, Key extends QueryKey>(
  options: UseQueryOptions<Versioned<T>, Error, Versioned<T>, Key>,
) {
  const query = useQuery({
    ...options,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const reload = async (): Promise<Versioned<T>> => {
    const { data } = await query.refetch({ throwOnError: true });
    if (!data) throw query.error;
    return data;
  };
  return { query, reload };
}
