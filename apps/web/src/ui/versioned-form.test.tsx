// @vitest-environment happy-dom
import { TextInput } from '@mantine/core';
import { ApiError, type Versioned } from '@sallyport/client';
import { useMutation } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderPart } from '../testing/page.tsx';
import { changedFields } from './rebase.ts';
import { type Change, useVersionedForm } from './use-versioned-form.ts';
import { VersionedForm } from './versioned-form.tsx';

interface Thing {
  name: string;
  colour: string;
}

interface PageProps {
  send: (change: Change<Partial<Thing>>) => Promise<Versioned<Thing>>;
  reload: () => Promise<Versioned<Thing>>;
}

function Page({ send, reload }: PageProps) {
  const edit = useVersionedForm({
    versioned: { value: { name: 'Door', colour: 'red' }, etag: '"1"' },
    draftOf: ({ name, colour }: Thing) => ({ name, colour }),
    changesOf: changedFields<Thing>,
    validate: { name: (value) => (value === '' ? 'Enter a name.' : null) },
    mutation: useMutation({ mutationFn: send }),
    reload,
    saved: ({ name }, changes) => `${name} was saved: ${Object.keys(changes).join(' and ')}.`,
  });
  return (
    <VersionedForm
      edit={edit}
      save="Save"
      beside={{ slug_taken: ['name', 'Another door has this name.'] }}
      describe={(field, newest) => ({ field, value: newest[field] })}
    >
      <TextInput label="Name" {...edit.form.getInputProps('name')} />
      <TextInput label="Colour" {...edit.form.getInputProps('colour')} />
      <p>{edit.isDirty ? 'edited' : 'as saved'}</p>
    </VersionedForm>
  );
}

function open() {
  const send = vi.fn<PageProps['send']>();
  const reload = vi.fn<PageProps['reload']>();
  renderPart(<Page send={send} reload={reload} />);
  const user = userEvent.setup();
  const type = async (label: string, value: string) => {
    await user.clear(screen.getByLabelText(label));
    if (value) await user.type(screen.getByLabelText(label), value);
  };
  return { send, reload, type, save: () => user.click(screen.getByRole('button', { name: 'Save' })), user };
}

const shownIn = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value;
const stale = new ApiError({ code: 'precondition_failed', status: 412, title: 'Stale' });

test('only what was changed is sent, against the version that was read; the answer is the next version', async () => {
  const { send, type, save } = open();
  send.mockResolvedValueOnce({ value: { name: 'Gate', colour: 'red' }, etag: '"2"' });
  send.mockResolvedValueOnce({ value: { name: 'Gate', colour: 'blue' }, etag: '"3"' });
  await type('Name', 'Gate');
  await save();
  expect(await screen.findAllByText('Gate was saved: name.')).not.toHaveLength(0);
  screen.getByText('as saved');
  await type('Colour', 'blue');
  expect(screen.queryByText('Gate was saved: name.')).toBeNull();
  screen.getByText('edited');
  await save();
  await screen.findByText('Gate was saved: colour.');
  expect(send.mock.calls.map(([change]) => change)).toEqual([
    { changes: { name: 'Gate' }, etag: '"1"' },
    { changes: { colour: 'blue' }, etag: '"2"' },
  ]);
});

test('nothing is sent where nothing was changed, or something is missing', async () => {
  const { send, type, save } = open();
  await save();
  await screen.findByText('Nothing to save: nothing was changed.');
  await type('Name', '');
  await save();
  await screen.findByText('Enter a name.');
  expect(document.activeElement).toBe(screen.getByLabelText('Name'));
  expect(send).not.toHaveBeenCalled();
});

test('what others changed comes under the edits, and is listed', async () => {
  const { send, reload, type, save, user } = open();
  send.mockRejectedValueOnce(stale);
  send.mockResolvedValueOnce({ value: { name: 'Gate', colour: 'green' }, etag: '"8"' });
  reload.mockResolvedValueOnce({ value: { name: 'Door', colour: 'green' }, etag: '"7"' });
  await type('Name', 'Gate');
  await save();
  const alert = await screen.findByRole('alert');
  await waitFor(() => expect(document.activeElement).toBe(alert));
  expect(shownIn('Name')).toBe('Gate');

  await user.click(screen.getByRole('button', { name: 'Load the newest version' }));
  await screen.findByText('colour is now “green”');
  expect([shownIn('Name'), shownIn('Colour')]).toEqual(['Gate', 'green']);
  expect(screen.queryByText(/name is now/)).toBeNull();

  await save();
  await screen.findByText('Gate was saved: name.');
  expect(screen.queryByRole('alert')).toBeNull();
  expect(send.mock.lastCall?.[0]).toEqual({ changes: { name: 'Gate' }, etag: '"7"' });
});

test('a newest version that cannot be loaded leaves the edits and can be asked for again', async () => {
  const { send, reload, type, save, user } = open();
  send.mockRejectedValue(stale);
  reload.mockRejectedValueOnce(new ApiError({ code: 'network', status: 0, title: '' }));
  reload.mockResolvedValueOnce({ value: { name: 'Wall', colour: 'red' }, etag: '"9"' });
  await type('Name', 'Gate');
  await save();
  await user.click(await screen.findByRole('button', { name: 'Load the newest version' }));
  await screen.findByText('No connection to the service');
  await user.click(screen.getByRole('button', { name: 'Load the newest version' }));
  await screen.findByText('name is now “Wall”');
  expect(shownIn('Name')).toBe('Gate');
});

test('a refusal stands beside its field, or above all', async () => {
  const { send, type, save } = open();
  send.mockRejectedValueOnce(new ApiError({ code: 'slug_taken', status: 409, title: 'Taken' }));
  send.mockRejectedValueOnce(new ApiError({ code: 'forbidden', status: 403, title: 'Not for you' }));
  await type('Name', 'Gate');
  await save();
  await screen.findByText('Another door has this name.');
  expect(screen.queryByRole('alert')).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
  await save();
  expect((await screen.findByRole('alert')).textContent).toContain('Not for you');
});
