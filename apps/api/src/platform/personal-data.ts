import type { Db } from './database/database.ts';

export interface Person {
  id: string;
  /** Normalised. */
  email: string;
  organizationId: string;
}

/** Rows by table, as the owner of the tables lets them out: no hash, no key, no token. */
export type PersonalRows = Record<string, object[]>;

/** What one owner of tables keeps of a person; every table that it may stand in is in the answer. */
export type PersonalDataPart = (db: Db, person: Person) => Promise<PersonalRows>;
