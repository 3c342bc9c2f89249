import { Stack, type StackProps } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { type ReactNode, useEffect } from 'react';
import { ApiError, type ApiErrorCode } from '../base/api/problem.ts';
import { type ErrorForm, fieldErrors, focusFirstError, showFaults } from './form-errors.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** Refusals that belong to one field: which, and our words where the service's do not help. */
type Beside<Values> = Partial<Record<ApiErrorCode, readonly [field: keyof Values & string, text?: string]>>;

interface FormProps<Values> extends Omit<StackProps, 'onSubmit'> {
  form: UseFormReturnType<Values>;
  /** What sending the form failed with. */
  error: Error | null;
  beside?: Beside<Values>;
  /** In place of the alert that says what went wrong. */
  problem?: ReactNode;
  onSubmit: (values: Values) => void;
}

/** A form that says what is missing or was refused beside the fields, focuses the first, and all else above them. */
export function Form<Values extends object>(props: FormProps<Values>) {
  const { form, error, beside = {}, problem, onSubmit, children, ...stack } = props;
  const place = error instanceof ApiError ? beside[error.code] : undefined;

  useEffect(() => {
    if (!(error instanceof ApiError)) return;
    if (place && error.code === 'invalid_code') form.setValues({ [place[0]]: '' } as Partial<Values>);
    const [field, text = fieldErrors(error.faults)[field ?? ''] ?? error.detail ?? error.title] = place ?? [];
    showFaults(form as ErrorForm, error, field === undefined ? {} : { [field]: text });
  }, [error]);

  return (
    <form noValidate onSubmit={form.onSubmit(onSubmit, (errors) => focusFirstError(form as ErrorForm, errors))}>
      <Stack gap="md" {...stack}>
        {!place && (problem ?? <ProblemAlert error={error} />)}
        {children}
      </Stack>
    </form>
  );
}
