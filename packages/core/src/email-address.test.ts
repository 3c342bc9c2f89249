import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emailDomain, isEmailAddress, normalizeDomain, normalizeEmail } from './email-address.ts';

describe('normalised address', () => {
  test.each([
    ['pat@northwind.example', 'pat@northwind.example'],
    ['  Pat@NorthWind.Example\n', 'pat@northwind.example'],
    ['ｐａｔ＠northwind．example', 'pat@northwind.example'],
    ['Jose\u0301@acme.example', 'jos\u00e9@acme.example'],
    ['x@BÜCHER.example', 'x@xn--bcher-kva.example'],
    ['x@xn--bcher-kva.example', 'x@xn--bcher-kva.example'],
    ['\u212a@acme.example', 'k@acme.example'],
    ['İ@acme.example', 'i\u0307@acme.example'],
    ['no address', 'no address'],
  ])('of %j is %j', (input, normalized) => expect(normalizeEmail(input)).toBe(normalized));

  test('SEC-3: upper and lower case, composed and decomposed, spaced or not are one spelling', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        const spellings = [email, email.toUpperCase(), ` ${email}\t`, email.normalize('NFD')].map(normalizeEmail);
        expect(new Set(spellings).size).toBe(1);
      }),
    );
  });

  test('normalised twice is the same, whatever was typed', () => {
    const anything = fc.array(fc.nat({ max: 0x10ffff })).map((points) => String.fromCodePoint(...points));
    const texts = fc.oneof(anything, fc.emailAddress(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, withDomain) => {
        const input = withDomain ? `a@${text}` : text;
        const once = normalizeEmail(input);
        expect(normalizeEmail(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('domain', () => {
  test('is what follows the last @, in its one spelling', () => {
    expect(emailDomain(' Pat@Bücher.Example')).toBe('xn--bcher-kva.example');
    expect(emailDomain('pat@evil.example@acme.example')).toBe('acme.example');
    expect(emailDomain('pat')).toBe('');
    expect(normalizeDomain(' BÜCHER.example ')).toBe('xn--bcher-kva.example');
  });

  test.each(['127.1', 'bücher.example/x', 'bü:80', 'ü?#', 'ü@x', 'ü。x', '\u00ad\u0000ü'])(
    '%j is left as it is',
    (domain) => expect(normalizeDomain(domain)).toBe(domain),
  );
});

describe('an email address', () => {
  test.each([
    'pat@northwind.example',
    "o'neil+tag@acme.example",
    ' Pat@Acme.example ',
    'josé@acme.example',
    '用户@例え.jp',
    'root@localhost',
    `${'a'.repeat(64)}@acme.example`,
    `${'a'.repeat(64)}@${`${'b'.repeat(58)}.`.repeat(3)}examples.org`,
  ])('can be %j', (input) => expect(isEmailAddress(input)).toBe(true));

  test.each([
    '',
    'pat',
    '@acme.example',
    'pat@',
    'pat@acme..example',
    'pat@-acme.example',
    'pat@acme.example.',
    'pat@acme_x.example',
    'pat@evil.example＠acme.example',
    'pat smith@acme.example',
    'pat@acme.example\r\nBcc: all@acme.example',
    'pat\u0000@acme.example',
    'pat\u202e@acme.example',
    '<pat@acme.example>',
    '"pat"@acme.example',
    'pat@[127.0.0.1]',
    'pat:x@acme.example',
    '\ud800@acme.example',
    `${'a'.repeat(65)}@acme.example`,
    `${'é'.repeat(33)}@acme.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${`${'b'.repeat(60)}.`.repeat(4)}example.org`,
  ])('cannot be %j', (input) => expect(isEmailAddress(input)).toBe(false));

  test('can be any that fast-check makes', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(isEmailAddress(email)).toBe(true);
      }),
    );
  });
});
