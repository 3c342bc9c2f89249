import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';

/**
 * Logs say what was asked and how it ended: no header, body, query or cookie ever reaches them (SEC-42).
 *
 * @param destination standard output unless told
 */
export const createLogger = (level: Config['logLevel'], destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      serializers: {
        req: (request: FastifyRequest) => ({
          method: request.method,
          path: request.url.split('?', 1)[0],
          address: request.ip,
        }),
        res: (reply: FastifyReply) => ({ statusCode: reply.statusCode }),
      },
    },
    destination ?? pino.destination(1),
  );

/** The log of the program, on standard output. What makes it pretty is loaded where it is. */
export async function openLogger({ logLevel, logFormat }: Pick<Config, 'logLevel' | 'logFormat'>): Promise<Logger> {
  if (logFormat === 'json') return createLogger(logLevel);
  const { default: pretty } = await import('pino-pretty');
  const translateTime = 'SYS:HH:MM:ss.l';
  const lines = pretty({ destination: 1, sync: true, singleLine: true, ignore: 'pid,hostname', translateTime });
  return createLogger(logLevel, lines);
}
