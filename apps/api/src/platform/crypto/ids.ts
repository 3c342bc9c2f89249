import { v7 } from 'uuid';

/** A new UUIDv7 (RFC 9562 section 5.7): sorts by time of creation, which keyset pages rely on. */
export const newId = (): string => v7();
