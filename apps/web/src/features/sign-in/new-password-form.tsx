import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { passwordLengthFault } from '@sallyport/core';
import type { ComponentProps, ReactNode } from 'react';
import { Form } from '../../ui/form.tsx';
import { NewPasswordField } from '../../ui/new-password-field.tsx';

interface NewPasswordFormProps {
  label: string;
  /** Of the button. */
  submit: string;
  context: ComponentProps<typeof NewPasswordField>['context'];
  mutation: { isPending: boolean; error: Error | null };
  onSubmit: (password: string) => void;
  /** Above the password. */
  children?: ReactNode;
}

/** Asks whoever came by a mailed link for the new password. */
export function NewPasswordForm({ label, submit, context, mutation, onSubmit, children }: NewPasswordFormProps) {
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (value) => passwordLengthFault(value, context.minimumLength)?.message ?? null },
  });
  return (
    <Form
      form={form}
      error={mutation.error}
      beside={{ weak_password: ['password'] }}
      onSubmit={({ password }) => onSubmit(password)}
    >
      {children}
      <NewPasswordField
        size="md"
        autoFocus
        label={label}
        context={context}
        {...form.getInputProps('password')}
        value={form.values.password}
      />
      <Button type="submit" size="md" loading={mutation.isPending}>
        {submit}
      </Button>
    </Form>
  );
}
