const warnBeforeMs = 30 * 24 * 60 * 60_000;

/** Whether a certificate is valid, or will soon not be: the 30 days in which the service warns. */
export function validityOf(
  { notBefore, notAfter }: { notBefore: string; notAfter: string },
  nowMs: number,
): 'valid' | 'soon' | 'expired' | 'notYet' {
  if (nowMs < Date.parse(notBefore)) return 'notYet';
  const leftMs = Date.parse(notAfter) - nowMs;
  if (leftMs <= 0) return 'expired';
  return leftMs <= warnBeforeMs ? 'soon' : 'valid';
}
