import { connect } from 'node:net';

const LOCAL = { host: '127.0.0.1', port: 6379 };

/** URL of the Redis that tests use: REDIS_URL's, else the one on this machine; null when none answers. */
export function redisUrl(): Promise<string | null> {
  if (process.env.REDIS_URL) return Promise.resolve(process.env.REDIS_URL);
  return new Promise((resolve) => {
    const socket = connect(LOCAL, () => socket.write('PING\r\n'));
    const settle = (answers: boolean): void => {
      socket.destroy();
      resolve(answers ? `redis://${LOCAL.host}:${LOCAL.port}` : null);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.once('error', () => settle(false)).once('data', (data) => settle(data.toString().startsWith('+PONG')));
  });
}
