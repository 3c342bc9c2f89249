import { Box, Button, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ApiError } from '@sallyport/client';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { TotpField } from '../../ui/code-field.tsx';
import { useSecondsLeft } from '../../ui/countdown.ts';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Scan, Step } from './enrollment.tsx';
import classes from './mfa.module.css';
import { ProofForm } from './proof-form.tsx';
import { useConfirmCandidate, useStartCandidate } from './queries.ts';

/** The app of another phone: who it is first, then scan and confirm; the third step is to sign in with it. */
export default function ChangePhone({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const start = useStartCandidate();
  const confirm = useConfirmCandidate();
  const heading = useRef<HTMLHeadingElement>(null);
  const secret = start.data;
  const seconds = useSecondsLeft(secret?.deadlineMs);
  const isRefused = confirm.error instanceof ApiError && confirm.error.code === 'no_pending_enrollment';
  const isOver = secret !== undefined && (seconds === 0 || isRefused);
  const step = isOver ? 'over' : secret ? 'scan' : 'proof';
  useEffect(() => heading.current?.focus(), [step]);

  const again = () => {
    start.reset();
    confirm.reset();
  };

  return (
    <Panel>
      <Title order={2} ref={heading} tabIndex={-1}>
        {t('mfa.phone.title')}
      </Title>
      {isOver ? (
        <Stack role="alert" gap="sm" align="flex-start">
          <Text fw={600}>{t('mfa.enroll.expiredTitle')}</Text>
          <Text>{t('mfa.enroll.expiredText')}</Text>
          <Button onClick={again}>{t('mfa.enroll.restart')}</Button>
        </Stack>
      ) : secret ? (
        <div className={classes.steps}>
          <Step number={2} title={t('mfa.phone.scanTitle')} text={t('mfa.phone.scanText')}>
            <Scan secret={secret} />
          </Step>
          <section className={classes.step}>
            <Title order={3}>{t('mfa.enroll.confirmTitle')}</Title>
            <Text fz="sm" c="dimmed" mb="sm">
              {t('mfa.phone.confirmText')}
            </Text>
            <Box maw={360}>
              <CodeForm
                isPending={confirm.isPending}
                error={confirm.error}
                onSend={(code) => confirm.mutate(code, { onSuccess: onDone })}
                onCancel={onCancel}
              />
            </Box>
          </section>
        </div>
      ) : (
        <Step number={1} title={t('mfa.phone.proofTitle')} text={t('mfa.phone.proofText')}>
          <Box maw={360}>
            <ProofForm
              kind="any"
              isPending={start.isPending}
              error={start.error}
              sent={start.variables}
              onSend={(proof) => start.mutate(proof)}
              onCancel={onCancel}
              orPasskey
            />
          </Box>
        </Step>
      )}
    </Panel>
  );
}

interface CodeFormProps {
  isPending: boolean;
  error: Error | null;
  onSend: (code: string) => void;
  onCancel: () => void;
}

/** A code of the new app alone: password and second factor were asked for just before. */
function CodeForm({ isPending, error, onSend, onCancel }: CodeFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (value) => (value.length === 6 ? null : t('ui.proof.totp.missing')) },
  });
  return (
    <Form
      form={form}
      error={error}
      beside={{ invalid_code: ['code', t('ui.proof.totp.wrong')] }}
      onSubmit={({ code }) => onSend(code)}
    >
      <TotpField
        label={t('ui.proof.code')}
        aria-required
        errorProps={{ role: 'alert' }}
        {...form.getInputProps('code')}
      />
      <FormButtons submit={t('mfa.confirm')} isPending={isPending} onCancel={onCancel} />
    </Form>
  );
}
