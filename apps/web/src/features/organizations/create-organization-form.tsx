import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { isProblem } from '../../base/api/problem.ts';
import { focusFirstError, showFaults } from '../../ui/form-errors.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useCreateOrganization } from './queries.ts';
import { isSlug, slugOf } from './slug.ts';

/** Name and short name of a new customer; the short name follows the name until it is typed by hand. */
export function CreateOrganizationForm({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const create = useCreateOrganization();
  const [slugTyped, setSlugTyped] = useState(false);
  const form = useForm({
    initialValues: { name: '', slug: '' },
    validate: {
      name: (value) => (value.trim() === '' ? t('organizations.nameMissing') : null),
      slug: (value) => (isSlug(value) ? null : t('organizations.slugWrong')),
    },
  });

  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        ({ name, slug }) =>
          create.mutate(
            { name: name.trim(), slug },
            {
              onSuccess: ({ id }) => void navigate(`/organizations/${id}`),
              onError: (error) =>
                showFaults(
                  form,
                  error,
                  isProblem(error, 'slug_taken') ? { slug: t('problem.codes.slug_taken.title') } : {},
                ),
            },
          ),
        (errors) => focusFirstError(form, errors),
      )}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('organizations.createText')}
        </Text>
        {!isProblem(create.error, 'slug_taken') && <ProblemAlert error={create.error} />}
        <TextInput
          data-autofocus
          label={t('organizations.name')}
          maxLength={200}
          autoComplete="off"
          aria-required
          {...form.getInputProps('name')}
          onChange={(event) => {
            const name = event.currentTarget.value;
            form.setValues(slugTyped ? { name } : { name, slug: slugOf(name) });
          }}
        />
        <TextInput
          label={t('organizations.slug')}
          description={t('organizations.slugHint')}
          maxLength={63}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          aria-required
          {...form.getInputProps('slug')}
          onChange={(event) => {
            setSlugTyped(true);
            form.setFieldValue('slug', event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('app.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('organizations.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
