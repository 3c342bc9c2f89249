export type { EnrollmentActions, EnrollmentState } from './enrollment.ts';
export { useEnrollment, useSession, useSignIn } from './hooks.ts';
export {
  askPasskey,
  canUsePasskeys,
  makePasskey,
  type PasskeyAnswer,
  PasskeyError,
  type PasskeyFailure,
} from './passkey.ts';
export { usePasskeyAlone } from './passkey-alone.ts';
export { SallyportProvider, useSallyport } from './provider.ts';
export { type Session, type SessionState, sessionOf } from './session.ts';
export type { SecondStep, SignInActions, SignInProblem, SignInState } from './sign-in.ts';
export { useSignInOptions } from './sign-in-options.ts';
export type { Refusal, SecondFactorMethod, SignInOptions, User } from './types.ts';
