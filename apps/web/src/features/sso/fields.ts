import type { UseFormReturnType } from '@mantine/form';
import type { ConnectionDraft } from './draft.ts';

export type ConnectionFormState = UseFormReturnType<ConnectionDraft>;

export interface FieldsProps {
  form: ConnectionFormState;
  organizationId: string;
  /** A client secret is stored. */
  hasSecret: boolean;
  /** Fingerprints of the certificates that are stored, and were compared when they were. */
  trusted: ReadonlySet<string>;
  writable: boolean;
}

/** Of a field for what no word is: an address, an identifier. */
export const technical = { autoComplete: 'off', autoCapitalize: 'none', spellCheck: false } as const;
