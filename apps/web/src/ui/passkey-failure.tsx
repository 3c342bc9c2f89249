import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PasskeyError } from '../base/passkey.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** What went wrong between browser, passkey and service; nothing for null. */
export function PasskeyFailure({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (!(error instanceof PasskeyError)) return <ProblemAlert error={error} />;
  return (
    <Text role="alert" fz="sm" c="var(--mantine-color-error)">
      {t(`ui.passkey.${error.failure}`)}
    </Text>
  );
}
