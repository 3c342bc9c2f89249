import { answer, fullAnswer, localDeadline } from '@sallyport/client';
import type { CodeMethod } from '@sallyport/core';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '../../base/api/client.ts';
import type { Me, Result } from '../../base/api/types.ts';
import { askPasskey } from '../../base/passkey.ts';
import { meQuery } from '../../base/session/me.ts';
import { tellOtherTabs } from '../../base/session/session-channel.ts';
import { forgetChallenge, keepChallenge } from './challenge.ts';

const wholeAddress = /^[^\s@]+@([^\s@.]+\.)+[^\s@.]{2,}$/;

/** True when typing seems to be finished, and it is worth asking how this domain signs in. */
const looksWhole = (email: string): boolean => wholeAddress.test(email);

export type Invitation = Result<'/api/v1/auth/invitation', 'post', 200>;
export type MailedLink = Result<'/api/v1/auth/sso-link', 'post', 200>;
export type SignInOptions = Result<'/api/v1/auth/sign-in-options', 'get', 200>;

function optionsQuery(of: { email: string } | { organization: string }, key: string | undefined, enabled: boolean) {
  return queryOptions({
    queryKey: ['sign-in-options', Object.keys(of)[0], key],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/auth/sign-in-options', { params: { query: of }, signal })),
    enabled,
    staleTime: 60_000,
  });
}

/** How the domain of an address signs in; one answer for all addresses of the domain. */
export function signInOptionsQuery(address: string) {
  const email = address.trim();
  return optionsQuery({ email }, email.split('@')[1]?.toLowerCase(), looksWhole(email));
}

/** How an organization signs in, for its own sign-in link (`?organization=`). */
export const organizationOptionsQuery = (slug: string | null) =>
  optionsQuery({ organization: slug ?? '' }, slug ?? '', Boolean(slug));

/** Puts the new user in the place of whoever was here before, and goes to `path`. */
function useEnter() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (user: Me, path: string) => {
    forgetChallenge();
    client.clear();
    client.setQueryData(meQuery.queryKey, user);
    tellOtherTabs('signed-in');
    await navigate(path, { replace: true });
  };
}

/** First step: enters, or goes on to the second step. */
export function useSignIn(returnTo: string) {
  const enter = useEnter();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => fullAnswer(api.POST('/api/v1/auth/login', { body })),
    onSuccess: async ({ data, response }) => {
      if (data.status === 'authenticated') return enter(data.user, returnTo);
      keepChallenge({ methods: data.methods, deadlineMs: localDeadline(data.expiresAt, response), returnTo });
      await navigate('/sign-in/verify');
    },
  });
}

/** Second step, with a code. */
export function useVerify(returnTo: string) {
  const enter = useEnter();
  return useMutation({
    mutationFn: (body: { method: CodeMethod; code: string }) => answer(api.POST('/api/v1/auth/login/mfa', { body })),
    onSuccess: ({ user }) => enter(user, returnTo),
  });
}

/** Second step, with a passkey. */
export function useVerifyPasskey(returnTo: string) {
  const enter = useEnter();
  return useMutation({
    mutationFn: async () => {
      const response = await askPasskey(await answer(api.POST('/api/v1/auth/login/mfa/passkey-options')));
      return answer(api.POST('/api/v1/auth/login/mfa', { body: { method: 'passkey', response } }));
    },
    onSuccess: ({ user }) => enter(user, returnTo),
  });
}

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
