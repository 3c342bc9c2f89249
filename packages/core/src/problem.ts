import type { CodeRefusal, NextStep } from './next-step.ts';

/**
 * Every error the service answers with, by its stable code (RFC 9457 `code` extension member), with the
 * HTTP status (RFC 9110 section 15) and the title, which is the same for every occurrence.
 */
export const problems = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  invalid_credentials: { status: 401, title: 'The email or the password is wrong' },
  reauthentication_required: { status: 401, title: 'Prove that it is you' },
  invalid_code: { status: 401, title: 'The code is wrong or was already used' },
  invalid_passkey: { status: 401, title: 'The passkey was not accepted' },
  pass_required: { status: 401, title: 'The re-enrollment pass is missing or wrong' },
  challenge_expired: { status: 401, title: 'The sign-in took too long' },
  session_expired: { status: 401, title: 'The session has ended' },
  refresh_token_reused: { status: 401, title: 'The session was ended for safety' },
  forbidden: { status: 403, title: 'You are not allowed to do this' },
  cross_site_request: { status: 403, title: 'The request came from another site' },
  cross_site_sign_in: { status: 403, title: 'Nobody can sign in from a page of another site' },
  not_for_service_accounts: { status: 403, title: 'Only a person can do this' },
  mfa_enrollment_required: { status: 403, title: 'Set up two-factor authentication first' },
  passwordless_disabled: { status: 403, title: 'Your organization signs in with a password' },
  recovery_disabled: { status: 403, title: 'Your organization lets nobody recover without an admin' },
  local_sign_in_disabled: { status: 403, title: 'Your organization signs in through single sign-on' },
  not_found: { status: 404, title: 'There is no such thing here' },
  request_timeout: { status: 408, title: 'The request came too slowly' },
  mfa_already_enabled: { status: 409, title: 'Two-factor authentication is already enabled' },
  mfa_not_enabled: { status: 409, title: 'Two-factor authentication is not enabled' },
  mfa_requires_local_password: { status: 409, title: 'MFA can be set up only by users with a local password' },
  no_local_password: { status: 409, title: 'You have no local password' },
  no_pending_enrollment: { status: 409, title: 'There is no enrollment to confirm' },
  passkey_already_added: { status: 409, title: 'This passkey is one of an account already' },
  too_many_passkeys: { status: 409, title: 'There are as many passkeys as there can be' },
  key_already_shown: { status: 409, title: 'The service account was made before, and its key shown' },
  too_many_service_accounts: { status: 409, title: 'There are as many service accounts as there can be' },
  email_taken: { status: 409, title: 'Another user has this email address' },
  slug_taken: { status: 409, title: 'Another organization has this slug' },
  use_own_settings: { status: 409, title: 'Use your own MFA settings for this' },
  last_admin: { status: 409, title: 'The organization needs an admin who can make changes' },
  no_working_sso: { status: 409, title: 'Nobody could sign in without a working single sign-on' },
  domain_taken: { status: 409, title: 'Another organization has proved this domain' },
  identity_already_linked: { status: 409, title: 'An account of this connection is linked already' },
  not_linkable: { status: 409, title: 'No account can be linked to the user by mail' },
  last_way_in: { status: 409, title: 'There would be no way left to sign in' },
  no_pass_awaited: { status: 409, title: 'The user does not need a re-enrollment pass' },
  reset_waits: { status: 409, title: 'A reset of this user waits already' },
  no_reset_waits: { status: 409, title: 'No such reset waits' },
  not_invited: { status: 409, title: 'The user is not waiting for an invitation' },
  not_sealed_yet: { status: 409, title: 'The event is not sealed yet' },
  invalid_token: { status: 410, title: 'The link is not valid any more' },
  precondition_failed: { status: 412, title: 'Somebody else changed this in the meantime' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be JSON' },
  idempotency_key_reused: { status: 422, title: 'Take a new Idempotency-Key: something else was made with this one' },
  weak_password: { status: 422, title: 'The password is too easy to guess' },
  invalid_status: { status: 422, title: 'The user cannot have this status yet' },
  cannot_enable_mfa_for_user: { status: 422, title: 'Only the user can set up an authenticator' },
  invalid_organization: { status: 422, title: 'The organization cannot take this' },
  passkey_not_allowed: { status: 422, title: 'Your organization takes other passkeys' },
  domain_not_proved: { status: 422, title: 'The DNS record is not there' },
  weaker_than_partner: { status: 422, title: 'The partner asks for more' },
  invalid_metadata: { status: 422, title: 'The metadata cannot be used' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  provider_unavailable: { status: 502, title: 'The identity provider does not answer as it should' },
  overloaded: { status: 503, title: 'The service is busy' },
  unavailable: { status: 503, title: 'The service is not available' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** One fault of the request, at an RFC 6901 JSON pointer into the body, or `#/query/…`, `#/params/…`. */
export interface Fault {
  pointer: string;
  message: string;
}

export interface ProblemOptions {
  /** What happened this time and what the person can do about it. */
  detail?: string;
  errors?: readonly Fault[];
  /** Seconds until another try makes sense; becomes the `Retry-After` header. */
  retryAfterSeconds?: number;
  /** What a client does after a refused sign-in, or before a change that asks for a fresh proof. */
  next?: NextStep;
  /** Why a code was refused. */
  reason?: CodeRefusal;
  /** How many seconds the clock of the authenticator is ahead; less than 0 where it is behind. In steps of 30. */
  clockSkewSeconds?: number;
  cause?: unknown;
}

/** The one class of expected errors: thrown by services, answered as `application/problem+json` (RFC 9457). */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: readonly Fault[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly next: NextStep | undefined;
  readonly reason: CodeRefusal | undefined;
  readonly clockSkewSeconds: number | undefined;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    const { status, title } = problems[code];
    super(options.detail ?? title, { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.title = title;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.next = options.next;
    this.reason = options.reason;
    this.clockSkewSeconds = options.clockSkewSeconds;
  }
}
