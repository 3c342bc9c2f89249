import { answer } from '@sallyport/client';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import { useRefreshMfa } from '../../base/session/mfa.ts';

/** @param onAnswered called at once, before the page has learnt that no code is asked for any more */
export function useCheckApp(onAnswered: () => void) {
  const refresh = useRefreshMfa();
  return useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/v1/me/mfa/totp/check', { body: { code } })),
    onSuccess: () => {
      onAnswered();
      void refresh();
    },
    gcTime: 0,
  });
}

/** Whether a backup code is good; it is not spent. */
export function useTestBackupCode() {
  return useMutation({
    mutationFn: (code: string) => answer(api.POST('/api/v1/me/mfa/backup-codes/check', { body: { code } })),
    gcTime: 0,
  });
}
