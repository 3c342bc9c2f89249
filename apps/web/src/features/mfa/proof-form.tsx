import { Button, Group } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Form } from '../../ui/form.tsx';
import { noProof, type Proof, ProofFields, useProof } from '../../ui/proof-fields.tsx';

export interface ProofFormProps {
  /** Which code is taken: of the app alone, or a backup code as well. */
  kind: 'totp' | 'any';
  mutation: UseMutationResult<unknown, Error, Proof>;
  onSuccess: () => void;
  onCancel: () => void;
  dangerous?: boolean;
  autoFocus?: boolean;
}

/** `Current password` and `6-digit code`: what every change of the authenticator asks for. */
export function ProofForm({ kind, mutation, onSuccess, onCancel, dangerous, autoFocus = false }: ProofFormProps) {
  const { t } = useTranslation();
  const { validate, beside } = useProof(kind);
  const form = useForm({ initialValues: noProof, validate });
  return (
    <Form
      form={form}
      error={mutation.error}
      beside={beside}
      onSubmit={({ password, code }) => mutation.mutate({ password, code: code.trim() }, { onSuccess })}
    >
      <ProofFields kind={kind} form={form} autoFocus={autoFocus} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={mutation.isPending} {...(dangerous ? { color: 'red' } : {})}>
          {t('mfa.confirm')}
        </Button>
      </Group>
    </Form>
  );
}
