import type { UseFormReturnType } from '@mantine/form';
import { ApiError } from '@sallyport/client';
import type { Fault } from '@sallyport/core';

/**
 * The first message for each top-level field of a body.
 *
 * @param faults pointers as RFC 6901, with or without the leading `#` of a URI fragment
 */
export function fieldErrors(faults: readonly Fault[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { pointer, message } of faults) {
    const field = pointer.replace(/^#/, '').split('/')[1];
    if (field) errors[field] ??= message;
  }
  return errors;
}

/** The part of a Mantine form that showing errors needs, whatever its values are. */
export type ErrorForm = Pick<UseFormReturnType<Record<string, unknown>>, 'setErrors'> & {
  getValues: () => object;
  getInputNode: (path: never) => HTMLElement | null;
};

/** Moves the focus to the first field, in the order of the form's values, that has an error. */
export function focusFirstError(form: ErrorForm, errors: Record<string, unknown>): void {
  const field = Object.keys(form.getValues()).find((name) => errors[name]);
  if (field) form.getInputNode(field as never)?.focus();
}

/**
 * Puts the faults of a refused request beside their fields and focuses the first.
 *
 * @returns true when every fault found its field, so that no further message is needed
 */
export function showFaults(form: ErrorForm, error: unknown, more: Record<string, string> = {}): boolean {
  const faults = error instanceof ApiError ? error.faults : [];
  const errors = { ...fieldErrors(faults), ...more };
  const known = new Set(Object.keys(form.getValues()));
  const shown = Object.keys(errors).filter((name) => known.has(name));
  if (shown.length === 0) return false;
  form.setErrors(errors);
  // After the next render, when the fields are described by their errors.
  window.requestAnimationFrame(() => focusFirstError(form, errors));
  return shown.length === Object.keys(errors).length;
}
