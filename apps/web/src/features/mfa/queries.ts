import { answer, fullAnswer, localDeadline } from '@sallyport/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Enrollment, Factor } from '../../base/api/types.ts';
import { makePasskey } from '../../base/passkey.ts';
import { meQuery } from '../../base/session/me.ts';
import type { Proof } from '../../ui/proof-fields.tsx';
import { setUnsavedCodes } from './unsaved-codes.ts';

/** An enrollment with its end by this device's clock, Unix time in milliseconds. */
export interface PendingEnrollment extends Enrollment {
  deadlineMs: number;
}

/** Asks again for all that says whether MFA is on. */
function useRefreshMfa() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: meQuery.queryKey });
}

export function useStartEnrollment() {
  return useMutation({
    mutationFn: async (): Promise<PendingEnrollment> => {
      const { data, response } = await fullAnswer(api.POST('/api/v1/me/mfa/totp'));
      return { ...data, deadlineMs: localDeadline(data.expiresAt, response) };
    },
    // The secret must not stay in memory longer than the page that shows it.
    gcTime: 0,
  });
}

/** What hands out new codes; they are kept until the person has saved them. */
function useNewCodes(origin: 'enrolled' | 'regenerated', send: (body: Proof) => Promise<{ backupCodes: string[] }>) {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: send,
    onSuccess: ({ backupCodes }) => {
      // None come with a further factor.
      if (backupCodes.length > 0) setUnsavedCodes({ codes: backupCodes, origin });
      void refresh();
    },
    gcTime: 0,
  });
}

export const useConfirmEnrollment = () =>
  useNewCodes('enrolled', ({ password, code = '' }) =>
    answer(api.POST('/api/v1/me/mfa/totp/confirm', { body: { password, code } })),
  );

export const useRegenerateBackupCodes = () =>
  useNewCodes('regenerated', (body) => answer(api.POST('/api/v1/me/mfa/backup-codes', { body })));

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

/** Has the browser make a passkey, and adds it. */
export function useAddPasskey() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      const options = await answer(api.POST('/api/v1/me/mfa/passkeys/options', { body: { password } }));
      const response = await makePasskey(options);
      return answer(api.POST('/api/v1/me/mfa/passkeys', { body: { name, response } }));
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
