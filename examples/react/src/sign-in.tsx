import { canUsePasskeys, PasskeyError, useSignIn } from '@sallyport/react';
import { type FormEvent, useState } from 'react';

export function SignIn({ onDone }: { onDone: () => void }) {
  const signIn = useSignIn();
  const [backup, setBackup] = useState(false);
  if (signIn.step === 'done')
    return (
      <button type="button" onClick={onDone}>
        Go on as {signIn.user.name}
      </button>
    );
  const { pending, problem, next } = signIn;

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name));
    if (signIn.step === 'password') await signIn.submitPassword({ email: field('email'), password: field('password') });
    else await signIn.submitCode({ method: backup ? 'backup_code' : 'totp', code: field('code') });
  };

  return (
    <form onSubmit={(event) => void send(event)}>
      {problem && (
        <p role="alert">
          {problem instanceof PasskeyError ? 'Try again.' : `${problem.title}. ${problem.detail ?? ''}`}
        </p>
      )}
      {next?.action === 'wait' && <p>Wait until {next.until}.</p>}
      {signIn.step === 'over' && (
        <button type="button" onClick={signIn.startOver}>
          Start over
        </button>
      )}
      {signIn.step === 'password' && (
        <>
          <input name="email" type="email" autoComplete="username" aria-label="Email" />
          <input name="password" type="password" autoComplete="current-password" aria-label="Password" />
          <button type="submit" disabled={pending}>
            Sign in
          </button>
        </>
      )}
      {signIn.step === 'second_step' && (
        <>
          <input name="code" autoComplete="one-time-code" aria-label={backup ? 'Backup code' : 'Code'} />
          <button type="submit" disabled={pending}>
            Verify
          </button>
          <button type="button" onClick={() => setBackup(!backup)}>
            {backup ? 'Use the app' : 'Use a backup code'}
          </button>
          {signIn.methods.includes('passkey') && canUsePasskeys() && (
            <button type="button" onClick={() => void signIn.submitPasskey()}>
              Use a passkey
            </button>
          )}
        </>
      )}
    </form>
  );
}
