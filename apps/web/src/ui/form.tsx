import { Stack, type StackProps } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { ApiError, type ApiErrorCode } from '@sallyport/client';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation();
  const place = error instanceof ApiError ? beside[error.code] : undefined;

  useEffect(() => {
    if (!(error instanceof ApiError)) return;
    if (place && error.code === 'invalid_code') form.setValues({ [place[0]]: '' } as Partial<Values>);
    const [field, text = fieldErrors(error.faults)[field ?? ''] ?? error.detail ?? error.title] = place ?? [];
    showFaults(form as ErrorForm, error, field === undefined ? {} : { [field]: codeRefusal(error, t) ?? text });
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

/** What the service knows of a refused code, where it is more than that it is wrong. */
function codeRefusal({ reason, clockSkewSeconds, detail }: ApiError, t: TFunction): string | undefined {
  if (reason === 'already_used') return t('ui.codeRefused.alreadyUsed');
  if (reason !== 'clock_skew') return reason === 'candidate' ? detail : undefined;
  const count = Math.max(1, Math.round(Math.abs(clockSkewSeconds) / 60));
  return t(clockSkewSeconds > 0 ? 'ui.codeRefused.clockAhead' : 'ui.codeRefused.clockBehind', { count });
}
