import { Box, Button, Code, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { isProblem } from '@sallyport/client';
import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCountdown, useSecondsLeft } from '../../ui/countdown.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { groupsOfKey } from './group-key.ts';
import classes from './mfa.module.css';
import { ProofForm } from './proof-form.tsx';
import { type PendingEnrollment, useConfirmEnrollment, useStartEnrollment } from './queries.ts';

/** Scan and confirm, on one page: the app is in the other hand, and nothing should move meanwhile. */
export function EnrollmentPanel({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const start = useStartEnrollment();
  const confirm = useConfirmEnrollment();
  const seconds = useSecondsLeft(start.data?.deadlineMs);
  const heading = useRef<HTMLHeadingElement>(null);
  const begun = useRef(false);

  const { mutate } = start;
  useEffect(() => {
    // Each start makes a new secret and ends the earlier one, so it must not happen twice.
    if (begun.current) return;
    begun.current = true;
    heading.current?.focus();
    mutate();
  }, [mutate]);

  const restart = () => {
    confirm.reset();
    start.mutate();
    heading.current?.focus();
  };
  const expired = start.isSuccess && seconds === 0;
  const gone = isProblem(confirm.error, 'no_pending_enrollment');

  return (
    <Panel>
      <Title order={2} ref={heading} tabIndex={-1}>
        {t('mfa.enroll.title')}
      </Title>
      {start.isError && (
        <ProblemAlert error={start.error}>
          <Button size="xs" variant="default" onClick={restart}>
            {t('ui.tryAgain')}
          </Button>
          <Button size="xs" variant="subtle" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </ProblemAlert>
      )}
      {!start.isError && (expired || gone) && !start.isPending ? (
        <Stack role="alert" gap="sm" align="flex-start">
          <Text fw={600}>{t('mfa.enroll.expiredTitle')}</Text>
          <Text>{t('mfa.enroll.expiredText')}</Text>
          <Button onClick={restart}>{t('mfa.enroll.restart')}</Button>
        </Stack>
      ) : (
        !start.isError && (
          <div className={classes.steps}>
            <Step number={1} title={t('mfa.enroll.appTitle')} text={t('mfa.enroll.appText')}>
              <Scan enrollment={start.data} seconds={seconds} />
            </Step>
            <Step number={2} title={t('mfa.enroll.confirmTitle')} text={t('mfa.enroll.confirmText')}>
              <Box maw={360}>
                <ProofForm kind="totp" mutation={confirm} onSuccess={onDone} onCancel={onCancel} />
              </Box>
            </Step>
          </div>
        )
      )}
    </Panel>
  );
}

function Step({ number, title, text, children }: { number: number; title: string; text: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className={classes.step}>
      <Text fz="xs" fw={600} c="dimmed">
        {t('mfa.enroll.steps', { step: number })}
      </Text>
      <Title order={3}>{title}</Title>
      <Text fz="sm" c="dimmed" mb="sm">
        {text}
      </Text>
      {children}
    </section>
  );
}

const qrSize = 220;
/** The code to scan, always dark on white: many scanners cannot read it the other way round. */
function Scan({ enrollment, seconds }: { enrollment: PendingEnrollment | undefined; seconds: number }) {
  const { t } = useTranslation();
  const [size, setSize] = useState(qrSize);
  // Nobody can scan the screen of the phone that scans.
  const onPhone = useMediaQuery('(pointer: coarse)');
  if (!enrollment) return <Skeleton width={qrSize} height={qrSize} radius="md" />;
  return (
    <Stack gap="sm" align="flex-start">
      {onPhone && (
        <div>
          <Button component="a" href={enrollment.otpauthUri} size="md" leftSection={<IconExternalLink aria-hidden />}>
            {t('mfa.enroll.openApp')}
          </Button>
          <Text fz="sm" c="dimmed" mt="xs">
            {t('mfa.enroll.openAppHint')}
          </Text>
        </div>
      )}
      <div className={classes.qr}>
        <img
          src={enrollment.qrCode}
          width={size}
          height={size}
          alt={t('mfa.enroll.qr')}
          // Its own size, at which every module is equally sharp and large.
          onLoad={(event) => setSize(Math.max(200, event.currentTarget.naturalWidth))}
        />
      </div>
      <div>
        <Text fz="sm">{t('mfa.enroll.keyLabel')}</Text>
        <Group gap={4} wrap="nowrap">
          {/* The gaps are drawn, not written: what is copied or read out is the key itself. */}
          <Code className={classes.key ?? ''}>
            {groupsOfKey(enrollment.secret).map((group, index) => (
              <span key={index}>{group}</span>
            ))}
          </Code>
          <CopyButton
            size={36}
            value={enrollment.secret}
            label={t('mfa.enroll.copyKey')}
            done={t('mfa.enroll.keyCopied')}
          />
        </Group>
      </div>
      <Text fz="xs" c="dimmed" role="timer" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {t('mfa.enroll.timeLeft', { time: formatCountdown(seconds) })}
      </Text>
    </Stack>
  );
}
