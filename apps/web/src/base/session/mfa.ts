import { answer } from '@sallyport/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.ts';

/** Second factors and backup codes of the signed-in user. */
export const mfaQuery = queryOptions({
  queryKey: ['me', 'mfa'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/mfa', { signal })),
});
