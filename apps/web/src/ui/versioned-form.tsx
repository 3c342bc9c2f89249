import { Button, List, Text } from '@mantine/core';
import { IconArrowMerge } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Form } from './form.tsx';
import { News } from './news.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import { SaveLine } from './save-line.tsx';
import type { useVersionedForm } from './use-versioned-form.ts';

type Edit<Value, Draft extends object, Changes extends object> = ReturnType<
  typeof useVersionedForm<Value, Draft, Changes>
>;

interface VersionedFormProps<Value, Draft extends object, Changes extends object>
  extends Omit<ComponentProps<typeof Form<Draft>>, 'form' | 'error' | 'onSubmit'> {
  edit: Edit<Value, Draft, Changes>;
  /** Of the button; null for who may only look. */
  save: string | null;
  /** A field that somebody else changed, in words; without it the fields are not listed. */
  describe?: (field: keyof Draft, newest: Draft) => { field: string; value: string };
  children: ReactNode;
}

/** The form of {@link useVersionedForm}, with the conflict or the refusal above the fields and the button below. */
export function VersionedForm<Value, Draft extends object, Changes extends object>(
  props: VersionedFormProps<Value, Draft, Changes>,
) {
  const { edit, save, describe, problem, children, ...form } = props;
  const { conflict, mutation } = edit;
  return (
    <Form
      {...form}
      form={edit.form}
      error={mutation.error}
      problem={conflict ? <ConflictNotice key={String(conflict.changed)} {...conflict} describe={describe} /> : problem}
      onSubmit={edit.submit}
    >
      {children}
      {save && (
        <SaveLine mutation={mutation} message={edit.message}>
          {save}
        </SaveLine>
      )}
    </Form>
  );
}

type Conflict<Draft extends object> = NonNullable<Edit<unknown, Draft, object>['conflict']>;

interface ConflictNoticeProps<Draft extends object> extends Conflict<Draft> {
  describe: VersionedFormProps<unknown, Draft, object>['describe'];
}

/** Somebody else was faster: explains, loads the newest version under the person's edits, and shows what changed. */
function ConflictNotice<Draft extends object>({ changed, newest, loadNewest, describe }: ConflictNoticeProps<Draft>) {
  const { t } = useTranslation();
  const load = useMutation({ mutationFn: loadNewest });
  return (
    <News color="yellow" icon={<IconArrowMerge aria-hidden />} title={t('ui.conflict.title')}>
      <Text fz="sm">{t(changed ? 'ui.conflict.loaded' : 'ui.conflict.text')}</Text>
      {!changed && (
        <Button mt="sm" size="xs" variant="default" loading={load.isPending} onClick={() => load.mutate()}>
          {t('ui.conflict.load')}
        </Button>
      )}
      <ProblemAlert error={load.error} />
      {changed && changed.length > 0 && describe && (
        <>
          <Text fz="sm" mt="xs">
            {t('ui.conflict.changed')}
          </Text>
          <List size="sm">
            {changed.map((field) => (
              <List.Item key={String(field)}>{t('ui.conflict.change', describe(field, newest))}</List.Item>
            ))}
          </List>
        </>
      )}
    </News>
  );
}
