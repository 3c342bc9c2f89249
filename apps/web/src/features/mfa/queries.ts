import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, fullAnswer } from '../../base/api/answer.ts';
import { api } from '../../base/api/client.ts';
import { localDeadline } from '../../base/api/local-deadline.ts';
import type { Enrollment } from '../../base/api/types.ts';
import { meQuery } from '../../base/session/me.ts';
import { setUnsavedCodes } from './unsaved-codes.ts';

/** Password and code, asked for again before anything about the authenticator changes. */
export interface Proof {
  password: string;
  code: string;
}

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

export function useConfirmEnrollment() {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (body: Proof) => answer(api.POST('/api/v1/me/mfa/totp/confirm', { body })),
    onSuccess: ({ backupCodes }) => {
      setUnsavedCodes({ codes: backupCodes, origin: 'enrolled' });
      void refresh();
    },
    gcTime: 0,
  });
}

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
