import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface OrganizationSelectProps extends Omit<SelectProps, 'data'> {
  organizations: readonly { id: string; name: string; slug: string }[] | undefined;
}

/** Chooses an organization by typing a part of its name. */
export function OrganizationSelect({ organizations, ...props }: OrganizationSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      searchable
      nothingFoundMessage={t('organizations.noneFound')}
      limit={100}
      maxDropdownHeight={280}
      data={(organizations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      {...props}
    />
  );
}
