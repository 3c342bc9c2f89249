import { useEffect, useState } from 'react';

/** Whole seconds from `nowMs` to `deadlineMs` (Unix times in milliseconds), rounded up, never below 0. */
export function secondsLeft(deadlineMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((deadlineMs - nowMs) / 1000));
}

/** `m:ss`, or `h:mm:ss` from one hour on. */
export function formatCountdown(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/**
 * The seconds left until a moment, kept current.
 *
 * @param deadlineMs Unix time in milliseconds; undefined means there is nothing to wait for
 */
export function useSecondsLeft(deadlineMs: number | undefined): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const seconds = deadlineMs === undefined ? 0 : secondsLeft(deadlineMs, nowMs);
  const running = deadlineMs !== undefined && deadlineMs > nowMs;

  useEffect(() => {
    if (deadlineMs === undefined) return;
    setNowMs(Date.now());
  }, [deadlineMs]);

  useEffect(() => {
    if (!running) return;
    const timer = window.setInterval(() => setNowMs(Date.now()), 500);
    return () => window.clearInterval(timer);
  }, [running]);

  return seconds;
}
