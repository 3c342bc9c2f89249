import { answer } from '@sallyport/client';
import { askPasskey } from '@sallyport/react';
import { useMutation } from '@tanstack/react-query';
import { api } from '../base/api/client.ts';

/** Asks the signed-in user for a passkey. */
export const useAskAgain = () =>
  useMutation({
    mutationFn: async () => askPasskey(await answer(api.POST('/api/v1/me/mfa/passkey-options'))),
    gcTime: 0,
  });
