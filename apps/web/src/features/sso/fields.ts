import type { UseFormReturnType } from '@mantine/form';
import type { ConnectionDraft } from './draft.ts';
import type { SsoKind } from './queries.ts';

export type ConnectionFormState = UseFormReturnType<ConnectionDraft>;

export interface FieldsProps {
  kind: SsoKind;
  form: ConnectionFormState;
  organizationId: string;
  /** A client secret is stored. */
  hasSecret: boolean;
  /** Fingerprints of the certificates that are stored, and were compared when they were. */
  trusted: ReadonlySet<string>;
  writable: boolean;
}
