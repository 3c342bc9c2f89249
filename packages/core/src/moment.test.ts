import { expect, test } from 'vitest';
import { momentOf } from './moment.ts';

test.each(['1970-01-01T00:00:00Z', '2026-03-01T12:00:00.5+02:00', '9999-12-30T23:59:59.999Z'])('%s', (text) => {
  expect(momentOf(text, '#/query/from')).toEqual(new Date(text));
});

test.each(['1969-12-31T23:59:59.999Z', '0000-01-01T00:00:00Z', '2016-12-31T23:59:60Z', '9999-12-31T00:00:00Z'])(
  '%s is none that can be kept',
  (text) => {
    expect(() => momentOf(text, '#/query/from')).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        errors: [expect.objectContaining({ pointer: '#/query/from' })],
      }),
    );
  },
);
