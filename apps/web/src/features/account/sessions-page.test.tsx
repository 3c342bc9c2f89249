// @vitest-environment happy-dom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPages, serve } from '../../testing/page.tsx';
import { Component } from './sessions-page.tsx';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const createdAt = '2026-11-24T12:00:00Z';
const expiresAt = '2026-12-24T12:00:00Z';
const session = {
  ...{ id: 's1', current: true, method: 'password', aal: 1, userAgent: firefox, address: '192.0.2.1' },
  ...{ createdAt, lastSeenAt: createdAt, expiresAt },
};
const device = (id: string, current: boolean, lastUsedAt: string | null) => ({
  ...{ id, current, userAgent: firefox, createdAt, lastUsedAt, expiresAt },
});

function open(devices: ReturnType<typeof device>[]) {
  const asked: string[] = [];
  serve({
    'GET /me/sessions': () => ({ body: { items: [session] } }),
    'GET /me/devices': () => ({ body: { items: devices } }),
    'DELETE /me/devices/d2': () => {
      asked.push('d2');
      devices = devices.filter(({ id }) => id !== 'd2');
      return { status: 204 };
    },
    'DELETE /me/devices': () => {
      asked.push('all');
      devices = [];
      return { status: 204 };
    },
  });
  renderPages([{ path: '/', Component }], '/');
  return { asked, user: userEvent.setup() };
}

test('where no device is remembered nothing is said of it', async () => {
  open([]);
  await screen.findByText('You are signed in on this device only.');
  expect(screen.queryByRole('heading', { name: 'Remembered devices' })).toBeNull();
});

test('remembered devices are listed, forgotten one by one, and all at once', async () => {
  const { asked, user } = open([device('d1', true, createdAt), device('d2', false, null)]);
  const panel = (await screen.findByRole('heading', { name: 'Remembered devices' })).closest('section');
  if (panel === null) throw new Error('the heading stands in no section');
  const rows = within(panel).getAllByRole('listitem');
  expect(rows.map((row) => row.textContent)).toEqual([
    expect.stringMatching(/Firefox on Linux.*This device.*Remembered.*Last used.*Ends/),
    expect.stringMatching(/Firefox on Linux.*Remembered.*Not used yet.*Ends/),
  ]);
  const [, second] = within(panel).getAllByRole('button', { name: 'Forget' });
  if (second === undefined) throw new Error('there is no second button');
  expect(second.getAttribute('aria-describedby')).toBeTruthy();
  await user.click(second);
  await waitFor(() => expect(within(panel).getAllByRole('listitem')).toHaveLength(1));
  await user.click(within(panel).getByRole('button', { name: 'Forget all' }));
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Remembered devices' })).toBeNull());
  expect(asked).toEqual(['d2', 'all']);
});
