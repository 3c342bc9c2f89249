import type { components } from './openapi.ts';

type ProblemDetails = components['schemas']['Problem'];
type ProblemCode = ProblemDetails['code'];
type CodeRefusal = NonNullable<ProblemDetails['reason']>;
/** What to do next, as problems carry it. */
export type NextStep = NonNullable<ProblemDetails['next']>;
type Fault = components['schemas']['Fault'];

/** What went wrong: a code of the service, or one of the two ways in which no answer of the service arrived. */
export type ApiErrorCode = ProblemCode | 'network' | 'unexpected';

interface ApiErrorFields {
  code: ApiErrorCode;
  /** HTTP status; 0 when no answer arrived. */
  status: number;
  title: string;
  detail?: string | undefined;
  faults?: readonly Fault[];
  requestId?: string | undefined;
  /** Unix time in milliseconds after which another try makes sense, from `Retry-After`. */
  retryAt?: number | undefined;
  /** Why a code was refused. */
  reason?: CodeRefusal | undefined;
  /** With `clock_skew`: how far the clock of the authenticator is ahead. */
  clockSkewSeconds?: number | undefined;
  /** What to do: of every 401 and 403 of a sign-in, and of `reauthentication_required`. */
  next?: NextStep | undefined;
}

/** An answer that is not a success, or no answer at all. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  readonly faults: readonly Fault[];
  readonly requestId: string | undefined;
  readonly retryAt: number | undefined;
  readonly reason: CodeRefusal | undefined;
  readonly clockSkewSeconds: number;
  readonly next: NextStep | undefined;

  constructor(fields: ApiErrorFields, cause?: unknown) {
    super(fields.detail ?? fields.title, { cause });
    this.name = 'ApiError';
    this.code = fields.code;
    this.status = fields.status;
    this.title = fields.title;
    this.detail = fields.detail;
    this.faults = fields.faults ?? [];
    this.requestId = fields.requestId;
    this.retryAt = fields.retryAt;
    this.reason = fields.reason;
    this.clockSkewSeconds = fields.clockSkewSeconds ?? 0;
    this.next = fields.next;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function toFaults(value: unknown): readonly Fault[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap((fault) => {
    const pointer = text(fault.pointer);
    const message = text(fault.message);
    return pointer !== undefined && message !== undefined ? [{ pointer, message }] : [];
  });
}

/**
 * Reads a problem document.
 *
 * @param response the answer, for status and `Retry-After` (seconds; the HTTP-date form is not used by the service)
 * @param body     the parsed body; anything that is not a problem document becomes the code `unexpected`
 * @param nowMs    Unix time in milliseconds
 * @see RFC 9457, RFC 9110 section 10.2.3
 */
export function toApiError(response: Response, body: unknown, nowMs: number): ApiError {
  const problem = isRecord(body) ? body : {};
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiError({
    // An unknown code of a newer service is shown by its title.
    code: (text(problem.code) as ProblemCode | undefined) ?? (response.status === 503 ? 'unavailable' : 'unexpected'),
    status: response.status,
    title: text(problem.title) ?? response.statusText,
    detail: text(problem.detail),
    faults: toFaults(problem.errors),
    requestId: text(problem.requestId),
    reason: text(problem.reason) as CodeRefusal | undefined,
    clockSkewSeconds: typeof problem.clockSkewSeconds === 'number' ? problem.clockSkewSeconds : undefined,
    next: isRecord(problem.next) ? (problem.next as NextStep) : undefined,
    retryAt: Number.isFinite(retryAfter) ? nowMs + retryAfter * 1000 : undefined,
  });
}

/**
 * True when `error` is an answer with one of the given codes; it has the type of these codes then.
 *
 * @example
 * if (isProblem(error, 'invalid_code', 'too_many_attempts')) show(error.code);
 */
export function isProblem<Code extends ApiErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is ApiError & { readonly code: Code } {
  return error instanceof ApiError && (codes as readonly ApiErrorCode[]).includes(error.code);
}
