import { AUDIT_ACTIONS } from '@sallyport/core';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import { en } from '../../app/texts.ts';
import { startI18n } from '../../base/i18n.ts';
import { auditActions } from './actions.ts';
import { filterOf, periodOf } from './audit-filter.ts';
import { detailText } from './detail-text.ts';
import { sentenceOf } from './sentence.ts';

startI18n(en);

const mia = { id: '1', name: 'mia@acme.example' };
const pat = { id: '2', name: 'pat@northwind.example' };

test('every kind of event has a name and a sentence', () => {
  expect(auditActions.toSorted()).toEqual([...AUDIT_ACTIONS].sort());
  expect(Object.keys(en.audit.sentences)).toEqual(Object.keys(en.audit.actions));
  for (const action of auditActions) {
    expect(sentenceOf(i18next.t, { action, actor: pat, subject: mia, details: {} })).toMatch(/^[A-Zmp].*\S$/);
  }
});

test('what somebody did to itself is said shorter', () => {
  const event = { action: 'password.changed', subject: mia, details: {} } as const;
  expect(sentenceOf(i18next.t, { ...event, actor: pat })).toBe(
    'pat@northwind.example changed the password of mia@acme.example',
  );
  expect(sentenceOf(i18next.t, { ...event, actor: mia })).toBe('mia@acme.example changed the own password');
});

test('days of the filter become moments, the last day included', () => {
  const { from = '', to = '' } = periodOf(filterOf(new URLSearchParams('from=2026-11-01&to=2026-11-02')));
  expect(Date.parse(to) - Date.parse(from)).toBe(2 * 24 * 3_600_000);
  expect(periodOf(filterOf(new URLSearchParams('from=yesterday')))).toEqual({});
  expect(filterOf(new URLSearchParams('action=nonsense')).action).toBeNull();
});

test.each([
  [['member', 'admin'], 'member → admin'],
  [true, 'true'],
  [null, '–'],
])('the detail %j is shown as %s', (value, text) => expect(detailText(value)).toBe(text));
