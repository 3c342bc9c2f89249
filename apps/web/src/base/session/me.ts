import { answer } from '@sallyport/client';
import { mayReadAdministration } from '@sallyport/core';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '../api/client.ts';
import type { Me } from '../api/types.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me', { signal })),
  staleTime: 60_000,
});

/** The signed-in user. Only below the signed-in layout, whose loader has fetched it. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether there are organizations besides its own that this user may look at. */
export function managesCustomers(me: Me): boolean {
  return mayReadAdministration(me) && me.organization.kind === 'partner';
}
