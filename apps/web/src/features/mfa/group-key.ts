/** A base32 key in groups of four, as people type it; apps ignore the spaces. */
export function groupKey(secret: string): string {
  return secret.replace(/=+$/, '').replace(/(.{4})(?=.)/g, '$1 ');
}
