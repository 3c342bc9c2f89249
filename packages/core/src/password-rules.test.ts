import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assertGoodPassword, passwordFault } from './password-rules.ts';

const context = { email: 'pat.meyer@northwind.example', name: 'Pat Meyer', organizationName: 'Acme Rockets' };
const codeOf = (password: string, minimumLength?: number) =>
  passwordFault(password, minimumLength === undefined ? context : { ...context, minimumLength })?.code;

describe('SEC-1: length', () => {
  test('is from 8 to 128 code points, after normalisation', () => {
    expect(codeOf('7hqp3mz')).toBe('too_short');
    expect(codeOf('7hqp3mza')).toBeUndefined();
    expect(codeOf('e\u0301e\u0301e\u0301e\u0301')).toBe('too_short');
    expect(codeOf('🔐🚪🏰🐎🌙🍀🎻')).toBe('too_short');
    expect(codeOf('🔐🚪🏰🐎🌙🍀🎻🧭')).toBeUndefined();
    const long = '7hqp3mza'.repeat(15);
    expect(codeOf(`${long}8 more ok`.slice(0, 128))).toBeUndefined();
    expect(codeOf(`${long}9 more is1`)).toBe('too_long');
  });

  test('can be asked to be more by the organisation', () => {
    expect(codeOf('7hqp3mza-7hqp3', 15)).toBe('too_short');
    expect(codeOf('7hqp3mza-7hqp3m', 15)).toBeUndefined();
    expect(passwordFault('short', { minimumLength: 15 })?.message).toBe('Use at least 15 characters.');
  });
});

describe('SEC-1: a common password', () => {
  test.each(['password', '12345678', 'qwertyuiop', '1qaz2wsx', 'iloveyou'])('%j is refused', (password) =>
    expect(codeOf(password)).toBe('common'),
  );

  test.each([
    ['case', 'PassWord'],
    ['width', 'ｐａｓｓｗｏｒｄ'],
    ['accents', 'pässwörd'],
    ['signs for letters', 'P@$$w0rd'],
    ['a year at its end', 'Summer2024!'],
    ['numbers around it', '99baseball99'],
    ['signs within it', 'p-a-s-s-w-o-r-d'],
    ['writing it twice', 'sunshine-sunshine'],
    ['writing it backwards', 'drowssap123'],
    ['all of it', 'Dr0w$$@p2024!'],
  ])('is not made better by %s', (_, password) => expect(codeOf(password)).toBe('common'));

  test.each([
    'aaaaaaaa',
    'abababab',
    'abcabcabcabc',
    'abcdefgh',
    'zyxwvuts',
    'abcd1234',
    '11112222',
    'asdfghjkl',
    'aaaabbbbcccc',
    'abcdefghijklmnopqrstuvwxyz',
    'aabcbacbabca',
    'abcd4321wxyz',
  ])('can be a pattern: %j', (password) => expect(codeOf(password)).toBe('common'));
});

describe('SEC-1: pieces around a common word', () => {
  test.each(['739baseball826', 'love7391', 'love73918'])('%j has few', (password) =>
    expect(codeOf(password)).toBe('common'),
  );

  test.each(['7391baseball8264', 'love739182'])('%j has enough', (password) =>
    expect(codeOf(password)).toBeUndefined(),
  );
});

describe('SEC-1: a password made of what is known of the user', () => {
  test.each([
    'PatMeyer',
    'pat.meyer',
    'meyer-pat-1',
    'Northwind1',
    'N0rthw1nd2024!',
    'dniwhtron1',
    'acmerockets',
    'Acme Rockets',
    'rockets!23',
    'Sallyport',
    'S4llyp0rt!!',
    'meyerpassword',
    'Pat Meyer Northwind',
  ])('%j is refused', (password) => expect(codeOf(password)).toMatch(/^(contains_context|common)$/));

  test('is only called so when it is not common', () => {
    expect(codeOf('Northwind2024!')).toBe('contains_context');
    expect(codeOf('S4llyp0rt!!')).toBe('contains_context');
  });

  test.each(['Northwind-x7Kq2pWm', 'Northwindx7Kq2pWm', 'my name is pat and i like tea'])(
    '%j has enough beside it',
    (password) => expect(codeOf(password)).toBeUndefined(),
  );

  test.each([
    ['a label within the domain of the address', 'Northwind1', { email: 'x@mail.northwind.example' }],
    ['a name of three letters', 'pat7hq3z', { name: 'Pat' }],
    ['a name that holds another', 'annabel-7hq3', { name: 'Ann Annabel' }],
    ['two names with a little between', 'rocket7hq3acme', { organizationName: 'Acme Rocket' }],
  ])('can be made of %s', (_, password, known) =>
    expect(passwordFault(password, known)?.code).toBe('contains_context'),
  );

  test('may have the top-level domain in it, which says nothing of the user', () => {
    expect(passwordFault('technology-x', { email: 'pat@northwind.technology' })).toBeNull();
  });

  test('is nothing for a stranger', () => {
    expect(passwordFault('meyer-northwind', { ...context, email: 'x@y.example', name: 'X' })).toBeNull();
  });

  test('never refuses for an empty or short name', () => {
    expect(passwordFault('liwq9mzx', { email: '', name: 'Li', organizationName: '' })).toBeNull();
  });
});

describe('SEC-1: no rules of composition', () => {
  test.each([
    'correct horse battery staple',
    'tuyvhqnbdkze',
    '83650174926',
    'тёмныйлесзаокном',
    '正しい馬の電池ホチキス',
    '🔐🚪🏰🐎🌙🍀🎻🧭',
    '    two spaces    ',
  ])('%j is taken', (password) => expect(codeOf(password)).toBeUndefined());

  test('random letters and digits are taken but for rare chance', () => {
    const symbols = [...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'];
    const passwords = fc.array(fc.constantFrom(...symbols), { minLength: 16, maxLength: 16, size: 'max' });
    const refused = fc.sample(passwords, { numRuns: 2000, seed: 1 }).filter((password) => codeOf(password.join('')));
    expect(refused.length).toBeLessThan(20);
  });
});

test('gives an answer for any text, in the same words whatever its normal form', () => {
  const texts = fc
    .array(fc.nat({ max: 0x10ffff }), { maxLength: 140 })
    .map((points) => String.fromCodePoint(...points));
  fc.assert(
    fc.property(texts, (text) => {
      expect(passwordFault(text.normalize('NFD'), context)).toEqual(passwordFault(text.normalize('NFC'), context));
    }),
  );
});

test('SEC-1: a refused password is a problem that says why, and where it stands', () => {
  const problem = { code: 'weak_password', detail: 'Use at least 8 characters.' };
  const errors = [{ pointer: '/newPassword', message: 'Use at least 8 characters.' }];
  expect(() => assertGoodPassword('short', '/newPassword', context)).toThrow(
    expect.objectContaining({ ...problem, errors }),
  );
  expect(() => assertGoodPassword('correct horse battery staple', '/newPassword', context)).not.toThrow();
});
