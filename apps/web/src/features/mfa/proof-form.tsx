import { useForm } from '@mantine/form';
import type { PasskeyAnswer } from '@sallyport/react';
import { useTranslation } from 'react-i18next';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { noProof, type Proof, ProofFields, proofOf, useProof } from '../../ui/proof-fields.tsx';
import { PassField, usePassRule } from './pass-field.tsx';

interface ProofFormProps {
  /** Which code is taken: of the app alone, or a backup code as well. */
  kind: 'totp' | 'any';
  isPending: boolean;
  /** What sending it failed with. */
  error: Error | null;
  /** What was sent last, to tell a refused passkey from a refused code. */
  sent?: { response?: PasskeyAnswer } | undefined;
  onSend: (proof: Proof & { pass?: string }) => void;
  onCancel: () => void;
  dangerous?: boolean | undefined;
  /** Whether a passkey does in place of the code. */
  orPasskey?: boolean;
  autoFocus?: boolean;
  /** Whether this may be the first factor, which may need a pass. */
  first?: boolean;
}

/** `Current password` and `6-digit code`: what every change of the authenticator asks for. */
export function ProofForm(props: ProofFormProps) {
  const { kind, isPending, error, sent, onSend, onCancel } = props;
  const { dangerous = false, orPasskey = false, autoFocus = false, first = false } = props;
  const { t } = useTranslation();
  const { validate, beside } = useProof(kind, sent);
  const pass = usePassRule();
  const isPassRequired = first && pass.isRequired;
  const form = useForm({
    initialValues: { ...noProof, pass: '' },
    validate: { ...validate, pass: first ? pass.validate : () => null },
  });
  return (
    <Form
      form={form}
      error={error}
      beside={{ ...beside, ...pass.beside }}
      onSubmit={(values) => onSend({ ...proofOf(values), ...(isPassRequired ? pass.shown(values.pass) : {}) })}
    >
      <ProofFields kind={kind} form={form} autoFocus={autoFocus} {...(orPasskey ? { onPasskey: onSend } : {})}>
        <PassField isRequired={isPassRequired} {...form.getInputProps('pass')} />
      </ProofFields>
      <FormButtons submit={t('mfa.confirm')} isPending={isPending} onCancel={onCancel} dangerous={dangerous} />
    </Form>
  );
}
