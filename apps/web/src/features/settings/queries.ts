import { answer, versionedAnswer } from '@sallyport/client';
import type { OwnSettings, PreviewGroup } from '@sallyport/core';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Result } from '../../base/api/types.ts';
import { session } from '../../base/session/session.ts';
import type { Change } from '../../ui/use-versioned-form.ts';

export type Preview = Result<'/api/v1/organizations/{id}/settings/preview', 'post', 200>;

export function settingsQuery(organizationId: string) {
  const params = { path: { id: organizationId } };
  return queryOptions({
    queryKey: ['settings', organizationId],
    queryFn: ({ signal }) => versionedAnswer(api.GET('/api/v1/organizations/{id}/settings', { params, signal })),
  });
}

/** Who could, and who could not, sign in once these settings were in force; by name those of the group. */
export function previewQuery(
  organizationId: string,
  changes: Partial<OwnSettings>,
  enabled: boolean,
  group: PreviewGroup = 'stranded',
) {
  const path = { id: organizationId };
  return infiniteQueryOptions({
    queryKey: ['settings-preview', organizationId, changes, group],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.POST('/api/v1/organizations/{id}/settings/preview', {
          params: { path, query: { group, limit: 25, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          body: changes,
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    select: ({ pages }) => pages[0] && { ...pages[0], users: pages.flatMap(({ users }) => users) },
    enabled,
    // It changes with everything that other admins do.
    gcTime: 0,
  });
}

export function useUpdateSettings(organizationId: string) {
  const client = useQueryClient();
  const params = { path: { id: organizationId } };
  return useMutation({
    mutationFn: ({ changes }: Change<Partial<OwnSettings>>) =>
      versionedAnswer(api.PATCH('/api/v1/organizations/{id}/settings', { params, body: changes })),
    onSuccess: (settings) => {
      // A second factor that is required is required of whoever chose that, too.
      void session.reload().catch(() => undefined);
      client.setQueryData(settingsQuery(organizationId).queryKey, settings);
      // Customers follow their partner.
      void client.invalidateQueries({
        queryKey: ['settings'],
        predicate: ({ queryKey }) => queryKey[1] !== organizationId,
      });
    },
  });
}
