import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useMe } from '../../base/session/me.tsx';
import { mfaQuery } from '../../base/session/mfa.ts';
import { isPutOff, putOff } from './app-check-put-off.ts';

const AppReminder = lazy(() => import('./app-reminder.tsx'));

/** The reminder to enter a code of the authenticator app, where none was for 28 days; put off, it comes back at the next sign-in. */
export function AppCheck({ mb = 0 }: { mb?: 0 | 'md' }) {
  const { mfa, session } = useMe();
  const { data } = useQuery({ ...mfaQuery, enabled: mfa.enabled });
  const [isAnswered, setAnswered] = useState(false);
  const [hidden, setHidden] = useState(() => isPutOff(session.id));
  if (hidden || !(isAnswered || data?.checkDue)) return null;
  return (
    <Suspense fallback={null}>
      <AppReminder
        mb={mb}
        onAnswered={() => setAnswered(true)}
        onPutOff={() => {
          putOff(session.id);
          setHidden(true);
        }}
      />
    </Suspense>
  );
}
