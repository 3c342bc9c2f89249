import { expect, test } from 'vitest';
import { certificateValidity } from './certificate-validity.ts';

const [notBefore, notAfter] = [new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z')];
const soon = new Date('2026-12-02T00:00:00Z');

test.each([
  ['not_yet_valid', notBefore.getTime() - 1],
  ['valid', notBefore.getTime()],
  ['valid', soon.getTime() - 1],
  ['expires_soon', soon.getTime()],
  ['expires_soon', notAfter.getTime() - 1],
  ['expired', notAfter.getTime()],
] as const)('a certificate is %s', (validity, now) => {
  expect(certificateValidity({ notBefore, notAfter }, new Date(now))).toBe(validity);
});
