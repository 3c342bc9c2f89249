import { Alert, Text } from '@mantine/core';
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { account } from './texts.ts';

type Reason = Exclude<keyof typeof account.identities.failed, 'title' | 'other'>;

const isReason = (code: string): code is Reason =>
  code in account.identities.failed && code !== 'title' && code !== 'other';

/**
 * What came of linking an account: the provider sends the browser back with `?linked=` or `?error=&requestId=`. The
 * parameters leave the address at once, so that a reload does not say it again.
 */
export function LinkOutcome() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const [shown] = useState(() => ({
    linked: query.has('linked'),
    failure: query.get('error'),
    requestId: query.get('requestId'),
  }));
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => box.current?.focus(), []);
  useEffect(() => {
    if (query.size > 0) setQuery({}, { replace: true });
  }, [query, setQuery]);

  if (shown.failure === null && !shown.linked) return null;
  if (shown.failure === null) {
    return (
      <div ref={box} role="status" tabIndex={-1}>
        <Alert color="green" icon={<IconCircleCheck aria-hidden />} title={t('account.identities.linked.title')}>
          {t('account.identities.linked.text')}
        </Alert>
      </div>
    );
  }
  const reason = isReason(shown.failure) ? shown.failure : 'other';
  return (
    <div ref={box} role="alert" tabIndex={-1}>
      <Alert color="red" icon={<IconAlertCircle aria-hidden />} title={t('account.identities.failed.title')}>
        <Text fz="sm">{t(`account.identities.failed.${reason}`)}</Text>
        {shown.requestId && (
          <Text fz="xs" c="dimmed" mt="xs">
            {t('problem.requestId', { id: shown.requestId })}
          </Text>
        )}
      </Alert>
    </div>
  );
}
