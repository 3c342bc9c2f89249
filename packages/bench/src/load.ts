import autocannon from 'autocannon';

const SECONDS = 5;

export interface Load {
  url: string;
  connections: number;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds. */
  p99: number;
  /** Answers that were not 2xx. */
  refused: number;
}

/** Five seconds of requests to a server on this machine. */
export async function load({ url, connections, method = 'GET', headers = {}, body }: Load): Promise<LoadResult> {
  const result = await autocannon({
    url,
    connections,
    method,
    headers,
    duration: SECONDS,
    ...(body === undefined ? {} : { body }),
  });
  const good = result['2xx'];
  return { perSecond: good / SECONDS, p99: result.latency.p99, refused: result.non2xx };
}
