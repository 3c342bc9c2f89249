import { unsavedSecret } from '../../base/session/unsaved.ts';

interface UnsavedPass {
  userId: string;
  pass: string;
}

export const { set: setUnsavedPass, useSecret: useUnsavedPass } = unsavedSecret<UnsavedPass>();
