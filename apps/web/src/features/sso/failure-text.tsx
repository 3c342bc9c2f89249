import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RelativeTime } from '../../ui/time.tsx';
import type { Connection } from './queries.ts';

/** When a sign-in through the connection failed last, and why. */
export function FailureText({ failure }: { failure: NonNullable<Connection['lastFailure']> }) {
  const { t } = useTranslation();
  return (
    <>
      <RelativeTime value={failure.at} />
      <Text fz="sm" c="var(--mantine-color-error)">
        {failure.cause}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('sso.page.cause', { requestId: failure.requestId })}
      </Text>
    </>
  );
}
