// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderPages, serve } from '../../testing/page.tsx';
import { Component } from './password-page.tsx';

test('a new password is judged by the minimum of the organization before it is sent', async () => {
  const sent: unknown[] = [];
  serve({
    'POST /me/password': (body) => {
      sent.push(body);
      return { status: 204 };
    },
  });
  renderPages([{ path: '/', Component }], '/');
  const typing = userEvent.setup();
  const next = screen.getByLabelText('New password');
  expect(screen.getByText(/At least 10 characters/)).toBeTruthy();

  await typing.type(screen.getByLabelText('Current password'), 'quarry lantern');
  await typing.type(next, 'thistles9');
  await typing.click(screen.getByRole('button', { name: 'Save the new password' }));
  expect(await screen.findAllByText('Use at least 10 characters.')).not.toHaveLength(0);
  expect(document.activeElement).toBe(next);
  expect(sent).toEqual([]);

  await typing.type(next, '0');
  await typing.click(screen.getByRole('button', { name: 'Save the new password' }));
  await screen.findByText('Your password was changed');
  expect(sent).toEqual([{ currentPassword: 'quarry lantern', newPassword: 'thistles90' }]);
});
