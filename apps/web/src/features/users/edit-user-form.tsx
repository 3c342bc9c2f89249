import { Alert, Checkbox, List, NativeSelect, TextInput } from '@mantine/core';
import type { Versioned } from '@sallyport/client';
import { mayChangeAdministration, mayEdit, RESET_REASON_LENGTH } from '@sallyport/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { User } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Note, ReadOnlyNote } from '../../ui/read-only-note.tsx';
import { useVersionedForm } from '../../ui/use-versioned-form.ts';
import { VersionedForm } from '../../ui/versioned-form.tsx';
import { useUpdateUser } from './queries.ts';
import { RightsFields } from './rights-fields.tsx';
import { changesOf, draftOf, type UserDraft } from './user-draft.ts';

interface EditUserFormProps {
  versioned: Versioned<User>;
  /** Fetches the newest version. */
  reload: () => Promise<Versioned<User>>;
}

/** Edits one user against the version that was read; only what was changed is sent. */
export function EditUserForm({ versioned, reload }: EditUserFormProps) {
  const { t } = useTranslation();
  const me = useMe();
  const edit = useVersionedForm({
    versioned,
    draftOf,
    changesOf,
    validate: { name: (value) => (value.trim() === '' ? t('words.nameMissing') : null) },
    mutation: useUpdateUser(versioned.value.id),
    reload,
    saved: ({ name, pendingReset }, { mfaEnabled }) => {
      if (mfaEnabled !== false) return t('users.editPage.updated', { name });
      return t(pendingReset ? 'users.editPage.mfaResetWaits' : 'users.editPage.mfaReset', { name });
    },
  });
  const { form, value: user } = edit;
  const draft = form.values;
  const own = user.id === me.id;
  const writable = mayEdit(me, user);

  const valueIn = (field: keyof UserDraft, newest: UserDraft): string => {
    if (field === 'name') return newest.name;
    if (field === 'role') return t(`words.role.${newest.role}`);
    if (field === 'access') return t(`words.access.${newest.access}`);
    if (field === 'reason') return newest.reason;
    if (field === 'status') return t(`words.status.${newest.status}`);
    return t(newest.mfaEnabled ? 'users.mfaState.on' : 'users.mfaState.off');
  };

  const fieldName = (field: keyof UserDraft): string => {
    if (field === 'mfaEnabled') return t('users.columns.mfa');
    return field === 'reason' ? t('users.editPage.mfaReason') : t(`words.field.${field}`);
  };

  return (
    <Panel>
      <VersionedForm
        edit={edit}
        save={writable ? t('users.editPage.submit') : null}
        describe={(field, newest) => ({
          field: fieldName(field),
          value: valueIn(field, newest),
        })}
      >
        <Restriction user={user} />
        <TextInput
          label={t('words.field.name')}
          maxLength={200}
          disabled={!writable}
          aria-required
          {...form.getInputProps('name')}
        />
        <RightsFields
          value={draft}
          actor={me}
          kind={user.organization.kind}
          disabled={!writable || own}
          onChange={(changed) => form.setValues(changed)}
        />
        <NativeSelect
          label={t('words.field.status')}
          description={
            draft.status === 'disabled' && user.status !== 'disabled' ? t('users.editPage.disableHint') : undefined
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={!writable || own}
          {...form.getInputProps('status')}
          data={statusesFor(user).map((status) => ({ value: status, label: t(`words.status.${status}`) }))}
        />
        <Checkbox
          label={t('users.editPage.mfa')}
          description={t(mfaHint(user, own))}
          disabled={!writable || own || !user.mfaEnabled || user.pendingReset !== undefined}
          {...form.getInputProps('mfaEnabled', { type: 'checkbox' })}
        />
        {user.mfaEnabled && !draft.mfaEnabled && (
          <>
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
            <TextInput
              label={t('users.editPage.mfaReason')}
              description={t('users.editPage.mfaReasonHint')}
              maxLength={RESET_REASON_LENGTH}
              {...form.getInputProps('reason')}
            />
          </>
        )}
      </VersionedForm>
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
  if (user.pendingReset) return 'users.editPage.mfaWaitsHint';
  if (user.mfaEnabled) return 'users.editPage.mfaOnHint';
  return user.hasPassword || user.status === 'invited' ? 'users.editPage.mfaOffHint' : 'users.editPage.mfaSsoHint';
}

/** Why some or all of the form is locked. */
function Restriction({ user }: { user: User }) {
  const { t } = useTranslation();
  const me = useMe();
  if (!mayChangeAdministration(me)) return <ReadOnlyNote />;
  if (!mayEdit(me, user)) return <Note>{t('users.editPage.above')}</Note>;
  return user.id === me.id ? <Note>{t('users.editPage.own')}</Note> : null;
}
