// @vitest-environment happy-dom
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mia, renderPages, serve } from '../../testing/page.tsx';
import { Component } from './users-page.tsx';

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

/** The list, and an edit page that arrives when `arrive` is called, as a part of the SPA that is being loaded. */
async function openUsers(at = '/users') {
  const searches: (string | null)[] = [];
  const queries: string[] = [];
  serve({
    'GET /users': (_, query) => {
      searches.push(query.get('q'));
      queries.push(query.toString());
      return { body: { items: [mia], nextCursor: null } };
    },
  });
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const router = renderPages(
    [
      { path: '/users', Component },
      { path: '/users/:id/edit', lazy: () => arrived.then(() => ({ Component: () => <h1>Edit Mia</h1> })) },
    ],
    at,
  );
  await screen.findByRole('link', { name: 'Edit' });
  return { router, arrive, searches, queries, typing: userEvent.setup({ advanceTimers: vi.advanceTimersByTime }) };
}

const searchField = () => screen.getByRole('searchbox', { name: 'Search' });
const pause = () => act(() => vi.advanceTimersByTimeAsync(1000));

test('Edit works at once after typing in the search', async () => {
  const { router, arrive, typing } = await openUsers();
  await typing.type(searchField(), 'mi');
  await typing.click(screen.getByRole('link', { name: 'Edit' }));
  await pause();
  arrive();
  await screen.findByRole('heading', { name: 'Edit Mia' });
  expect(router.state.location.pathname).toBe('/users/01-mia/edit');
});

test('what is typed while the next page is on its way does not hold it up', async () => {
  const { arrive, typing } = await openUsers();
  await typing.click(screen.getByRole('link', { name: 'Edit' }));
  await typing.type(searchField(), 'mi');
  await pause();
  arrive();
  await screen.findByRole('heading', { name: 'Edit Mia' });
});

test('the search is asked for once typing pauses, and is in the address', async () => {
  const { router, searches, typing } = await openUsers('/users?organization=01-other');
  await typing.type(searchField(), ' mia ');
  await pause();
  await waitFor(() => expect(router.state.location.search).toBe('?organization=01-other&q=mia'));
  expect(searches).toEqual([null, 'mia']);
  await typing.clear(searchField());
  await pause();
  await waitFor(() => expect(router.state.location.search).toBe('?organization=01-other'));
});

test('the search of the address is searched for', async () => {
  const { searches } = await openUsers('/users?q=mia');
  expect(searchField()).toHaveProperty('value', 'mia');
  expect(searches).toEqual(['mia']);
});

test('what is filtered by is asked for, and is in the address', async () => {
  const { router, queries, typing } = await openUsers('/users?mfa=on&status=nonsense');
  expect(queries).toEqual(['limit=25&mfaEnabled=true']);
  await typing.click(screen.getByRole('combobox', { name: '2FA' }));
  await typing.click(await screen.findByRole('option', { name: 'Off', hidden: true }));
  await typing.click(screen.getByRole('combobox', { name: 'Role' }));
  await typing.click(await screen.findByRole('option', { name: 'Administrator', hidden: true }));
  await waitFor(() => expect(queries.at(-1)).toBe('limit=25&role=admin&mfaEnabled=false&hasPassword=true'));
  expect(new URLSearchParams(router.state.location.search).get('role')).toBe('admin');
});

test('the order is asked for, and is in the address', async () => {
  const { router, queries, typing } = await openUsers('/users?sort=nonsense');
  const order = screen.getByRole('combobox', { name: 'Order' });
  expect(order).toHaveProperty('value', 'Email address');
  await typing.click(order);
  await typing.click(await screen.findByRole('option', { name: 'Longest away first', hidden: true }));
  await waitFor(() => expect(queries.at(-1)).toBe('limit=25&sort=lastSignInAt'));
  expect(router.state.location.search).toContain('sort=lastSignInAt');
  await typing.click(order);
  await typing.click(await screen.findByRole('option', { name: 'Email address', hidden: true }));
  await waitFor(() => expect(queries.at(-1)).toBe('limit=25'));
});
