import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../base/session/me.ts';
import { AnyCodeField, TotpField } from './code-field.tsx';
import { PasswordField } from './password-field.tsx';

/** Password and code, asked for again before something that a thief of the session would like to do. */
export interface Proof {
  password: string;
  code: string;
}

/** The code that is asked for: of the app alone, of the app or a backup code, or none. */
export type ProofCode = 'totp' | 'any' | 'none';

export const noProof: Proof = { password: '', code: '' };

/** What the fields must hold, and what is said beside them when the service refuses it. */
export function useProof(kind: ProofCode) {
  const { t } = useTranslation();
  const complete = (code: string) => kind === 'none' || (kind === 'totp' ? code.length === 6 : code.trim() !== '');
  return {
    validate: {
      password: (value: string) => (value === '' ? t('ui.proof.passwordMissing') : null),
      code: (value: string) => (complete(value) ? null : t(`ui.proof.${kind === 'any' ? 'any' : 'totp'}.missing`)),
    },
    beside: {
      invalid_credentials: ['password', t('ui.proof.wrongPassword')],
      invalid_code: ['code', t(`ui.proof.${kind === 'any' ? 'any' : 'totp'}.wrong`)],
    },
  } as const;
}

interface ProofFieldsProps {
  kind: ProofCode;
  form: { getInputProps(field: keyof Proof): object };
  /** True in a dialog: the password has the focus when it opens. */
  autoFocus?: boolean;
  /** Between the password and the code. */
  children?: ReactNode;
}

/** `Current password` and `6-digit code`. */
export function ProofFields({ kind, form, autoFocus = false, children }: ProofFieldsProps) {
  const { t } = useTranslation();
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
      {kind === 'totp' && <TotpField {...shared} label={t('ui.proof.code')} {...form.getInputProps('code')} />}
    </>
  );
}
