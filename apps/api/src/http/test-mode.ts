import { setTimeout } from 'node:timers/promises';
import { Problem, type ProblemCode } from '@sallyport/core';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../platform/time/clock.ts';
import { admissionOf } from './openapi/operation.ts';
import { problemsOf } from './schemas.ts';

/** On every answer of the test mode. */
export const TEST_MODE_HEADER = { name: 'Sallyport-Test-Mode', value: '1' } as const;

/** What a request asks to go wrong with it. */
const FAULT_HEADER = 'sallyport-test-fault';

const API = '/api/v1/';

const SLOW_SECONDS = 3;
const MOST_SLOW_SECONDS = 60;

/** What is over when time has gone by, of what a route may answer; the first that it names counts. */
const expiries = {
  challenge_expired: { detail: 'Sign in again from the start.', next: { action: 'sign_in' } },
  session_expired: {},
  invalid_token: { detail: 'The link is too old. Ask for a new one.' },
} as const;

interface Options {
  clock: Clock;
  /** How a slow answer waits, in milliseconds. */
  wait?: (ms: number) => Promise<unknown>;
}

/** What the test mode does to every answer, and the faults that requests ask for (decision 0031). */
export const testMode = fp(async (app: FastifyInstance, { clock, wait = setTimeout }: Options) => {
  const expired = new Map<string, Problem>();

  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith(API)) return;
    const problem = expiryOf(app, route);
    if (problem) for (const method of [route.method].flat()) expired.set(`${method} ${route.url}`, problem);
  });

  app.addHook('onRequest', async (_request, reply) => {
    reply.header(TEST_MODE_HEADER.name, TEST_MODE_HEADER.value);
  });

  app.addHook('onRequest', async (request) => {
    const { headers, method, routeOptions, url } = request;
    const fault = headers[FAULT_HEADER];
    // Pages and their files load, and the test goes on.
    if (fault === undefined || !url.startsWith(API) || url.startsWith(`${API}test/`)) return;
    if (fault === 'overload') throw overloaded();
    if (fault === 'expired') {
      const problem = expired.get(`${method} ${routeOptions.url}`);
      if (problem) throw problem;
      return;
    }
    await wait(secondsOf(fault) * 1000);
  });

  // Browsers and clients take what they show of times from it.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('date', clock.now().toUTCString());
  });
});

const overloaded = () =>
  new Problem('overloaded', {
    detail: 'Too many people are signing in at this moment. Try again in a few seconds.',
    retryAfterSeconds: 2,
  });

/** @throws Problem `invalid_request` for a fault that is none */
function secondsOf(fault: FastifyRequest['headers'][string]): number {
  const slow = /^slow(?:; ?seconds=(\d{1,2}))?$/.exec(String(fault));
  const seconds = Number(slow?.[1] ?? SLOW_SECONDS);
  if (slow && seconds >= 1 && seconds <= MOST_SLOW_SECONDS) return seconds;
  throw new Problem('invalid_request', {
    errors: [
      {
        pointer: '#/headers/sallyport-test-fault',
        message: `must be overload, expired, slow, or slow;seconds= with 1 to ${MOST_SLOW_SECONDS}`,
      },
    ],
  });
}

/** What a route answers when what it rests on is over; null where nothing is. */
function expiryOf(app: FastifyInstance, route: RouteOptions): Problem | null {
  const codes = problemsOf((route.schema?.response ?? {}) as object);
  for (const [code, options] of Object.entries(expiries)) {
    if (codes.includes(code as ProblemCode)) return new Problem(code as ProblemCode, options);
  }
  const { signedIn, takesKeys } = admissionOf(app, route);
  return signedIn || takesKeys ? new Problem('unauthenticated') : null;
}
