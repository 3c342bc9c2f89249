import { useEnrollment } from '@sallyport/react';
import { type FormEvent, useEffect } from 'react';

export function Enrollment() {
  const enrollment = useEnrollment();
  const { start } = enrollment;
  useEffect(() => void start(), [start]);

  switch (enrollment.step) {
    case 'idle':
    case 'starting':
      return <p>One moment …</p>;
    case 'failed':
    case 'over':
      return (
        <button type="button" onClick={() => void start()}>
          Start again
        </button>
      );
    case 'confirm': {
      const confirm = (event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        void enrollment.confirm({ password: String(form.get('password')), code: String(form.get('code')) });
      };
      return (
        <form onSubmit={confirm}>
          <img src={enrollment.qrCode} alt="QR code" />
          <code>{enrollment.secret}</code>
          <input name="password" type="password" autoComplete="current-password" aria-label="Password" />
          <input name="code" inputMode="numeric" autoComplete="one-time-code" aria-label="Code" />
          {enrollment.problem && <p role="alert">{enrollment.problem.title}</p>}
          <button type="submit" disabled={enrollment.pending}>
            Confirm
          </button>
        </form>
      );
    }
    case 'backup_codes':
      return (
        <>
          <pre>{enrollment.backupCodes.join('\n')}</pre>
          <button type="button" onClick={enrollment.codesKept}>
            I have saved these codes
          </button>
        </>
      );
    case 'done':
      return <p>Two-factor authentication is on.</p>;
  }
}
