import { BACKUP_CODES_LOW } from '@sallyport/core';
import { IconKey } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { mfaQuery } from '../../base/session/mfa.ts';
import { notify } from '../../ui/notify.tsx';

/** Tells, after a sign-in with a backup code, how many are left, and urges to make new ones when they are few. */
export function useBackupCodeNotice() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();

  return async () => {
    const state = await client.fetchQuery(mfaQuery).catch(() => null);
    if (state?.backupCodesRemaining === undefined) return;
    const few = state.backupCodesRemaining <= BACKUP_CODES_LOW;
    notify({
      id: 'backup-codes-left',
      color: few ? 'yellow' : 'pine',
      icon: <IconKey size={18} aria-hidden />,
      autoClose: few ? false : 12_000,
      title: t('signIn.backupCodeUsed.title'),
      message: t('signIn.backupCodeUsed.left', { count: state.backupCodesRemaining }),
      action: few && { label: t('signIn.backupCodeUsed.regenerate'), run: () => void navigate('/account/mfa') },
    });
  };
}
