import { answer } from '@sallyport/client';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Result } from '../../base/api/types.ts';

export type Invitation = Result<'/api/v1/auth/invitation', 'post', 200>;
export type MailedLink = Result<'/api/v1/auth/sso-link', 'post', 200>;

export function useRequestPasswordReset() {
  return useMutation({
    mutationFn: (body: { email: string }) => answer(api.POST('/api/v1/auth/password-reset', { body })),
  });
}

export function useResetPassword() {
  return useMutation({
    mutationFn: (body: { token: string; newPassword: string }) =>
      answer(api.POST('/api/v1/auth/password-reset/confirm', { body })),
  });
}

export function useDisputeMfaReset() {
  return useMutation({
    mutationFn: (body: { token: string }) => answer(api.POST('/api/v1/auth/mfa-reset/dispute', { body })),
  });
}

/** Who was invited, and to where. A POST, so that the token stays out of addresses and logs. */
export function invitationQuery(token: string) {
  return queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/auth/invitation', { body: { token }, signal })),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Whom a mailed link is for, and where the account can be. */
export function mailedLinkQuery(token: string) {
  return queryOptions({
    queryKey: ['mailed-link', token],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/auth/sso-link', { body: { token }, signal })),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Leaves for the provider. */
export function useStartMailedLink() {
  return useMutation({
    mutationFn: (body: { token: string; connectionId: string; code?: string }) =>
      answer(api.POST('/api/v1/auth/sso-link/start', { body })),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useAcceptInvitation() {
  return useMutation({
    mutationFn: (body: { token: string; password: string }) =>
      answer(api.POST('/api/v1/auth/invitation/accept', { body })),
  });
}
