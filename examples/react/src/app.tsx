import { useSession } from '@sallyport/react';
import { useState } from 'react';
import { Enrollment } from './enrollment.tsx';
import { SignIn } from './sign-in.tsx';

export function App() {
  const session = useSession();
  const [enrolling, setEnrolling] = useState(false);
  switch (session.status) {
    case 'loading':
      return <p>One moment …</p>;
    case 'failed':
      return (
        <p role="alert">
          {session.problem.title}{' '}
          <button type="button" onClick={() => void session.reload()}>
            Try again
          </button>
        </p>
      );
    case 'signed_out':
      return <SignIn onDone={() => void session.reload()} />;
    case 'signed_in': {
      const { name, mfa } = session.user;
      return (
        <>
          <h1>Welcome, {name}</h1>
          <p>Two-factor authentication is {mfa.enabled ? 'on' : 'off'}.</p>
          {mfa.canEnroll && !enrolling && (
            <button type="button" onClick={() => setEnrolling(true)}>
              Turn it on
            </button>
          )}
          {enrolling && <Enrollment />}
          <button type="button" onClick={() => void session.signOut()}>
            Sign out
          </button>
        </>
      );
    }
  }
}
