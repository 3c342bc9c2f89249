import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBuilding } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AskedProof } from '../../base/session/asked-proof.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { noProof, type Proof, ProofFields, proofOf, useProof } from '../../ui/proof-fields.tsx';
import { startAtProvider, useStepUp } from './queries.ts';

interface StepUpDialogProps {
  asked: AskedProof;
  opened: boolean;
  /** After it has faded. */
  onGone: () => void;
}

/** Above the dialogs of the page: one of them may have asked. */
const ABOVE_DIALOGS = 300;

/** `Confirm it is you`: the current password, and a code where there is a second factor; or the way to the provider. */
export default function StepUpDialog({ asked, opened, onGone }: StepUpDialogProps) {
  const { t } = useTranslation();
  const { next, settle } = asked;
  const cancel = () => settle(false);
  return (
    <Dialog
      opened={opened}
      onClose={cancel}
      onExitTransitionEnd={onGone}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={ABOVE_DIALOGS}
      title={t('stepUp.title')}
    >
      {next.action === 'reauthenticate' ? (
        <ByPassword next={next} onProved={() => settle(true)} onCancel={cancel} />
      ) : (
        <ByProvider connectionId={next.connectionId} onCancel={cancel} />
      )}
    </Dialog>
  );
}

function ByPassword({
  next,
  onProved,
  onCancel,
}: {
  next: AskedProof['next'];
  onProved: () => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const stepUp = useStepUp();
  const kind = next.methods && next.methods.length > 0 ? 'any' : 'none';
  const { validate, beside } = useProof(kind, stepUp.variables);
  const send = (proof: Proof) => stepUp.mutate(proof, { onSuccess: onProved });
  const form = useForm({ initialValues: noProof, validate });
  const { connectionId } = next;
  return (
    <Form form={form} error={stepUp.error} beside={beside} onSubmit={(values) => send(proofOf(values))}>
      <Text fz="sm">{t('stepUp.text')}</Text>
      <ProofFields kind={kind} form={form} autoFocus onPasskey={send} />
      {connectionId !== undefined && (
        <Anchor component="button" type="button" fz="sm" ta="start" onClick={() => startAtProvider(connectionId)}>
          {t('stepUp.provider.other')}
        </Anchor>
      )}
      <FormButtons submit={t('stepUp.confirm')} isPending={stepUp.isPending || stepUp.isSuccess} onCancel={onCancel} />
    </Form>
  );
}

function ByProvider({ connectionId, onCancel }: { connectionId: string | undefined; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      <Text fz="sm">{t('stepUp.provider.text')}</Text>
      <Text fz="sm">{t('stepUp.provider.lost')}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        {connectionId !== undefined && (
          <Button
            data-autofocus
            leftSection={<IconBuilding size={18} aria-hidden />}
            onClick={() => startAtProvider(connectionId)}
          >
            {t('stepUp.provider.button')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
