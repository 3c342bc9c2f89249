/** A value of an event's details on one line; a pair of before and after gets an arrow between. */
export function detailText(value: unknown): string {
  if (Array.isArray(value)) return value.map(detailText).join(value.length === 2 ? ' → ' : ', ');
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return String(value ?? '–');
}
