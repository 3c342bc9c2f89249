// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { refusal, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './not-me-page.tsx';

function open(answer: object = { status: 204 }, address = '/not-me#token=abc') {
  const sent: unknown[] = [];
  serve({
    'POST /auth/mfa-reset/dispute': (body) => {
      sent.push(body);
      return answer;
    },
  });
  renderPages([{ path: '/not-me', Component }], address);
  return { sent, user: userEvent.setup() };
}

const button = () => screen.findByRole('button', { name: 'This was not me' });

test('nothing happens before the button is pressed; then the way to a new password is shown', async () => {
  const { sent, user } = open();
  const notMe = await button();
  expect(sent).toEqual([]);
  await user.click(notMe);
  await screen.findByRole('heading', { name: 'Your administrators know' });
  expect(sent).toEqual([{ token: 'abc' }]);
  expect(screen.getByRole('link', { name: 'Choose a new password' }).getAttribute('href')).toBe('/forgot-password');
});

test('a link that was used says so', async () => {
  const { user } = open(refusal(410, 'invalid_token'));
  await user.click(await button());
  await screen.findByText(/used already, is too old/);
});

test('a link without its token says so at once', async () => {
  open({}, '/not-me');
  await screen.findByText(/used already, is too old/);
});
