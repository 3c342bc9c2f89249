import type { OwnSettings } from '@sallyport/core';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer } from '../../base/api/answer.ts';
import { api } from '../../base/api/client.ts';

export function settingsQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['settings', organizationId],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/organizations/{id}/settings', { params: { path: { id: organizationId } }, signal })),
  });
}

export function useUpdateSettings(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<OwnSettings>) =>
      answer(api.PATCH('/api/v1/organizations/{id}/settings', { params: { path: { id: organizationId } }, body })),
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
