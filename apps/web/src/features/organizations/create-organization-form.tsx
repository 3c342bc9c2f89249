import { Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { slugOf } from '@sallyport/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Form } from '../../ui/form.tsx';
import { FormButtons } from '../../ui/form-buttons.tsx';
import { NameFields, type Names, namesRules } from './name-fields.tsx';
import { useCreateOrganization } from './queries.ts';

/** Name and short name of a new customer; the short name follows the name until it is typed by hand. */
export function CreateOrganizationForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreateOrganization();
  const [slugTyped, setSlugTyped] = useState(false);
  const form = useForm<Names>({ initialValues: { name: '', slug: '' }, validate: namesRules(t) });

  return (
    <Form
      form={form}
      error={create.error}
      beside={{ slug_taken: ['slug', t('problem.codes.slug_taken.title')] }}
      onSubmit={({ name, slug }) =>
        create.mutate({ name: name.trim(), slug }, { onSuccess: ({ id }) => void navigate(`/organizations/${id}`) })
      }
    >
      <Text fz="sm" c="dimmed">
        {t('organizations.createText')}
      </Text>
      <NameFields
        form={form}
        onName={(name) => form.setValues(slugTyped ? { name } : { name, slug: slugOf(name) })}
        onSlug={(slug) => {
          setSlugTyped(true);
          form.setFieldValue('slug', slug);
        }}
      />
      <FormButtons submit={t('organizations.submit')} isPending={create.isPending} onCancel={onCancel} />
    </Form>
  );
}
