import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { absoluteTime, relativeTime } from './relative-time.ts';

const refreshMs = 30_000;

/** A moment as relative time, kept current; the exact time is its title. Without a moment, 'never'. */
export function RelativeTime({ value }: { value: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNowMs(Date.now()), refreshMs);
    return () => window.clearInterval(timer);
  }, []);
  if (!value) return t('words.never');
  const momentMs = Date.parse(value);
  return (
    <time dateTime={value} title={absoluteTime(momentMs, i18n.language)}>
      {relativeTime(momentMs, Math.max(nowMs, Date.now()), i18n.language)}
    </time>
  );
}
