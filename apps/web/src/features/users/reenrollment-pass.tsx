import { mayEdit } from '@sallyport/core';
import { useTranslation } from 'react-i18next';
import type { User } from '../../base/api/types.ts';
import { useMe } from '../../base/session/me.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { SaveLine } from '../../ui/save-line.tsx';
import { ShownOnce } from '../../ui/shown-once.tsx';
import { useIssuePass } from './queries.ts';
import { setUnsavedPass, useUnsavedPass } from './unsaved-pass.ts';

/** The pass that a reset gave, to be read out; afterwards that the user waits for one, and the way to another. */
export function ReenrollmentPass({ user }: { user: User }) {
  const { t } = useTranslation();
  const me = useMe();
  const unsaved = useUnsavedPass();
  const issue = useIssuePass(user.id);
  if (unsaved?.userId === user.id) {
    return (
      <ShownOnce
        key={unsaved.pass}
        title={t('users.pass.title', { name: user.name })}
        warning={t('users.pass.shownOnce')}
        text={t('users.pass.text')}
        label={t('users.pass.label')}
        value={unsaved.pass}
        saved={t('users.pass.saved')}
        done={t('users.pass.done')}
        onDone={() => setUnsavedPass(null)}
      />
    );
  }
  if (!user.awaitsReenrollmentPass) return null;
  return (
    <Panel title={t('users.pass.awaited')} description={t('users.pass.awaitedText')}>
      <ProblemAlert error={issue.error} />
      {user.id !== me.id && mayEdit(me, user) && (
        <SaveLine variant="default" mutation={issue} message="" onClick={() => issue.mutate()}>
          {t('users.pass.another')}
        </SaveLine>
      )}
    </Panel>
  );
}
