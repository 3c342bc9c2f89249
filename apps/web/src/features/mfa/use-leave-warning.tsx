import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { notify } from '../../ui/notify.tsx';
import { useAskBeforeUnload } from '../../ui/use-ask-before-unload.ts';
import { getUnsavedCodes } from './unsaved-codes.ts';

const id = 'unsaved-backup-codes';

/**
 * Warns when the page is left before the codes are saved. Closing or reloading asks first, for then they are lost.
 * Going elsewhere in the SPA is not held up: the codes stay in memory, and a notice that remains leads back to them.
 */
export function useLeaveWarning(unsaved: boolean): void {
  const { t } = useTranslation();
  const navigate = useNavigate();

  useAskBeforeUnload(unsaved);

  useEffect(() => {
    notifications.hide(id);
    return () => {
      if (!getUnsavedCodes()) return;
      notify({
        id,
        color: 'yellow',
        autoClose: false,
        icon: <IconAlertTriangle size={18} aria-hidden />,
        title: t('mfa.codes.unsavedTitle'),
        message: t('mfa.codes.unsavedText'),
        action: { label: t('mfa.codes.showAgain'), run: () => void navigate('/account/mfa') },
      });
    };
  }, [t, navigate]);
}
