import { useForm } from '@mantine/form';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { noProof, type Proof, ProofFields, proofOf, useProof } from '../../ui/proof-fields.tsx';

export interface ProofFormProps {
  /** Which code is taken: of the app alone, or a backup code as well. */
  kind: 'totp' | 'any';
  mutation: UseMutationResult<unknown, Error, Proof>;
  onSuccess: () => void;
  onCancel: () => void;
  dangerous?: boolean;
  /** Whether a passkey does in place of the code. */
  orPasskey?: boolean;
  autoFocus?: boolean;
}

/** `Current password` and `6-digit code`: what every change of the authenticator asks for. */
export function ProofForm(props: ProofFormProps) {
  const { kind, mutation, onSuccess, onCancel, dangerous = false, orPasskey = false, autoFocus = false } = props;
  const { t } = useTranslation();
  const { validate, beside } = useProof(kind, mutation.variables);
  const send = (proof: Proof) => mutation.mutate(proof, { onSuccess });
  const form = useForm({ initialValues: noProof, validate });
  return (
    <Form form={form} error={mutation.error} beside={beside} onSubmit={(values) => send(proofOf(values))}>
      <ProofFields kind={kind} form={form} autoFocus={autoFocus} {...(orPasskey ? { onPasskey: send } : {})} />
      <FormButtons submit={t('mfa.confirm')} isPending={mutation.isPending} onCancel={onCancel} dangerous={dangerous} />
    </Form>
  );
}
