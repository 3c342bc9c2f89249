import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem } from '@sallyport/core';
import { newId } from '../platform/crypto/ids.ts';
import { problemBody } from './problems.ts';

const problemOf = (code: string): Problem => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem('request_timeout');
  if (code === 'HPE_HEADER_OVERFLOW') return new Problem('headers_too_large');
  return new Problem('invalid_request', { detail: 'This is not HTTP as it should be.' });
};

/** Answers what never became a request, and ends its connection (SEC-56). @param headers lines of every such answer */
export const clientErrors =
  (headers: readonly string[]) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const problem = problemOf(error.code ?? '');
    if (socket.writable) {
      const body = problemBody(problem, newId());
      const head = [
        `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
        'Connection: close',
        'Cache-Control: no-store',
        'Content-Type: application/problem+json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...headers,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    }
    socket.destroySoon();
  };
