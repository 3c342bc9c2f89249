import { Group, Select, TextInput } from '@mantine/core';
import { ROLES, USER_STATUSES } from '@sallyport/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { OrganizationChoice } from '../organizations/index.ts';
import { MFA_STATES, ORDERS, type UsersFilter } from './users-filter.ts';

interface UsersFiltersProps {
  /** What stands in the field, perhaps not asked for yet. */
  search: string;
  onSearch: (text: string) => void;
  filter: UsersFilter;
  /** Sets parameters of the address; null removes one. */
  onChange: (changes: Partial<Record<'organization' | 'role' | 'status' | 'mfa' | 'sort', string | null>>) => void;
}

export function UsersFilters({ search, onSearch, filter, onChange }: UsersFiltersProps) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" align="end" role="search">
      <TextInput
        flex="2 1 14rem"
        type="search"
        label={t('users.search')}
        placeholder={t('users.searchHint')}
        leftSection={<IconSearch size={18} aria-hidden />}
        value={search}
        onChange={(event) => onSearch(event.currentTarget.value)}
      />
      <OrganizationChoice
        flex="1 1 12rem"
        clearable
        value={filter.organizationId}
        onChange={(organization) => onChange({ organization })}
      />
      <Select
        flex="1 1 8rem"
        label={t('words.field.role')}
        placeholder={t('users.any')}
        data={ROLES.map((role) => ({ value: role, label: t(`words.role.${role}`) }))}
        value={filter.role}
        onChange={(role) => onChange({ role })}
        clearable
      />
      <Select
        flex="1 1 8rem"
        label={t('words.field.status')}
        placeholder={t('users.any')}
        data={USER_STATUSES.map((status) => ({ value: status, label: t(`words.status.${status}`) }))}
        value={filter.status}
        onChange={(status) => onChange({ status })}
        clearable
      />
      <Select
        flex="1 1 8rem"
        label={t('users.columns.mfa')}
        placeholder={t('users.any')}
        data={MFA_STATES.map((state) => ({ value: state, label: t(`users.mfaState.${state}`) }))}
        value={filter.mfa}
        onChange={(mfa) => onChange({ mfa })}
        clearable
      />
      <Select
        flex="1 1 10rem"
        label={t('users.order.label')}
        data={ORDERS.map((order) => ({ value: order, label: t(`users.order.${order}`) }))}
        value={filter.sort ?? ORDERS[0]}
        onChange={(sort) => onChange({ sort: sort === ORDERS[0] ? null : sort })}
        allowDeselect={false}
      />
    </Group>
  );
}
