import { answer } from '@sallyport/client';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../base/api/client.ts';
import { download } from '../../ui/download.ts';

/**
 * Downloads everything that is kept of a person. It is no query: the browser keeps the file, and this page nothing of it.
 *
 * @param userId whose data an admin asks for; one's own without it
 */
export function useExport(userId?: string) {
  return useMutation({
    mutationFn: async () => {
      const exported = await answer(
        userId === undefined
          ? api.GET('/api/v1/me/export')
          : api.GET('/api/v1/users/{id}/export', { params: { path: { id: userId } } }),
      );
      const name = `sallyport-${exported.user.email}-${exported.exportedAt.slice(0, 10)}.json`;
      download(name, JSON.stringify(exported, null, 2), 'application/json');
    },
  });
}
