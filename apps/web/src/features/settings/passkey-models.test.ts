import { expect, test } from 'vitest';
import { draftOfModels, modelsFault, modelsOfDraft, type PasskeyModelsDraft, rootsFault } from './passkey-models.ts';

const BLUE = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const GREEN = 'c5ef55ff-ad9a-4b9f-b580-adebafe026d0';
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';

const draft = (passkeyModels: string | null, passkeyRoots: string | null = PEM): PasskeyModelsDraft => ({
  passkeyModels,
  passkeyRoots,
});

test('a line is a model, its name is optional, and what is kept is edited as it was', () => {
  const models = modelsOfDraft(draft(`  ${BLUE.toUpperCase()}  Blue   key \n\n${GREEN}\n`, `${PEM}\r\n\n${PEM}`));
  expect(models).toEqual({
    models: [
      { aaguid: BLUE, name: 'Blue key' },
      { aaguid: GREEN, name: GREEN },
    ],
    roots: [PEM, PEM],
  });
  expect(modelsOfDraft(draftOfModels(models))).toEqual(models);
  expect(draftOfModels(null)).toEqual({ passkeyModels: null, passkeyRoots: null });
});

test.each([null, '', ' \n '])('%j names nothing, and so follows', (text) => {
  expect(modelsOfDraft(draft(text))).toBeNull();
  expect([modelsFault(draft(text)), rootsFault(draft(text, null))]).toEqual([null, null]);
});

test.each([
  ['YubiKey 5', { fault: 'aaguid', line: 'YubiKey 5' }],
  [
    `${BLUE} Blue\n00000000-0000-0000-0000-000000000000`,
    { fault: 'aaguid', line: '00000000-0000-0000-0000-000000000000' },
  ],
  [`${BLUE} Blue\n${BLUE.toUpperCase()} Again`, { fault: 'twice', line: `${BLUE.toUpperCase()} Again` }],
  [`${BLUE} ${'x'.repeat(65)}`, { fault: 'name', line: `${BLUE} ${'x'.repeat(65)}`, count: 64 }],
  [Array.from({ length: 51 }, () => BLUE).join('\n'), { fault: 'many', count: 50 }],
])('lines that do not fit: %s', (text, fault) => expect(modelsFault(draft(text))).toMatchObject(fault));

test.each([
  ['', { fault: 'none' }],
  ['AAAA', { fault: 'text' }],
  [`${PEM}\nAAAA`, { fault: 'text' }],
  [Array.from({ length: 21 }, () => PEM).join('\n'), { fault: 'many', count: 20 }],
])('certificates that do not fit: %s', (text, fault) => expect(rootsFault(draft(BLUE, text))).toMatchObject(fault));
