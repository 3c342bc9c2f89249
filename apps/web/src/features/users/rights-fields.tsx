import { NativeSelect, SimpleGrid } from '@mantine/core';
import { ACCESSES, type Actor, mayGrant, type OrganizationKind, type Rights, ROLES } from '@sallyport/core';
import { useTranslation } from 'react-i18next';

interface RightsFieldsProps {
  value: Pick<Rights, 'role' | 'access'>;
  onChange: (changed: Partial<Pick<Rights, 'role' | 'access'>>) => void;
  /** Who grants; what stands above its own rights cannot be chosen. */
  actor: Actor;
  /** Kind of the organization of the user that gets the rights. */
  kind: OrganizationKind;
  disabled?: boolean;
}

/** Role and access, as far as the signed-in admin may grant them. */
export function RightsFields({ value, onChange, actor, kind, disabled = false }: RightsFieldsProps) {
  const { t } = useTranslation();
  const grantable = (rights: Pick<Rights, 'role' | 'access'>) => mayGrant(actor, { ...rights, organization: { kind } });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={t('words.field.role')}
        disabled={disabled}
        value={value.role}
        onChange={(event) => onChange({ role: event.currentTarget.value as Rights['role'] })}
        data={ROLES.map((role) => ({
          value: role,
          label: t(`words.role.${role}`),
          disabled: !disabled && !grantable({ ...value, role }),
        }))}
      />
      <NativeSelect
        label={t('words.field.access')}
        description={value.role === 'admin' ? t('users.form.accessHint') : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        disabled={disabled}
        value={value.access}
        onChange={(event) => onChange({ access: event.currentTarget.value as Rights['access'] })}
        data={ACCESSES.map((access) => ({
          value: access,
          label: t(`words.access.${access}`),
          disabled: !disabled && !grantable({ ...value, access }),
        }))}
      />
    </SimpleGrid>
  );
}
