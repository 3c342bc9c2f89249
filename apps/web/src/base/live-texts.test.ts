import i18next from 'i18next';
import { expect, test } from 'vitest';
import { startI18n } from './i18n.ts';
import { replaceTexts } from './live-texts.ts';

test('texts that have changed are in the objects that pages have, and in what they show', () => {
  const had = { signIn: { title: 'Sign in', gone: 'Gone', notices: { bye: 'Bye' } } };
  const { notices } = had.signIn;
  startI18n(had);
  replaceTexts(had, { signIn: { title: 'Welcome', notices: { bye: 'See you', more: 'More' } } });
  expect(had).toEqual({ signIn: { title: 'Welcome', notices: { bye: 'See you', more: 'More' } } });
  expect(notices).toBe(had.signIn.notices);
  expect(i18next.getResource('en', 'translation', 'signIn.title')).toBe('Welcome');
  expect(i18next.getResource('en', 'translation', 'signIn.notices.more')).toBe('More');
});
