import { Alert, Group, Stack, Text } from '@mantine/core';
import { ApiError } from '@sallyport/client';
import { IconAlertCircle, IconClock, IconCloudOff } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from './announcer.tsx';
import { formatCountdown, useSecondsLeft } from './countdown.ts';
import { useProblemText } from './problem-text.ts';

interface ProblemAlertProps {
  /** Whatever a query or mutation failed with; nothing is shown for null. */
  error: unknown;
  /** False where the error appears beside a field or a page that has the focus already. */
  takesFocus?: boolean;
  /** What the person can press. */
  children?: ReactNode;
}

/** Says what went wrong and what to do about it, and takes the focus when it appears. */
export function ProblemAlert({ error, takesFocus = true, children }: ProblemAlertProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error && takesFocus) box.current?.focus();
  }, [error, takesFocus]);

  // Asked for in a dialog of its own; there the person decided not to go on.
  const isCancelled = error instanceof ApiError && error.code === 'reauthentication_required';
  if (!error || isCancelled) return null;
  return (
    <div ref={box} role="alert" tabIndex={-1}>
      <ProblemBox error={error}>{children}</ProblemBox>
    </div>
  );
}

function ProblemBox({ error, children }: { error: unknown; children?: ReactNode }) {
  const { title, text } = useProblemText(error);
  const known = error instanceof ApiError ? error : undefined;
  const requestId = known && helpsSupport(known) ? known.requestId : undefined;
  const Icon = known?.code === 'network' ? IconCloudOff : known?.retryAt ? IconClock : IconAlertCircle;
  return (
    <Alert color={known?.retryAt ? 'yellow' : 'red'} icon={<Icon aria-hidden />} title={title}>
      <Stack gap="xs">
        {text && <Text fz="sm">{text}</Text>}
        {known?.retryAt !== undefined && <RetryCountdown retryAt={known.retryAt} />}
        {children && <Group gap="xs">{children}</Group>}
        <RequestId value={requestId} />
      </Stack>
    </Alert>
  );
}

/** The number by which support finds what happened; nothing where there is none. */
export function RequestId({ value }: { value: string | null | undefined }) {
  const { t } = useTranslation();
  if (!value) return null;
  return (
    <Text fz="xs" c="dimmed" mt={4}>
      {t('problem.requestId', { id: value })}
    </Text>
  );
}

/** Whether somebody may have to look into it; a mistyped password or a taken name the person can mend alone. */
function helpsSupport({ status, faults }: ApiError): boolean {
  return status >= 500 || status === 403 || status === 404 || (status === 400 && faults.length === 0);
}

/** Counts down to the moment when another try makes sense. The numbers are not read out; the end is. */
function RetryCountdown({ retryAt }: { retryAt: number }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(retryAt);
  const wasWaiting = useRef(false);
  useEffect(() => {
    if (seconds > 0) wasWaiting.current = true;
    else if (wasWaiting.current) announce(t('problem.retryNow'));
  }, [seconds, t]);
  return (
    <Text fz="sm" fw={600} aria-live="off">
      {seconds > 0 ? t('problem.retryIn', { time: formatCountdown(seconds) }) : t('problem.retryNow')}
    </Text>
  );
}
