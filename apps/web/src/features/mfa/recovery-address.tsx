import { Button, Group, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { isEmailAddress, normalizeEmail } from '@sallyport/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../base/session/me.tsx';
import { announce } from '../../ui/announcer.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { Panel } from '../../ui/panel.tsx';
import { noProof, type Proof, ProofFields, proofOf, useProof } from '../../ui/proof-fields.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { recoveryAddressQuery, useNameRecoveryAddress, useRemoveRecoveryAddress } from './queries.ts';

/** Another mailbox for who loses every second factor; nothing where the organization allows none, and none is named. */
export default function RecoveryAddress() {
  const { t } = useTranslation();
  const { data } = useQuery(recoveryAddressQuery);
  const [naming, name] = useDisclosure(false);
  const [removing, remove] = useDisclosure(false);
  const removal = useRemoveRecoveryAddress();
  if (!data || (data.delayHours === 0 && data.address === null)) return null;
  const { address, confirmedAt, delayHours } = data;
  const allowed = delayHours > 0;
  return (
    <Panel
      title={t('mfa.recovery.title')}
      description={
        allowed
          ? t('mfa.recovery.text', { time: t('mfa.recovery.hours', { count: delayHours }) })
          : t('mfa.recovery.off')
      }
    >
      {address === null ? (
        <Text fz="sm">{t('mfa.recovery.none')}</Text>
      ) : (
        <Facts
          items={[
            [t('mfa.recovery.address'), address],
            [
              t('mfa.recovery.state'),
              confirmedAt === null ? (
                t('mfa.recovery.unconfirmed')
              ) : (
                <>
                  {t('mfa.recovery.confirmed')} <RelativeTime value={confirmedAt} />
                </>
              ),
            ],
          ]}
        />
      )}
      <Group gap="xs">
        {allowed && (
          <Button variant="default" onClick={name.open}>
            {t(address === null ? 'mfa.recovery.name' : 'mfa.recovery.change')}
          </Button>
        )}
        {address !== null && (
          <Button variant="default" onClick={remove.open}>
            {t('mfa.recovery.remove')}
          </Button>
        )}
      </Group>
      <NameDialog opened={naming} onClose={name.close} />
      <ProofDialog
        opened={removing}
        onClose={remove.close}
        title={t('mfa.recovery.removeTitle')}
        text={t('mfa.recovery.removeText')}
        kind="any"
        dangerous
        mutation={removal}
      />
    </Panel>
  );
}

function NameDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { email } = useMe();
  const name = useNameRecoveryAddress();
  const { validate, beside } = useProof('any', name.variables);
  const form = useForm({
    initialValues: { ...noProof, address: '' },
    validate: {
      ...validate,
      address: (value) =>
        !isEmailAddress(normalizeEmail(value))
          ? t('mfa.recovery.missing')
          : normalizeEmail(value) === email
            ? t('mfa.recovery.same')
            : null,
    },
  });
  const send = (proof: Proof) => {
    const address = form.getValues().address.trim();
    name.mutate(
      { address, ...proof },
      {
        onSuccess: () => {
          announce(t('mfa.recovery.named', { address }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => {
        name.reset();
        form.reset();
      }}
      title={t('mfa.recovery.nameTitle')}
    >
      <Form form={form} error={name.error} beside={beside} onSubmit={(values) => send(proofOf(values))}>
        <Text fz="sm">{t('mfa.recovery.nameText')}</Text>
        <TextInput
          label={t('mfa.recovery.field')}
          type="email"
          autoComplete="off"
          data-autofocus
          aria-required
          errorProps={{ role: 'alert' }}
          {...form.getInputProps('address')}
        />
        <ProofFields
          kind="any"
          form={form}
          onPasskey={(proof) => {
            if (!form.validateField('address').hasError) send(proof);
          }}
        />
        <FormButtons submit={t('mfa.confirm')} isPending={name.isPending} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}
