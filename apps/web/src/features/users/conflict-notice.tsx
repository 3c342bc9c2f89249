import { Alert, Button, List, Text } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { UserDraft } from './user-draft.ts';

interface ConflictNoticeProps {
  /** The refusal, while the newest version is not loaded. */
  error: unknown;
  /** What somebody else changed; null until the newest version is loaded. */
  changed: readonly (keyof UserDraft)[] | null;
  newest: UserDraft;
  onReload: () => Promise<void>;
}

/** Somebody else was faster: explains, loads the newest version under the person's edits, and shows what changed. */
export function ConflictNotice({ error, changed, newest, onReload }: ConflictNoticeProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);

  useEffect(() => box.current?.focus(), [error, changed]);

  const load = async () => {
    setLoading(true);
    setFailure(null);
    await onReload().catch(setFailure);
    setLoading(false);
  };

  const shownValue = (field: keyof UserDraft): string => {
    if (field === 'name') return newest.name;
    if (field === 'role') return t(`words.role.${newest.role}`);
    if (field === 'access') return t(`words.access.${newest.access}`);
    if (field === 'status') return t(`words.status.${newest.status}`);
    return t(newest.mfaEnabled ? 'users.mfaOn' : 'users.mfaOff');
  };

  return (
    <div ref={box} role="alert" tabIndex={-1}>
      <Alert color="yellow" icon={<IconArrowMerge aria-hidden />} title={t('users.editPage.conflict.title')}>
        {error ? (
          <>
            <Text fz="sm" mb="sm">
              {t('users.editPage.conflict.text')}
            </Text>
            <Button size="xs" variant="default" loading={loading} onClick={() => void load()}>
              {t('users.editPage.conflict.load')}
            </Button>
            <ProblemAlert error={failure} />
          </>
        ) : (
          <>
            <Text fz="sm">{t('users.editPage.conflict.loaded')}</Text>
            {changed && changed.length > 0 && (
              <>
                <Text fz="sm" mt="xs">
                  {t('users.editPage.conflict.changedBelow')}
                </Text>
                <List size="sm">
                  {changed.map((field) => (
                    <List.Item key={field}>
                      {t('users.editPage.conflict.change', {
                        field: t(field === 'mfaEnabled' ? 'users.columns.mfa' : `users.form.${field}`),
                        value: shownValue(field),
                      })}
                    </List.Item>
                  ))}
                </List>
              </>
            )}
          </>
        )}
      </Alert>
    </div>
  );
}
