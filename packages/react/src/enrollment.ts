import { answer, fullAnswer, isProblem, localDeadline, type SallyportClient, type Schemas } from '@sallyport/client';
import { type Attempt, createMachine } from './machine.ts';
import type { Session } from './session.ts';
import type { Store } from './store.ts';
import type { Refusal } from './types.ts';

export type EnrollmentState =
  | { readonly step: 'idle' }
  | { readonly step: 'starting' }
  /** It could not be started. */
  | { readonly step: 'failed'; readonly problem: Refusal<'startEnrollment'> }
  /** The secret is to be scanned or typed into an app, and a code of the app to be sent. */
  | ({
      readonly step: 'confirm';
      /** base32 without padding. */
      readonly secret: string;
      /** Key URI format, to open an app on the same device. */
      readonly otpauthUri: string;
      /** Data URL of a picture of `otpauthUri`. */
      readonly qrCode: string;
      /** Unix time in milliseconds by this device's clock. */
      readonly deadlineMs: number;
    } & Attempt<Refusal<'confirmEnrollment'>>)
  /** The time is over, or another enrolment took the place of this one: `start` again. */
  | { readonly step: 'over' }
  /** To be shown and kept by the person: the service never shows them again. */
  | { readonly step: 'backup_codes'; readonly backupCodes: readonly string[] }
  | { readonly step: 'done' };

export interface EnrollmentActions {
  /**
   * Has the service make a secret, which ends any earlier one. Calls while one is made count as one, so an effect may
   * call it. Gives the state that it came to, and never throws for a refusal.
   */
  start: () => Promise<EnrollmentState>;
  /** Turns it on, with the current password, a code of the app and, after a reset that asks for it, the pass of the admin. */
  confirm: (body: { password: string; code: string; pass?: string }) => Promise<EnrollmentState>;
  /** The person has kept the backup codes: they are forgotten here. */
  codesKept: () => void;
}

type Shown = Extract<EnrollmentState, { step: 'confirm' }>;

const shown = (enrollment: Schemas['Enrollment'], response: Response): Shown => {
  const { expiresAt, ...rest } = enrollment;
  return { step: 'confirm', ...rest, deadlineMs: localDeadline(expiresAt, response), pending: false, problem: null };
};

/** The steps of setting up an authenticator app. */
export function createEnrollment(
  client: SallyportClient,
  session: Session,
): Store<EnrollmentState> & EnrollmentActions {
  const { get, subscribe, put, run } = createMachine<EnrollmentState>({
    initial: { step: 'idle' },
    over: { step: 'over' },
    // The backup codes that an answer may bring are shown once: who left is still given them.
    abortsUnwatched: false,
  });
  return {
    get,
    subscribe,
    start: () =>
      run(
        { step: 'starting' },
        async () => {
          const { data, response } = await fullAnswer(client.POST('/api/v1/me/mfa/totp'));
          return shown(data, response);
        },
        (error) => ({ step: 'failed', problem: error as Refusal<'startEnrollment'> }),
      ),
    async confirm(body) {
      const state = get();
      if (state.step !== 'confirm') return state;
      return run(
        { ...state, pending: true, problem: null },
        async () => {
          const { backupCodes } = await answer(client.POST('/api/v1/me/mfa/totp/confirm', { body }));
          void session.reload().catch(() => undefined);
          // None come with a further factor.
          return backupCodes.length > 0 ? { step: 'backup_codes', backupCodes } : { step: 'done' };
        },
        (error) =>
          isProblem(error, 'no_pending_enrollment')
            ? { step: 'over' }
            : { ...state, pending: false, problem: error as Refusal<'confirmEnrollment'> },
      );
    },
    codesKept() {
      if (get().step === 'backup_codes') put({ step: 'done' });
    },
  };
}
