import { answer, fullAnswer, localDeadline } from '@sallyport/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Enrollment } from '../../base/api/types.ts';
import { meQuery } from '../../base/session/me.ts';
import type { Proof } from '../../ui/proof-fields.tsx';
import { setUnsavedCodes } from './unsaved-codes.ts';

/** An enrollment with its end by this device's clock, Unix time in milliseconds. */
export interface PendingEnrollment extends Enrollment {
  deadlineMs: number;
}

export const mfaQuery = queryOptions({
  queryKey: ['me', 'mfa'],
  queryFn: ({ signal }) => answer(api.GET('/api/v1/me/mfa', { signal })),
});

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
      setUnsavedCodes({ codes: backupCodes, origin });
      void refresh();
    },
    gcTime: 0,
  });
}

export const useConfirmEnrollment = () =>
  useNewCodes('enrolled', (body) => answer(api.POST('/api/v1/me/mfa/totp/confirm', { body })));

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
