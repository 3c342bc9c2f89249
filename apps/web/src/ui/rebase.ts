/** Equal as JSON: drafts hold nothing else, and are always written in one order. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What differs from the version that was read. */
export function changedFields<Draft extends object>(base: Draft, draft: Draft): Partial<Draft> {
  const changed = Object.entries(draft).filter(([name, value]) => !same(value, base[name as keyof Draft]));
  return Object.fromEntries(changed) as Partial<Draft>;
}

/**
 * Brings a draft onto a newer version: fields that were edited keep the edit, the others take the newer value.
 *
 * @returns the draft, and the fields that somebody else changed
 */
export function rebase<Draft extends object>(base: Draft, draft: Draft, newer: Draft) {
  return {
    draft: { ...newer, ...changedFields(base, draft) },
    changed: Object.keys(changedFields(base, newer)) as (keyof Draft)[],
  };
}
