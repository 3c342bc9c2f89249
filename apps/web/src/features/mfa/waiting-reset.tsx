import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MfaState } from '../../base/api/types.ts';
import { News } from '../../ui/news.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { useStopOwnReset } from './queries.ts';

/** An admin asked for a reset of this user's second factor, and it waits. */
export function WaitingReset({ reset }: { reset: MfaState['pendingReset'] }) {
  const { t } = useTranslation();
  const stop = useStopOwnReset();
  if (!reset) return null;
  const { dueAt, needsSecondAdmin, reason, recovery = false } = reset;
  return (
    <News color="yellow" takesFocus={false} title={t('mfa.waiting.title')}>
      <Stack gap="xs" align="flex-start">
        <Text fz="sm">
          {t(needsSecondAdmin ? 'mfa.waiting.needsAnother' : 'mfa.waiting.needsNothing')} {t('mfa.waiting.dueAt')}{' '}
          <RelativeTime value={dueAt} />.
        </Text>
        {recovery && <Text fz="sm">{t('mfa.waiting.recovery')}</Text>}
        {reason !== undefined && <Text fz="sm">{t('mfa.waiting.reason', { reason })}</Text>}
        <Text fz="sm">{t('mfa.waiting.text')}</Text>
        <ProblemAlert error={stop.error} />
        <Button color="red" size="xs" loading={stop.isPending} onClick={() => stop.mutate()}>
          {t('mfa.waiting.stop')}
        </Button>
      </Stack>
    </News>
  );
}
