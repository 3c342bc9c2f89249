import { unsavedSecret } from '../../base/session/unsaved.ts';

interface UnsavedCodes {
  codes: readonly string[];
  /** How they came about. */
  origin: 'enrolled' | 'regenerated';
}

export const { get: getUnsavedCodes, set: setUnsavedCodes, useSecret: useUnsavedCodes } = unsavedSecret<UnsavedCodes>();
