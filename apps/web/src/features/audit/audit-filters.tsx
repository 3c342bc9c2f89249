import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OrganizationChoice } from '../organizations/index.ts';
import { auditActions } from './actions.ts';
import type { AuditFilter } from './audit-filter.ts';
import { userChoicesQuery } from './queries.ts';

interface AuditFiltersProps {
  filter: AuditFilter;
  /** Sets parameters of the address; null removes one. */
  onChange: (changes: Partial<Record<'action' | 'user' | 'organization' | 'from' | 'to', string | null>>) => void;
}

export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" align="end" role="search">
      <Select
        flex="1 1 12rem"
        label={t('audit.filters.action')}
        placeholder={t('audit.filters.anyAction')}
        data={auditActions.map((action) => ({ value: action, label: t(`audit.actions.${action}`) }))}
        value={filter.action}
        onChange={(action) => onChange({ action })}
        searchable
        clearable
        nothingFoundMessage={t('audit.emptyTitle')}
      />
      <UserChoice value={filter.userId} onChange={(user) => onChange({ user })} />
      <OrganizationChoice
        flex="1 1 12rem"
        clearable
        value={filter.organizationId}
        onChange={(organization) => onChange({ organization })}
      />
      <TextInput
        type="date"
        flex="1 1 9rem"
        label={t('audit.filters.from')}
        value={filter.fromDay ?? ''}
        max={filter.toDay ?? undefined}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        flex="1 1 9rem"
        label={t('audit.filters.to')}
        value={filter.toDay ?? ''}
        min={filter.fromDay ?? undefined}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
    </Group>
  );
}

const typingPauseMs = 250;

/** Chooses a user by typing; the service does the searching. */
function UserChoice({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [q] = useDebouncedValue(search.trim(), typingPauseMs);
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  // What stands in the field after a choice is not a search.
  const users = useQuery(userChoicesQuery(q === chosen?.label ? '' : q));
  const choices = (users.data ?? []).map(({ id, email }) => ({ value: id, label: email }));
  const data = chosen && !choices.some((choice) => choice.value === chosen.value) ? [chosen, ...choices] : choices;
  return (
    <Select
      flex="1 1 12rem"
      label={t('audit.filters.user')}
      placeholder={t('audit.filters.anyUser')}
      data={data}
      // The service has filtered already, by name too.
      filter={({ options }) => options}
      value={value}
      onChange={(id, option) => {
        setChosen(id && option ? { value: id, label: option.label } : null);
        onChange(id);
      }}
      searchValue={search}
      onSearchChange={setSearch}
      searchable
      clearable
      nothingFoundMessage={t('audit.filters.noUser')}
    />
  );
}
