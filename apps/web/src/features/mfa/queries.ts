import { answer, fullAnswer, localDeadline } from '@sallyport/client';
import { makePasskey } from '@sallyport/react';
import { queryOptions, useMutation } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Factor } from '../../base/api/types.ts';
import { useRefreshMfa } from '../../base/session/mfa.ts';
import type { Proof } from '../../ui/proof-fields.tsx';
import { setUnsavedCodes } from './unsaved-codes.ts';

export function useRegenerateBackupCodes() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: Proof) => answer(api.POST('/api/v1/me/mfa/backup-codes', { body })),
    onSuccess: ({ backupCodes }) => {
      setUnsavedCodes({ codes: backupCodes, origin: 'regenerated' });
      void refresh();
    },
    gcTime: 0,
  });
}

/** @param onDisabled called at once, before the page has learnt that MFA is off and takes the dialog away */
export function useDisableMfa(onDisabled: () => void) {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: Proof) => answer(api.POST('/api/v1/me/mfa/disable', { body })),
    onSuccess: () => {
      onDisabled();
      void refresh();
    },
  });
}

/** Reads anew where it was stopped, and where it had taken place. */
export function useStopOwnReset() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me/mfa/reset')),
    onSettled: refresh,
  });
}

/** The secret of the app of another phone, which is to be scanned. */
export function useStartCandidate() {
  return useMutation({
    mutationFn: async (body: Proof) => {
      const { data, response } = await fullAnswer(api.POST('/api/v1/me/mfa/totp/candidate', { body }));
      return { ...data, deadlineMs: localDeadline(data.expiresAt, response) };
    },
    gcTime: 0,
  });
}

export function useConfirmCandidate() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/v1/me/mfa/totp/candidate/confirm', { body: { code } })),
    onSuccess: refresh,
  });
}

export function useRemoveCandidate() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/me/mfa/totp/candidate')),
    onSuccess: refresh,
  });
}

export const recoveryAddressQuery = queryOptions({
  queryKey: ['me', 'recovery-address'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/recovery-address', { signal })),
});

/** A reset that waited may have been stopped with it. */
export function useNameRecoveryAddress() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: Proof & { address: string }) => answer(api.POST('/api/v1/me/recovery-address', { body })),
    onSuccess: refresh,
  });
}

export function useRemoveRecoveryAddress() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: Proof) => answer(api.POST('/api/v1/me/recovery-address/remove', { body })),
    onSuccess: refresh,
  });
}

/** Has the browser make a passkey, and adds it. */
export function useAddPasskey() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: async ({ name, password, ...pass }: { name: string; password: string; pass?: string }) => {
      const options = await answer(api.POST('/api/v1/me/mfa/passkeys/options', { body: { password, ...pass } }));
      const response = await makePasskey(options);
      return answer(api.POST('/api/v1/me/mfa/passkeys', { body: { name, response, ...pass } }));
    },
    onSuccess: ({ backupCodes }) => {
      if (backupCodes) setUnsavedCodes({ codes: backupCodes, origin: 'enrolled' });
      return refresh();
    },
    gcTime: 0,
  });
}

export function useRenamePasskey(id: string) {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: { name: string }) =>
      answer(api.PATCH('/api/v1/me/mfa/passkeys/{id}', { params: { path: { id } }, body })),
    onSuccess: refresh,
  });
}

/** @param onLast called where MFA is off afterwards, before the page has learnt of it */
export function useRemoveFactor({ id, kind }: Factor, onLast: (() => void) | null) {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: Proof) =>
      answer(
        kind === 'totp'
          ? api.POST('/api/v1/me/mfa/totp/remove', { body })
          : api.POST('/api/v1/me/mfa/passkeys/{id}/remove', { params: { path: { id } }, body }),
      ),
    onSuccess: () => {
      onLast?.();
      void refresh();
    },
  });
}
