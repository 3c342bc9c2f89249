export const HOUR_SECONDS = 60 * 60;
export const HOUR_MS = HOUR_SECONDS * 1000;
/** Of 24 hours, whatever a calendar makes of it. */
export const DAY_MS = 24 * HOUR_MS;
