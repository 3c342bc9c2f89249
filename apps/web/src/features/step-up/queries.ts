import { answer } from '@sallyport/client';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import type { Body } from '../../base/api/types.ts';

/** Makes the session fresh. */
export const useStepUp = () =>
  useMutation({
    mutationFn: (body: Body<'/api/v1/auth/step-up', 'post'>) => answer(api.POST('/api/v1/auth/step-up', { body })),
  });

/** Leaves for the provider, which asks the person anew, and comes back to this page. */
export function startAtProvider(connectionId: string): void {
  const { pathname, search, hash } = window.location;
  const query = new URLSearchParams({ fresh: 'true', returnTo: pathname + search + hash });
  window.location.assign(`/api/v1/auth/sso/${connectionId}/start?${query}`);
}
