import { answer } from '@sallyport/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Body, Result } from '../../base/api/types.ts';

const accountsPath = '/api/v1/organizations/{id}/service-accounts';

export type ServiceAccount = Result<typeof accountsPath, 'get', 200>['items'][number];
export type CreatedServiceAccount = Result<typeof accountsPath, 'post', 201>;
type NewServiceAccount = Body<typeof accountsPath, 'post'>;

const keyOf = (organizationId: string) => ['service-accounts', organizationId] as const;

export function serviceAccountsQuery(organizationId: string) {
  return queryOptions({
    queryKey: keyOf(organizationId),
    queryFn: async ({ signal }) =>
      (await answer(api.GET(accountsPath, { params: { path: { id: organizationId } }, signal }))).items,
  });
}

export function useCreateServiceAccount(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewServiceAccount) =>
      answer(api.POST(accountsPath, { params: { path: { id: organizationId } }, body })),
    // The answer holds the key.
    gcTime: 0,
    onSuccess: () => void client.invalidateQueries({ queryKey: keyOf(organizationId) }),
  });
}

export function useRevokeServiceAccount(organizationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (accountId: string) =>
      answer(api.DELETE(`${accountsPath}/{accountId}`, { params: { path: { id: organizationId, accountId } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: keyOf(organizationId) }),
  });
}
