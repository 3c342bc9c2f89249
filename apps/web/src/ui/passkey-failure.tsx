import { Text } from '@mantine/core';
import { isProblem } from '@sallyport/client';
import { PasskeyError } from '@sallyport/react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './problem-alert.tsx';

/** Of the browser, or the service's refusal of what a passkey answered. */
function failureOf(error: Error | null) {
  if (error instanceof PasskeyError) return error.failure;
  return isProblem(error, 'invalid_code') || isProblem(error, 'invalid_passkey') ? 'refused' : null;
}

/** What went wrong between browser, passkey and service; nothing for null. */
export function PasskeyFailure({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  const failure = failureOf(error);
  if (failure === null) return <ProblemAlert error={error} />;
  return (
    <Text role="alert" fz="sm" c="var(--mantine-color-error)">
      {t(`ui.passkey.${failure}`)}
    </Text>
  );
}
