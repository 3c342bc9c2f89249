import { Alert, Stack, Textarea } from '@mantine/core';
import type { PasskeyModels } from '@sallyport/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { draftOfModels, type PasskeyModelsDraft } from './passkey-models.ts';

interface PasskeyModelsFieldsProps {
  /** As they stand in the form. */
  draft: PasskeyModelsDraft;
  inherited: PasskeyModels | null;
  /** As they count now; with no model in it, no passkey can be added. */
  inForce: PasskeyModels | null;
  disabled: boolean;
  onChange: (draft: PasskeyModelsDraft) => void;
  /** What a form knows of a field: its error, and how it finds it. */
  propsOf: (field: keyof PasskeyModelsDraft) => object;
  children: ReactNode;
}

/** Which passkeys may be added: the models, and the certificates of their makers, without which a model proves nothing. */
export function PasskeyModelsFields(props: PasskeyModelsFieldsProps) {
  const { draft, inherited, inForce, disabled, onChange, propsOf, children } = props;
  const { t } = useTranslation();
  const followed = draftOfModels(inherited);
  // What is followed is where one begins to edit.
  const shown: PasskeyModelsDraft = {
    passkeyModels: draft.passkeyModels ?? followed.passkeyModels,
    passkeyRoots: draft.passkeyRoots ?? followed.passkeyRoots,
  };
  const field = (name: keyof PasskeyModelsDraft, placeholder: string) => (
    <Textarea
      label={t(`settings.${name}`)}
      description={t(`settings.${name}Hint`)}
      placeholder={placeholder}
      rows={3}
      resize="vertical"
      spellCheck={false}
      disabled={disabled}
      styles={{
        input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 'var(--mantine-font-size-xs)' },
      }}
      {...propsOf(name)}
      value={shown[name] ?? ''}
      onChange={({ currentTarget: { value } }) => onChange({ ...shown, [name]: value })}
    />
  );
  return (
    <Stack gap="sm">
      {inForce?.models.length === 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
          {t('settings.passkeyModelsNone')}
        </Alert>
      )}
      {field('passkeyModels', t('settings.passkeyModelsExample'))}
      {field('passkeyRoots', '-----BEGIN CERTIFICATE-----')}
      {children}
    </Stack>
  );
}
