import { answer } from '@sallyport/client';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import { session } from './session.ts';

/** Second factors and backup codes of the signed-in user. */
export const mfaQuery = queryOptions({
  queryKey: ['me', 'mfa'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/mfa', { signal })),
});

/** Asks again for all that says whether MFA is on. */
export function useRefreshMfa() {
  const client = useQueryClient();
  return () => Promise.all([session.reload().catch(() => null), client.invalidateQueries({ queryKey: ['me'] })]);
}
