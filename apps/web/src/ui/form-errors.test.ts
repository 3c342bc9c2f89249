import { expect, test } from 'vitest';
import { fieldErrors } from './form-errors.ts';

test('faults go to the top-level field they point into, the first one wins', () => {
  const faults = [
    { pointer: '/email', message: 'first' },
    { pointer: '#/email', message: 'second' },
    { pointer: '/address/street', message: 'nested' },
    { pointer: '', message: 'the whole body' },
  ];
  expect(fieldErrors(faults)).toEqual({ email: 'first', address: 'nested' });
});
