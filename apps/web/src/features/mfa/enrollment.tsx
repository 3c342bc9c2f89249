import { Box, Button, Code, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEnrollment } from '@sallyport/react';
import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRefreshMfa } from '../../base/session/mfa.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCountdown, useSecondsLeft } from '../../ui/countdown.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { Proof } from '../../ui/proof-fields.tsx';
import { groupsOfKey } from './group-key.ts';
import classes from './mfa.module.css';
import { ProofForm } from './proof-form.tsx';
import { setUnsavedCodes } from './unsaved-codes.ts';

/** Scan and confirm, on one page: the app is in the other hand, and nothing should move meanwhile. */
export function EnrollmentPanel({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const enrollment = useEnrollment();
  const refresh = useRefreshMfa();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = enrollment.step === 'confirm' ? enrollment : null;

  const { start } = enrollment;
  const begin = useCallback(() => {
    heading.current?.focus();
    void start();
  }, [start]);
  useEffect(begin, [begin]);

  const confirm = async ({ password, code = '', pass }: Proof & { pass?: string }) => {
    const reached = await enrollment.confirm({ password, code, ...(pass === undefined ? {} : { pass }) });
    if (reached.step === 'backup_codes') setUnsavedCodes({ codes: reached.backupCodes, origin: 'enrolled' });
    if (reached.step !== 'backup_codes' && reached.step !== 'done') return;
    void refresh();
    onDone();
  };

  return (
    <Panel>
      <Title order={2} ref={heading} tabIndex={-1}>
        {t('mfa.enroll.title')}
      </Title>
      {enrollment.step === 'failed' ? (
        <ProblemAlert error={enrollment.problem}>
          <Button size="xs" variant="default" onClick={begin}>
            {t('ui.tryAgain')}
          </Button>
          <Button size="xs" variant="subtle" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </ProblemAlert>
      ) : enrollment.step === 'over' ? (
        <Stack role="alert" gap="sm" align="flex-start">
          <Text fw={600}>{t('mfa.enroll.expiredTitle')}</Text>
          <Text>{t('mfa.enroll.expiredText')}</Text>
          <Button onClick={begin}>{t('mfa.enroll.restart')}</Button>
        </Stack>
      ) : (
        <div className={classes.steps}>
          <Step number={1} title={t('mfa.enroll.appTitle')} text={t('mfa.enroll.appText')}>
            {shown ? <Scan secret={shown} /> : <Skeleton width={qrSize} height={qrSize} radius="md" />}
          </Step>
          <Step number={2} title={t('mfa.enroll.confirmTitle')} text={t('mfa.enroll.confirmText')}>
            <Box maw={360}>
              <ProofForm
                kind="totp"
                first
                isPending={shown?.pending ?? false}
                error={shown?.problem ?? null}
                onSend={confirm}
                onCancel={onCancel}
              />
            </Box>
          </Step>
        </div>
      )}
    </Panel>
  );
}

export function Step({
  number,
  title,
  text,
  children,
}: {
  number: number;
  title: string;
  text: string;
  children: ReactNode;
}) {
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

/** What goes into the app. */
export interface Secret {
  /** base32 without padding. */
  secret: string;
  otpauthUri: string;
  /** Data URL. */
  qrCode: string;
  /** Unix time in milliseconds by this device's clock. */
  deadlineMs: number;
}

/** The code to scan, always dark on white: many scanners cannot read it the other way round. */
export function Scan({ secret: { secret, otpauthUri, qrCode, deadlineMs } }: { secret: Secret }) {
  const { t } = useTranslation();
  const seconds = useSecondsLeft(deadlineMs);
  const [size, setSize] = useState(qrSize);
  // Nobody can scan the screen of the phone that scans.
  const onPhone = useMediaQuery('(pointer: coarse)');
  return (
    <Stack gap="sm" align="flex-start">
      {onPhone && (
        <div>
          <Button component="a" href={otpauthUri} size="md" leftSection={<IconExternalLink aria-hidden />}>
            {t('mfa.enroll.openApp')}
          </Button>
          <Text fz="sm" c="dimmed" mt="xs">
            {t('mfa.enroll.openAppHint')}
          </Text>
        </div>
      )}
      <div className={classes.qr}>
        <img
          src={qrCode}
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
            {groupsOfKey(secret).map((group, index) => (
              <span key={index}>{group}</span>
            ))}
          </Code>
          <CopyButton size={36} value={secret} label={t('mfa.enroll.copyKey')} done={t('mfa.enroll.keyCopied')} />
        </Group>
      </div>
      <Text fz="xs" c="dimmed" role="timer" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {t('mfa.enroll.timeLeft', { time: formatCountdown(seconds) })}
      </Text>
    </Stack>
  );
}
