import { answer } from '@sallyport/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api } from '../api/client.ts';
import { tellOtherTabs } from './session-channel.ts';
import { endSession } from './session-end.ts';

/** Ends the session here, in the service, and in the other tabs of this browser. */
export function useSignOut() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/auth/logout')),
    onSuccess: async () => {
      tellOtherTabs('signed-out');
      endSession();
      await navigate('/sign-in?notice=bye');
      client.clear();
    },
  });
}
