// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { AuditEvent } from '../../base/api/types.ts';
import { me, renderPages, serve } from '../../testing/page.tsx';
import { periodOf } from './audit-filter.ts';
import { Component } from './audit-page.tsx';

const event: AuditEvent = {
  id: '01-event',
  sequence: 7,
  occurredAt: '2026-01-01T10:00:00Z',
  action: 'user.created',
  outcome: 'success',
  actor: { id: me.id, name: 'ada@customer.test' },
  subject: { id: '01-mia', name: 'mia@customer.test' },
  organizationId: me.organization.id,
  address: '192.0.2.1',
  userAgent: 'curl/8',
  requestId: '01-request',
  details: { role: ['member', 'admin'] },
};

function open(at: string, signedInAs = me) {
  const asked: string[] = [];
  serve({
    'GET /audit-events': (_, query) => {
      asked.push(query.toString());
      const items = query.get('action') === 'seed.applied' ? [] : [{ ...event, id: `${event.id}${query}` }];
      return { body: { items, nextCursor: query.has('cursor') || items.length === 0 ? null : 'next' } };
    },
    'GET /users': (_, query) => ({
      body: {
        items: [{ id: '01-mia', email: 'mia@customer.test' }].filter(({ email }) =>
          email.includes(query.get('q') ?? ''),
        ),
        nextCursor: null,
      },
    }),
    'GET /organizations': () => ({
      body: { items: [{ ...me.organization, id: '01-other', name: 'Other' }], nextCursor: null },
    }),
  });
  const router = renderPages([{ path: '/audit', Component }], at, signedInAs);
  return { asked, router, user: userEvent.setup() };
}

test('a filter is asked for, and is in the address', async () => {
  const { asked, router, user } = open('/audit');
  await screen.findByText(/ada@customer.test created mia@customer.test/);
  await user.click(screen.getByRole('combobox', { name: 'User' }));
  await user.type(screen.getByRole('combobox', { name: 'User' }), 'mia');
  await user.click(await screen.findByRole('option', { name: 'mia@customer.test', hidden: true }));
  await waitFor(() => expect(router.state.location.search).toBe('?user=01-mia'));
  fireEvent.change(screen.getByLabelText('From day'), { target: { value: '2026-01-02' } });
  await waitFor(() => expect(router.state.location.search).toBe('?user=01-mia&from=2026-01-02'));
  const { from = '' } = periodOf({ fromDay: '2026-01-02', toDay: null });
  await waitFor(() => expect(asked.at(-1)).toBe(`${new URLSearchParams({ limit: '50', userId: '01-mia', from })}`));
  fireEvent.change(screen.getByLabelText('From day'), { target: { value: '' } });
  await waitFor(() => expect(router.state.location.search).toBe('?user=01-mia'));
});

test('the filters of the address are shown; where they find nothing, they are cleared together', async () => {
  const { asked, router, user } = open('/audit?action=seed.applied&from=2026-01-02&to=nonsense');
  await screen.findByText('Nothing found');
  expect(screen.getByRole('combobox', { name: 'Action' })).toHaveProperty('value', 'Seed file applied');
  expect(screen.getByLabelText('From day')).toHaveProperty('value', '2026-01-02');
  expect(asked[0]).not.toContain('to=');
  await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
  await screen.findByText(/created mia/);
  expect(router.state.location.search).toBe('');
});

test('more are loaded below those that are there, and one opens to all that is known of it', async () => {
  const { user } = open('/audit');
  await screen.findByText(/created mia/);
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  await waitFor(() => expect(screen.getAllByText(/created mia/)).toHaveLength(2));
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
  await user.click(screen.getAllByRole('button', { expanded: false })[0] as HTMLElement);
  screen.getByText('member → admin');
  screen.getByText('01-request');
});

test('only who looks after other organizations chooses one', async () => {
  open('/audit');
  await screen.findByText(/created mia/);
  expect(screen.queryByRole('combobox', { name: 'Organization' })).toBeNull();
});

test('a partner chooses one of its organizations', async () => {
  const { asked, user } = open('/audit', { ...me, organization: { ...me.organization, kind: 'partner' } });
  await user.click(await screen.findByRole('combobox', { name: 'Organization' }));
  await user.click(await screen.findByRole('option', { name: 'Other', hidden: true }));
  await waitFor(() => expect(asked.at(-1)).toContain('organizationId=01-other'));
});
