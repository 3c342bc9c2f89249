import { unsavedSecret } from '../../base/session/unsaved.ts';
import type { CreatedServiceAccount } from './queries.ts';

interface UnsavedKey {
  organizationId: string;
  account: CreatedServiceAccount;
}

export const { set: setUnsavedKey, useSecret: useUnsavedKey } = unsavedSecret<UnsavedKey>();
