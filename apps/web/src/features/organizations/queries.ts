import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer } from '../../base/api/answer.ts';
import { api } from '../../base/api/client.ts';
import type { Organization } from '../../base/api/types.ts';

const key = ['organizations'] as const;
const largestPage = 100;
/** Bounds what a chooser loads: 2000 organizations. */
const mostPages = 20;

/** The organizations of the caller, page by page. */
export const organizationsQuery = infiniteQueryOptions({
  queryKey: [...key, 'pages'],
  queryFn: ({ pageParam, signal }) =>
    answer(api.GET('/api/v1/organizations', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

/** All organizations of the caller, for choosing one by name. */
export const allOrganizationsQuery = queryOptions({
  queryKey: [...key, 'all'],
  queryFn: async ({ signal }) => {
    const items: Organization[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const query: { limit: number; cursor?: string } = { limit: largestPage, ...(cursor ? { cursor } : {}) };
      const next = await answer(api.GET('/api/v1/organizations', { params: { query }, signal }));
      items.push(...next.items);
      cursor = next.nextCursor;
      if (!cursor) break;
    }
    return items;
  },
  staleTime: 60_000,
});

export function organizationQuery(id: string) {
  return queryOptions({
    queryKey: [...key, id],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/organizations/{id}', { params: { path: { id } }, signal })),
  });
}

export function useCreateOrganization() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; slug: string }) => answer(api.POST('/api/v1/organizations', { body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: key }),
  });
}

export function useUpdateOrganization(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; slug?: string }) =>
      answer(api.PATCH('/api/v1/organizations/{id}', { params: { path: { id } }, body })),
    onSuccess: () => void client.invalidateQueries({ queryKey: key }),
  });
}
