import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCountdown } from '../../ui/countdown.ts';

const lastMinute = 60;

/** Of the pending sign-in. */
export function TimeLeft({ seconds }: { seconds: number }) {
  const { t } = useTranslation();
  return (
    <Text
      fz="sm"
      ta="center"
      c={seconds <= lastMinute ? 'var(--mantine-color-error)' : 'dimmed'}
      role="timer"
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {t('signIn.verify.timeLeft', { time: formatCountdown(seconds) })}
    </Text>
  );
}
