import {
  ApiError,
  answer,
  fullAnswer,
  isProblem,
  localDeadline,
  type NextStep,
  type operations,
  type SallyportClient,
  type Schemas,
} from '@sallyport/client';
import { type Attempt, createMachine } from './machine.ts';
import { askPasskey, type PasskeyAnswer, type PasskeyError } from './passkey.ts';
import type { Session } from './session.ts';
import type { Store } from './store.ts';
import type { Refusal, SecondFactorMethod, User } from './types.ts';

/** Why a sign-in was refused, or the browser has no answer of a passkey. */
export type SignInProblem =
  | Refusal<'signIn' | 'verifySecondFactor' | 'askForPasskeyAtSignIn' | 'askForAnyPasskey' | 'signInWithPasskey'>
  | PasskeyError;

/** What the second step needs to know; the pending sign-in itself is a cookie that scripts do not see. */
export interface SecondStep {
  readonly methods: readonly SecondFactorMethod[];
  /** Unix time in milliseconds by this device's clock. */
  readonly deadlineMs: number;
  /** For how many days `rememberDevice` would spare this browser the second step; absent where it cannot. */
  readonly rememberDeviceDays?: number;
  /**
   * There where the organization lets users recover without an admin: how many hours the reset waits that
   * `POST /auth/login/recovery` leads to.
   */
  readonly recoveryDelayHours?: number;
}

/** Whether this browser is not to be asked again, where `rememberDeviceDays` says for how long. */
interface Remembering {
  rememberDevice?: boolean;
}

type Proof = operations['verifySecondFactor']['requestBody']['content']['application/json'];

interface SignInAttempt extends Attempt<SignInProblem> {
  /** What the service says is to do after a refusal. */
  readonly next: NextStep | null;
}

export type SignInState =
  | ({ readonly step: 'password' } & SignInAttempt)
  | ({ readonly step: 'second_step' } & SecondStep & SignInAttempt)
  /** The pending sign-in takes no more codes, or its time is over: `startOver`. */
  | ({ readonly step: 'over' } & SignInAttempt)
  /**
   * In, to set up a second factor and nothing else: `useEnrollment`, or sign out. The session becomes whole with it.
   */
  | ({
      readonly step: 'enrollment_required';
      readonly user: User;
      /** When the session ends: Unix time in milliseconds by this device's clock. */
      readonly deadlineMs: number;
    } & SignInAttempt)
  | ({ readonly step: 'done'; readonly user: User; readonly method: 'password' | SecondFactorMethod } & SignInAttempt);

export interface SignInActions {
  /** The first step. Each of these gives the state that it came to, and never throws for a refusal. */
  submitPassword: (body: { email: string; password: string }) => Promise<SignInState>;
  submitCode: (body: { method: 'totp' | 'backup_code'; code: string } & Remembering) => Promise<SignInState>;
  /** Has the browser ask for a passkey. Browsers want that somebody has pressed something. */
  submitPasskey: (options?: Remembering) => Promise<SignInState>;
  /**
   * Signs in with a passkey alone, without address and password. Browsers want that somebody has pressed something.
   *
   * @param offered what the browser gave already, where it was offered by `usePasskeyAlone`
   */
  submitPasskeyAlone: (offered?: PasskeyAnswer) => Promise<SignInState>;
  /** Forgets the last refusal, as when something else is typed. */
  dismiss: () => void;
  /** Back to the password; what is under way is given up. */
  startOver: () => void;
}

const untried = { pending: false, problem: null, next: null } as const;
const start: SignInState = { step: 'password', ...untried };
const isIn = ({ step }: SignInState): boolean => step === 'done' || step === 'enrollment_required';

/**
 * The steps of signing in.
 *
 * @param resume a second step that an earlier page, or single sign-on, left to be done
 */
export function createSignIn(
  client: SallyportClient,
  session: Session,
  resume?: SecondStep,
): Store<SignInState> & SignInActions {
  const first: SignInState = resume ? { step: 'second_step', ...resume, ...untried } : start;
  const { get, subscribe, put, run, abort } = createMachine<SignInState>({
    initial: first,
    over: { step: 'over', ...untried },
    abortsUnwatched: true,
  });

  const enter = (user: User, method: 'password' | SecondFactorMethod): SignInState => {
    session.enter(user);
    return { step: 'done', user, method, ...untried };
  };
  const restrict = ({ expiresAt, user }: Schemas['EnrollmentRequired'], response: Response): SignInState => {
    session.enter(user);
    return { step: 'enrollment_required', user, deadlineMs: localDeadline(expiresAt, response), ...untried };
  };

  const refused = (error: unknown): SignInState => {
    const state = get();
    const problem = error as SignInProblem;
    const next = (problem instanceof ApiError && problem.next) || null;
    const attempt = { pending: false, problem, next };
    if (state.step === 'second_step' && (next?.action === 'sign_in' || isProblem(error, 'challenge_expired')))
      return { step: 'over', ...attempt };
    return { ...state, ...attempt };
  };
  const submit = async (work: (signal: AbortSignal) => Promise<SignInState>): Promise<SignInState> => {
    const state = get();
    return isIn(state) ? state : run({ ...state, ...untried, pending: true }, work, refused);
  };
  const verify = async (body: Proof, signal: AbortSignal): Promise<SignInState> => {
    const { data, response } = await fullAnswer(client.POST('/api/v1/auth/login/mfa', { body, signal }));
    return data.status === 'enrollment_required' ? restrict(data, response) : enter(data.user, body.method);
  };

  return {
    get,
    subscribe,
    submitPassword: (body) =>
      submit(async (signal) => {
        const { data, response } = await fullAnswer(client.POST('/api/v1/auth/login', { body, signal }));
        if (data.status === 'authenticated') return enter(data.user, 'password');
        if (data.status === 'enrollment_required') return restrict(data, response);
        const deadlineMs = localDeadline(data.expiresAt, response);
        const { methods, recoveryDelayHours, rememberDeviceDays } = data;
        return {
          ...{ step: 'second_step', methods, deadlineMs, ...untried },
          ...(rememberDeviceDays !== undefined && { rememberDeviceDays }),
          ...(recoveryDelayHours !== undefined && { recoveryDelayHours }),
        };
      }),
    submitCode: (body) => submit((signal) => verify(body, signal)),
    submitPasskey: (remembering = {}) =>
      submit(async (signal) => {
        const options = await answer(client.POST('/api/v1/auth/login/mfa/passkey-options', { signal }));
        return verify({ method: 'passkey', response: await askPasskey(options, signal), ...remembering }, signal);
      }),
    submitPasskeyAlone: (offered) =>
      submit(async (signal) => {
        const response =
          offered ?? (await askPasskey(await answer(client.POST('/api/v1/auth/passkey/options', { signal })), signal));
        const { user } = await answer(client.POST('/api/v1/auth/passkey', { body: { response }, signal }));
        return enter(user, 'passkey');
      }),
    dismiss() {
      const state = get();
      if (!state.pending) put({ ...state, ...untried });
    },
    startOver() {
      abort();
      put(start);
    },
  };
}
