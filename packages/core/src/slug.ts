const LONGEST = 63;

/** A slug, as a pattern of JSON Schema: 1 to 63 lower-case letters, digits and inner hyphens. */
export const SLUG_PATTERN = `^[a-z0-9](?:[a-z0-9-]{0,${LONGEST - 2}}[a-z0-9])?$`;

const slug = new RegExp(SLUG_PATTERN);

export const isSlug = (value: string): boolean => slug.test(value);

/** A slug made of a name: accents dropped, every other character a hyphen. Empty when nothing is left. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, LONGEST)
    .replace(/-$/, '');
}
