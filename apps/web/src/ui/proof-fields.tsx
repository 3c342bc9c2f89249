import { Button, Stack } from '@mantine/core';
import { canUsePasskeys, type PasskeyAnswer } from '@sallyport/react';
import { IconFingerprint } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../base/session/me.tsx';
import { mfaQuery } from '../base/session/mfa.ts';
import { AnyCodeField, TotpField } from './code-field.tsx';
import { PasskeyFailure } from './passkey-failure.tsx';
import { PasswordField } from './password-field.tsx';
import { useAskAgain } from './use-ask-again.ts';

/** Password and code, asked for again before something that a thief of the session would like to do. */
export interface ProofValues {
  password: string;
  code: string;
}

/** What is sent: the second factor is a code or the answer of a passkey, or there is none. */
export interface Proof {
  password: string;
  code?: string;
  response?: PasskeyAnswer;
}

/** The code that is asked for: of the app alone, of the app or a backup code, or none. */
export type ProofCode = 'totp' | 'any' | 'none';

export const noProof: ProofValues = { password: '', code: '' };

/** The proof of a form that was sent without a passkey. */
export const proofOf = ({ password, code }: ProofValues): Proof => ({
  password,
  ...(code.trim() === '' ? {} : { code: code.trim() }),
});

/**
 * What the fields must hold, and what is said beside them when the service refuses it.
 *
 * @param sent what was, to tell a refused passkey from a refused code
 */
export function useProof(wanted: ProofCode, sent?: { response?: PasskeyAnswer }) {
  const { t } = useTranslation();
  const kind = useKind(wanted);
  const complete = (code: string) => kind === 'none' || (kind === 'totp' ? code.length === 6 : code.trim() !== '');
  const words = kind === 'none' ? 'totp' : kind;
  return {
    validate: {
      password: (value: string) => (value === '' ? t('ui.proof.passwordMissing') : null),
      code: (value: string) => (complete(value) ? null : t(`ui.proof.${words}.missing`)),
    },
    beside: {
      invalid_credentials: ['password', t('ui.proof.wrongPassword')],
      invalid_code: ['code', t(sent?.response ? 'ui.passkey.refused' : `ui.proof.${words}.wrong`)],
    },
  } as const;
}

interface ProofFieldsProps {
  kind: ProofCode;
  form: {
    getInputProps(field: keyof ProofValues): object;
    validateField(field: keyof ProofValues): { hasError: boolean };
    getValues(): ProofValues;
  };
  /** True in a dialog: the password has the focus when it opens. */
  autoFocus?: boolean;
  /** Sends the form with a passkey in place of the code, where the user has one. */
  onPasskey?: (proof: { password: string; response: PasskeyAnswer }) => void;
  /** Between the password and the code. */
  children?: ReactNode;
}

/** `Current password` and `6-digit code`, or a passkey in place of the code. */
export function ProofFields({ kind: wanted, form, autoFocus = false, onPasskey, children }: ProofFieldsProps) {
  const { t } = useTranslation();
  const kind = useKind(wanted);
  const { hasPasskeys } = useFactors();
  const shared = { 'aria-required': true, errorProps: { role: 'alert' } };
  return (
    <>
      {/* Tells password managers whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={useMe().email} readOnly hidden />
      <PasswordField
        {...shared}
        label={t('ui.proof.password')}
        autoComplete="current-password"
        data-autofocus={autoFocus || undefined}
        {...form.getInputProps('password')}
      />
      {children}
      {kind === 'any' && (
        <AnyCodeField
          {...shared}
          label={t('ui.proof.code')}
          description={t('ui.proof.any.hint')}
          {...form.getInputProps('code')}
        />
      )}
      {kind === 'backup' && (
        <AnyCodeField {...shared} label={t('ui.proof.backup.label')} {...form.getInputProps('code')} />
      )}
      {kind === 'totp' && <TotpField {...shared} label={t('ui.proof.code')} {...form.getInputProps('code')} />}
      {onPasskey && kind !== 'none' && hasPasskeys && canUsePasskeys() && (
        <PasskeyInstead form={form} onPasskey={onPasskey} />
      )}
    </>
  );
}

/** In place of the code: the browser asks for a passkey, and its answer sends the form. */
function PasskeyInstead({ form, onPasskey }: Required<Pick<ProofFieldsProps, 'form' | 'onPasskey'>>) {
  const { t } = useTranslation();
  const ask = useAskAgain();
  const use = () => {
    if (form.validateField('password').hasError) return;
    const { password } = form.getValues();
    ask.mutate(undefined, { onSuccess: (response) => onPasskey({ password, response }) });
  };
  return (
    <Stack gap="xs">
      <Button
        variant="default"
        leftSection={<IconFingerprint size={18} aria-hidden />}
        loading={ask.isPending}
        onClick={use}
      >
        {t('ui.proof.usePasskey')}
      </Button>
      <PasskeyFailure error={ask.error} />
    </Stack>
  );
}

/** Which factors the user has; without any where MFA is off or is being turned on. */
function useFactors(): { hasApp: boolean; hasPasskeys: boolean } {
  const { mfa } = useMe();
  const { data } = useQuery({ ...mfaQuery, enabled: mfa.enabled });
  const has = (kind: 'totp' | 'passkey') => data?.factors.some((factor) => factor.kind === kind) ?? false;
  // Until it is known, and while an app is set up, the code is that of an app.
  return { hasApp: has('totp') || !has('passkey'), hasPasskeys: has('passkey') };
}

/** Without an app every code is a backup code. */
function useKind(wanted: ProofCode): ProofCode | 'backup' {
  const { hasApp } = useFactors();
  return wanted === 'any' && !hasApp ? 'backup' : wanted;
}
