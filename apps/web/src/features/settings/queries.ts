import type { OwnSettings } from '@sallyport/core';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { versionedAnswer } from '../../base/api/answer.ts';
import { api } from '../../base/api/client.ts';
import type { Change } from '../../ui/use-versioned-form.ts';

export function settingsQuery(organizationId: string) {
  const params = { path: { id: organizationId } };
  return queryOptions({
    queryKey: ['settings', organizationId],
    queryFn: ({ signal }) => versionedAnswer(api.GET('/api/v1/organizations/{id}/settings', { params, signal })),
  });
}

export function useUpdateSettings(organizationId: string) {
  const client = useQueryClient();
  const params = { path: { id: organizationId } };
  return useMutation({
    mutationFn: ({ changes }: Change<Partial<OwnSettings>>) =>
      versionedAnswer(api.PATCH('/api/v1/organizations/{id}/settings', { params, body: changes })),
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery(organizationId).queryKey, settings);
      // Customers follow their partner.
      void client.invalidateQueries({
        queryKey: ['settings'],
        predicate: ({ queryKey }) => queryKey[1] !== organizationId,
      });
    },
  });
}
