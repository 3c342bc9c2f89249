/** A base32 key in groups of four, as people type it. */
export const groupsOfKey = (secret: string): string[] => secret.match(/.{1,4}/g) ?? [];
