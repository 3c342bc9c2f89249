import { Text } from '@mantine/core';
import { ApiError } from '@sallyport/client';
import { useTranslation } from 'react-i18next';

/** From so many on it is told how many codes may still be tried. */
const FEW = 2;

/** How many codes the pending sign-in still takes after a refused one, once they are few. */
export function TriesLeft({ problem }: { problem: Error | null }) {
  const { t } = useTranslation();
  const count = (problem instanceof ApiError && problem.next?.attemptsLeft) || 0;
  if (count === 0 || count > FEW) return null;
  return (
    <Text fz="sm" ta="center" role="status">
      {t('signIn.verify.triesLeft', { count })}
    </Text>
  );
}
