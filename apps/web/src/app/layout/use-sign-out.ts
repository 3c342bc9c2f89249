import { useSession } from '@sallyport/react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/notify.tsx';

/** Signs out, or says that it failed. */
export function useSignOut(): () => void {
  const { t } = useTranslation();
  const { signOut } = useSession();
  return () =>
    void signOut().catch(() =>
      notify({ color: 'red', title: t('frame.signOutFailed.title'), message: t('frame.signOutFailed.text') }),
    );
}
