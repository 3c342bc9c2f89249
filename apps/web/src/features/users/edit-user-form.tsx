import { Alert, Button, Checkbox, Group, List, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { mayChangeAdministration, mayEdit } from '@sallyport/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, isProblem } from '../../base/api/problem.ts';
import type { User } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.ts';
import { announce } from '../../ui/announcer.tsx';
import { fieldErrors } from '../../ui/form-errors.ts';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SavedMark } from '../../ui/saved-mark.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { useUpdateUser, type VersionedUser } from './queries.ts';
import { RightsFields } from './rights-fields.tsx';
import { changesOf, draftOf, rebase, type UserDraft } from './user-draft.ts';

interface EditUserFormProps {
  versioned: VersionedUser;
  /** Fetches the newest version. */
  onReload: () => Promise<VersionedUser | undefined>;
}

/** Edits one user against the version that was read; only what was changed is sent. */
export function EditUserForm({ versioned, onReload }: EditUserFormProps) {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateUser(versioned.user.id);
  const [base, setBase] = useState(versioned);
  const [draft, setDraft] = useState<UserDraft>(() => draftOf(versioned.user));
  const [message, setMessage] = useState('');
  const [changedByOthers, setChangedByOthers] = useState<(keyof UserDraft)[] | null>(null);
  const nameField = useRef<HTMLInputElement>(null);

  const { user } = base;
  const own = user.id === me.id;
  const writable = mayEdit(me, user);
  const resetsMfa = user.mfaEnabled && !draft.mfaEnabled;
  const conflict = isProblem(update.error, 'precondition_failed');
  const errors = update.error instanceof ApiError ? fieldErrors(update.error.faults) : {};
  const nameMissing = draft.name.trim() === '';

  const edit = (changed: Partial<UserDraft>) => {
    setMessage('');
    setDraft((before) => ({ ...before, ...changed }));
  };
  const say = (text: string) => {
    setMessage(text);
    announce(text);
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (nameMissing) {
      nameField.current?.focus();
      return;
    }
    const changes = changesOf(draftOf(user), draft);
    if (Object.keys(changes).length === 0) {
      say(t('users.editPage.nothing'));
      return;
    }
    setMessage('');
    update.mutate(
      { changes, etag: base.etag },
      {
        onSuccess: (updated) => {
          setBase(updated);
          setDraft(draftOf(updated.user));
          setChangedByOthers(null);
          const { name } = updated.user;
          say(t(resetsMfa ? 'users.editPage.mfaReset' : 'users.editPage.updated', { name }));
        },
      },
    );
  };

  const reload = async () => {
    const newest = await onReload();
    if (!newest) return;
    const rebased = rebase(draftOf(user), draft, draftOf(newest.user));
    setBase(newest);
    setDraft(rebased.draft);
    setChangedByOthers(rebased.changed);
    update.reset();
  };

  return (
    <Panel>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <Restriction user={user} />
          {conflict || changedByOthers ? (
            <ConflictNotice error={update.error} changed={changedByOthers} newest={draftOf(user)} onReload={reload} />
          ) : (
            <ProblemAlert error={update.error} />
          )}
          <TextInput
            ref={nameField}
            label={t('users.form.name')}
            value={draft.name}
            maxLength={200}
            disabled={!writable}
            error={nameMissing ? t('users.form.nameMissing') : errors.name}
            onChange={(event) => edit({ name: event.currentTarget.value })}
            aria-required
          />
          <RightsFields
            value={draft}
            actor={me}
            kind={user.organization.kind}
            disabled={!writable || own}
            onChange={edit}
          />
          <NativeSelect
            label={t('users.form.status')}
            description={
              draft.status === 'disabled' && user.status !== 'disabled' ? t('users.editPage.disableHint') : undefined
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={errors.status}
            disabled={!writable || own}
            value={draft.status}
            onChange={(event) => edit({ status: event.currentTarget.value as User['status'] })}
            data={statusesFor(user).map((status) => ({ value: status, label: t(`words.status.${status}`) }))}
          />
          <Checkbox
            label={t('users.editPage.mfa')}
            description={t(mfaHint(user, own))}
            checked={draft.mfaEnabled}
            disabled={!writable || own || !user.mfaEnabled}
            onChange={(event) => edit({ mfaEnabled: event.currentTarget.checked })}
          />
          {resetsMfa && (
            <Alert
              role="status"
              color="yellow"
              icon={<IconAlertTriangle aria-hidden />}
              title={t('users.editPage.mfaResetTitle')}
            >
              <List size="sm">
                {t('users.editPage.mfaResetList', { returnObjects: true }).map((consequence) => (
                  <List.Item key={consequence}>{consequence}</List.Item>
                ))}
              </List>
            </Alert>
          )}
          {writable && (
            <Group gap="sm">
              <Button type="submit" loading={update.isPending}>
                {t('users.editPage.submit')}
              </Button>
              {message && (update.isSuccess ? <SavedMark>{message}</SavedMark> : <Text fz="sm">{message}</Text>)}
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

/** An invited user becomes active by accepting, not by an admin. */
function statusesFor(user: User): readonly User['status'][] {
  if (user.status === 'invited') return ['invited', 'disabled'];
  return ['active', 'disabled'];
}

function mfaHint(user: User, own: boolean) {
  if (own) return 'users.editPage.mfaOwnHint';
  if (user.mfaEnabled) return 'users.editPage.mfaOnHint';
  return user.hasPassword || user.status === 'invited' ? 'users.editPage.mfaOffHint' : 'users.editPage.mfaSsoHint';
}

/** Why some or all of the form is locked. */
function Restriction({ user }: { user: User }) {
  const { t } = useTranslation();
  const me = useMe();
  const reason = !mayChangeAdministration(me)
    ? 'users.readOnly'
    : !mayEdit(me, user)
      ? 'users.editPage.above'
      : user.id === me.id
        ? 'users.editPage.own'
        : null;
  if (!reason) return null;
  return (
    <Alert color="gray" icon={<IconInfoCircle aria-hidden />}>
      {t(reason)}
    </Alert>
  );
}
