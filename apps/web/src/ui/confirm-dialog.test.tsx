import { ApiError } from '@sallyport/client';
// @vitest-environment happy-dom
import { useMutation } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { renderPart } from '../testing/page.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';

function Page({ remove }: { remove: () => Promise<void> }) {
  const [opened, setOpened] = useState(false);
  const mutation = useMutation({ mutationFn: remove });
  return (
    <>
      <button type="button" onClick={() => setOpened(true)}>
        Remove it
      </button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title="Remove it?"
        text="It cannot be brought back."
        confirm="Remove"
        mutation={mutation}
        onConfirm={() => mutation.mutate(undefined, { onSuccess: () => setOpened(false) })}
      />
    </>
  );
}

const dialog = () => screen.findByRole('dialog', { name: 'Remove it?' });
const gone = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

test('nothing is done before the question is answered, and the harmless answer has the focus', async () => {
  const remove = vi.fn(async () => {});
  renderPart(<Page remove={remove} />);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Remove it' }));
  await dialog();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' })));
  await user.keyboard('{Enter}');
  await gone();
  expect(remove).not.toHaveBeenCalled();
});

test('a refusal is said in the dialog, and forgotten when it closes', async () => {
  const remove = vi.fn<() => Promise<void>>();
  remove.mockRejectedValueOnce(
    new ApiError({ code: 'no_working_sso', status: 409, title: '', detail: 'It is the last.' }),
  );
  renderPart(<Page remove={remove} />);
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: 'Remove it' }));
  await dialog();
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect((await screen.findByRole('alert')).textContent).toContain('It is the last.');
  await user.keyboard('{Escape}');
  await gone();

  await user.click(screen.getByRole('button', { name: 'Remove it' }));
  await dialog();
  expect(screen.queryByRole('alert')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await gone();
  expect(remove).toHaveBeenCalledTimes(2);
});
