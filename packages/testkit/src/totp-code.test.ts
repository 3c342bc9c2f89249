import { totpCode as codeOfTheService, secretBytes } from '@sallyport/core/totp';
import { expect, test } from 'vitest';
import { parseKeyUri } from './key-uri.ts';
import { totpCode } from './totp-code.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test('the virtual authenticator shows the codes of RFC 6238 appendix B', () => {
  expect(totpCode(secret, Math.floor(59 / 30))).toBe('287082');
  expect(totpCode(secret, Math.floor(1_111_111_109 / 30))).toBe('081804');
  expect(totpCode(secret, Math.floor(20_000_000_000 / 30))).toBe('353130');
});

test('it shows what the service expects', () => {
  expect(totpCode(secret, 59_000_000)).toBe(codeOfTheService(secretBytes(secret), 59_000_000));
});

test('a provisioning URI is read as the pickiest app would', () => {
  const uri = `otpauth://totp/Sallyport:mia%40acme.example?secret=${secret}&issuer=Sallyport`;
  expect(parseKeyUri(uri)).toEqual({ issuer: 'Sallyport', name: 'mia@acme.example', secret });
  expect(() => parseKeyUri(`${uri}&algorithm=SHA256`)).toThrow();
  expect(() => parseKeyUri(`otpauth://totp/mia?secret=${secret}`)).toThrow(/issuer/);
});
