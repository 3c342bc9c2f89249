import { type OwnSettings, SETTINGS_BOUNDS } from '@sallyport/core';

export type NumberSetting = keyof typeof SETTINGS_BOUNDS;

/** True for null (follows) and for whole numbers that an organization may choose. */
export function isWithinBounds(name: NumberSetting, value: number | null): boolean {
  const { minimum, maximum } = SETTINGS_BOUNDS[name];
  return value === null || (Number.isInteger(value) && value >= minimum && value <= maximum);
}

/** The body of a PATCH: only what differs from what the organization has. */
export function changedSettings(before: OwnSettings, draft: OwnSettings): Partial<OwnSettings> {
  const names = Object.keys(draft) as (keyof OwnSettings)[];
  return Object.fromEntries(names.filter((name) => draft[name] !== before[name]).map((name) => [name, draft[name]]));
}
