// @vitest-environment happy-dom
import { Modal } from '@mantine/core';
import { answer } from '@sallyport/client';
import { useMutation } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { api } from '../../base/api/client.ts';
import { askedProof } from '../../base/session/asked-proof.ts';
import { refusal, renderPart, serve } from '../../testing/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StepUp } from './index.ts';

afterEach(() => askedProof()?.settle(false));

/** A page with something typed and a button that changes it. */
function Page() {
  const [name, setName] = useState('');
  const rename = useMutation({
    mutationFn: () =>
      answer(api.PATCH('/api/v1/organizations/{id}', { params: { path: { id: '1' } }, body: { name } })),
  });
  return (
    <>
      <StepUp />
      <Modal opened onClose={() => setName('closed')} title="Of the page" transitionProps={{ duration: 0 }}>
        <input aria-label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        <button type="button" disabled={rename.isPending} onClick={() => rename.mutate()}>
          Save
        </button>
        <ProblemAlert error={rename.error} />
        {rename.isPending && <p>saving</p>}
        {rename.isSuccess && <p>saved</p>}
      </Modal>
    </>
  );
}

const BY_PASSWORD = { action: 'reauthenticate', methods: [] };
const WITH_CODE = { action: 'reauthenticate', methods: ['totp', 'backup_code'] };

async function open(next: object) {
  const sent: unknown[] = [];
  let proved = false;
  serve({
    'PATCH /organizations/1': (body) => {
      sent.push(body);
      return proved ? { body: {} } : refusal(401, 'reauthentication_required', { next });
    },
    'POST /auth/step-up': (body) => {
      sent.push(body);
      if ((body as { password: string }).password !== 'right') return refusal(401, 'invalid_credentials');
      proved = true;
      return { status: 204 };
    },
  });
  renderPart(<Page />);
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText('Name'), 'Acme');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('dialog', { name: 'Confirm it is you' });
  return { sent, user };
}

describe('SEC-43: a change that asks for a fresh proof', () => {
  test('asks in place, says what is wrong, and goes on once it is confirmed', async () => {
    const { sent, user } = await open(BY_PASSWORD);
    expect(screen.queryByLabelText('6-digit code')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Confirm' }));
    await screen.findByText('Enter your current password.');
    await user.type(screen.getByLabelText('Current password'), 'wrong{Enter}');
    await screen.findByText('The current password is wrong. Try again.');
    await user.clear(screen.getByLabelText('Current password'));
    await user.type(screen.getByLabelText('Current password'), 'right{Enter}');
    await screen.findByText('saved');
    expect(sent).toEqual([{ name: 'Acme' }, { password: 'wrong' }, { password: 'right' }, { name: 'Acme' }]);
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Confirm it is you' })).toBeNull());
  });

  test('asks for a code where there is a second factor', async () => {
    const { sent, user } = await open(WITH_CODE);
    await user.type(screen.getByLabelText('Current password'), 'right');
    await user.type(screen.getByLabelText('6-digit code'), ' 123456{Enter}');
    await screen.findByText('saved');
    expect(sent[1]).toEqual({ password: 'right', code: '123456' });
  });

  test.each(['Cancel', 'Escape'])('%s leaves the page as it was', async (how) => {
    const { sent, user } = await open(BY_PASSWORD);
    if (how === 'Cancel') await user.click(screen.getByRole('button', { name: 'Cancel' }));
    else await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Confirm it is you' })).toBeNull());
    expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Acme');
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.queryByText('saving')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save' })));
    expect(sent).toHaveLength(1);
    // It asks anew the next time.
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByRole('dialog', { name: 'Confirm it is you' });
  });

  test('leads those without a password through their provider and back', async () => {
    const { user } = await open({ action: 'use_sso', connectionId: 'c1' });
    expect(screen.queryByLabelText('Current password')).toBeNull();
    const assign = vi.spyOn(window.location, 'assign').mockImplementation(() => undefined);
    await user.click(screen.getByRole('button', { name: 'Continue to your identity provider' }));
    expect(assign).toHaveBeenCalledWith(
      expect.stringMatching(/^\/api\/v1\/auth\/sso\/c1\/start\?fresh=true&returnTo=/),
    );
    assign.mockRestore();
  });

  test('offers the provider beside the password where the session began there', async () => {
    await open({ ...BY_PASSWORD, connectionId: 'c1' });
    screen.getByRole('button', { name: 'Use single sign-on instead' });
    screen.getByLabelText('Current password');
  });
});
