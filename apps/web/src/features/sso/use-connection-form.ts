import { useForm } from '@mantine/form';
import { ApiError } from '@sallyport/client';
import { useTranslation } from 'react-i18next';
import { focusFirstError } from '../../ui/form-errors.ts';
import type { ConnectionDraft } from './draft.ts';
import { draftFaults, serviceFaults } from './faults.ts';
import type { ConnectionFormState } from './fields.ts';

/** The form of a connection; what is missing is said before anything is sent. */
export function useConnectionForm(initialValues: ConnectionDraft, hasSecret: boolean) {
  const { t } = useTranslation();
  return useForm<ConnectionDraft>({
    initialValues,
    validate: (draft) => draftFaults(t, draft, { hasSecret }),
  });
}

/**
 * Puts what the service refused beside the fields, and focuses the first.
 *
 * @returns true when every fault found its field
 */
export function showServiceFaults(form: ConnectionFormState, error: unknown): boolean {
  if (!(error instanceof ApiError) || error.faults.length === 0) return false;
  const { errors, complete } = serviceFaults(error.faults, form.getValues());
  form.setErrors(errors);
  window.requestAnimationFrame(() => focusFirstError(form, errors));
  return complete;
}
