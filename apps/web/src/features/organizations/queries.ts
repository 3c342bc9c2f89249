import { answer, versionedAnswer } from '@sallyport/client';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import { pagedQuery } from '../../base/api/paged-query.ts';
import type { Me, Organization } from '../../base/api/types.ts';
import { managesCustomers, useMe } from '../../base/session/me.tsx';
import type { Change } from '../../ui/use-versioned-form.ts';

const key = ['organizations'] as const;
const largestPage = 100;
/** Bounds what a chooser loads: 2000 organizations. */
const mostPages = 20;

/** The organizations of the caller, page by page. */
export const organizationsQuery = pagedQuery([...key, 'pages'], (cursor, signal) =>
  answer(api.GET('/api/v1/organizations', { params: { query: cursor }, signal })),
);

const allOrganizationsQuery = queryOptions({
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

/** All organizations of the caller, for choosing one by name; its own alone until they are there. */
export function useOrganizations(): readonly Me['organization'][] {
  const me = useMe();
  const { data } = useQuery({ ...allOrganizationsQuery, enabled: managesCustomers(me) });
  return data ?? [me.organization];
}

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
    mutationFn: ({ changes }: Change<{ name?: string; slug?: string }>) =>
      versionedAnswer(api.PATCH('/api/v1/organizations/{id}', { params: { path: { id } }, body: changes })),
    onSuccess: () => void client.invalidateQueries({ queryKey: key }),
  });
}
