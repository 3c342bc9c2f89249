import { expect, test } from 'vitest';
import { backupCodesFile } from './backup-codes-file.ts';
import { groupKey } from './group-key.ts';

test('the file names account and date and has one code a line', () => {
  expect(backupCodesFile(['Account: mia@acme.example', 'Made on: today'], ['AAAA', 'BBBB'])).toBe(
    'Account: mia@acme.example\nMade on: today\n\nAAAA\nBBBB\n',
  );
});

test('a key is shown in groups of four', () => {
  expect(groupKey('JBSWY3DPEHPK3PXP')).toBe('JBSW Y3DP EHPK 3PXP');
  expect(groupKey('JBSWY3DPEB======')).toBe('JBSW Y3DP EB');
});
