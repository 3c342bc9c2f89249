import { ApiError } from '@sallyport/client';
import { QueryClient } from '@tanstack/react-query';

const maximumRetries = 2;

/** Tries again only what may heal by itself: no connection, or a service that is busy. */
function shouldRetry(failures: number, error: Error): boolean {
  const mayHeal = error instanceof ApiError && (error.code === 'network' || error.status === 503);
  return mayHeal && failures < maximumRetries;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: shouldRetry,
      retryDelay: (failures) => Math.min(400 * 2 ** failures, 3_000),
      // A browser that believes to be offline may still reach the service; a failed request tells, and is shown.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
