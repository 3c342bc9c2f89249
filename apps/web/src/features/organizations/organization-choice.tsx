import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { managesCustomers, useMe } from '../../base/session/me.tsx';
import { useOrganizations } from './queries.ts';

/** Chooses an organization by typing a part of its name; nothing for who has only one to choose. */
export function OrganizationChoice(props: Omit<SelectProps, 'data'>) {
  const { t } = useTranslation();
  const organizations = useOrganizations();
  if (!managesCustomers(useMe())) return null;
  return (
    <Select
      label={t('words.field.organization')}
      placeholder={t('organizations.all')}
      searchable
      allowDeselect={props.clearable ?? false}
      nothingFoundMessage={t('organizations.noneFound')}
      limit={100}
      maxDropdownHeight={280}
      data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      {...props}
    />
  );
}
