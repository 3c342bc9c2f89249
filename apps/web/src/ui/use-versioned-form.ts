import { type UseFormInput, useForm } from '@mantine/form';
import { isProblem, type Versioned } from '@sallyport/client';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from './announcer.tsx';
import { rebase } from './rebase.ts';

/** A change against the version that it was made on. */
export interface Change<Changes> {
  changes: Changes;
  /** For `If-Match`. */
  etag: string | null;
}

interface Options<Value, Draft extends object, Changes extends object> {
  /** As it was read; later versions are taken by saving or by loading the newest only. */
  versioned: Versioned<Value>;
  draftOf: (value: Value) => Draft;
  /** What a PATCH sends: nothing where nothing was changed. */
  changesOf: (base: Draft, draft: Draft) => Changes;
  validate?: UseFormInput<Draft>['validate'];
  mutation: UseMutationResult<Versioned<Value>, Error, Change<Changes>>;
  /** Fetches the newest version, where the service keeps versions. */
  reload?: () => Promise<Versioned<Value>>;
  /** What is said when the changes were saved. */
  saved: (value: Value, changes: Changes) => string;
}

/**
 * A form that edits one thing against the version that was read, and sends only what was changed. When somebody else
 * was faster, the newest version can be brought under the edits.
 */
export function useVersionedForm<Value, Draft extends object, Changes extends object>(
  options: Options<Value, Draft, Changes>,
) {
  const { draftOf, changesOf, validate, mutation, reload, saved } = options;
  const { t } = useTranslation();
  const [base, setBase] = useState(options.versioned);
  const [message, setMessage] = useState('');
  const [changedByOthers, setChangedByOthers] = useState<(keyof Draft)[] | null>(null);
  const baseDraft = useMemo(() => draftOf(base.value), [base]);
  const form = useForm<Draft>({
    initialValues: baseDraft,
    ...(validate ? { validate } : {}),
    onValuesChange: () => setMessage(''),
  });

  const take = (newest: Versioned<Value>, draft: Draft) => {
    setBase(newest);
    form.setValues(draft);
  };
  const say = (text: string) => {
    setMessage(text);
    announce(text);
  };

  const submit = (draft: Draft) => {
    const changes = changesOf(baseDraft, draft);
    if (Object.keys(changes).length === 0) {
      mutation.reset();
      say(t('ui.nothingToSave'));
      return;
    }
    setMessage('');
    mutation.mutate(
      { changes, etag: base.etag },
      {
        onSuccess: (newest) => {
          take(newest, draftOf(newest.value));
          setChangedByOthers(null);
          say(saved(newest.value, changes));
        },
      },
    );
  };

  const loadNewest = async () => {
    if (!reload) return;
    const newest = await reload();
    const { draft, changed } = rebase(baseDraft, form.getValues(), draftOf(newest.value));
    take(newest, draft);
    setChangedByOthers(changed);
    mutation.reset();
  };

  return {
    form,
    /** The version that the edits are made on. */
    value: base.value,
    mutation,
    submit,
    /** What came of submitting; empty once the form is edited further. */
    message,
    /** There are edits that are not saved. */
    isDirty: Object.keys(changesOf(baseDraft, form.values)).length > 0,
    /** Somebody else was faster; `changed` is null until the newest version is loaded. */
    conflict:
      changedByOthers || isProblem(mutation.error, 'precondition_failed')
        ? { changed: mutation.error ? null : changedByOthers, newest: baseDraft, loadNewest }
        : null,
  };
}
