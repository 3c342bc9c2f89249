const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/**
 * A moment relative to now in words: '5 minutes ago', 'in 2 hours', and within half a minute 'now'.
 *
 * @param momentMs Unix time in milliseconds
 * @param nowMs    Unix time in milliseconds
 * @param language BCP 47 tag
 */
export function relativeTime(momentMs: number, nowMs: number, language: string): string {
  const seconds = Math.round((momentMs - nowMs) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const distance = Math.abs(seconds);
  if (distance < 30) return format.format(0, 'second');
  const [unit, size] = steps.find(([, length]) => distance >= length) ?? ['minute', 60];
  return format.format(Math.sign(seconds) * Math.max(1, Math.round(distance / size)), unit);
}

/** Date and time to the second with zone, in the words of `language`. */
export function absoluteTime(momentMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'long' }).format(momentMs);
}
