/**
 * What is told of a span: numbers, words of ours and templates. Never what a person typed, a secret, an address or an id
 * of a person (SEC-42).
 */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** A part of what the service does, from its beginning to its end. */
export interface Span {
  /** Runs `work`, whose parts are parts of this span. */
  within<T>(work: () => T): T;
  tell(facts: Facts): void;
  /** Names it when it is known better what it is. */
  rename(name: string): void;
  /** @param failure what kind of error it was; never its message, which may hold values */
  end(failure?: string): void;
}

/** `client`: it waits for another system. */
export type SpanKind = 'internal' | 'client';

/**
 * Says what the service does and how long it takes. The owners of what takes time call it at their seam; where it goes is
 * in otel.ts, which is loaded only where it goes somewhere.
 */
export interface Tracing {
  /** Begins the span of a request. @param traceparent header of that name (W3C Trace Context), from outside */
  request(traceparent: string | undefined, facts: Facts): Span;
  /** Does what nothing under way has caused, or need not wait for: a span of its own. */
  root<T>(name: string, facts: Facts, work: (span: Pick<Span, 'tell'>) => Promise<T>): Promise<T>;
  /** Does a part of what is under way. Where nothing is, there is no span. */
  part<T>(name: string, kind: SpanKind, facts: () => Facts, work: (span: Pick<Span, 'tell'>) => Promise<T>): Promise<T>;
  /** Does what belongs to nothing that is under way, and is no span. */
  apart<T>(work: () => T): T;
}

const untold = { tell: () => undefined };

/** Costs a call. */
export const noTracing: Tracing = {
  request: () => ({ ...untold, within: (work) => work(), rename: () => undefined, end: () => undefined }),
  root: (_name, _facts, work) => work(untold),
  part: (_name, _kind, _facts, work) => work(untold),
  apart: (work) => work(),
};
