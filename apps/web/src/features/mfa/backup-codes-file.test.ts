import { expect, test } from 'vitest';
import { backupCodesFile } from './backup-codes-file.ts';
import { groupsOfKey } from './group-key.ts';

test('the file names account and date and has one code a line', () => {
  expect(backupCodesFile(['Account: mia@acme.example', 'Made on: today'], ['AAAA', 'BBBB'])).toBe(
    'Account: mia@acme.example\nMade on: today\n\nAAAA\nBBBB\n',
  );
});

test('a key is shown in groups of four', () => {
  expect(groupsOfKey('JBSWY3DPEHPK3PXP')).toEqual(['JBSW', 'Y3DP', 'EHPK', '3PXP']);
  expect(groupsOfKey('JBSWY3DPEB')).toEqual(['JBSW', 'Y3DP', 'EB']);
});
