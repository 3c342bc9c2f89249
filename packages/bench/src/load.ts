import autocannon from 'autocannon';

export interface Load {
  url: string;
  connections: number;
  seconds: number;
  /** Requests a second, of all connections together; as many as are answered unless told. */
  rate?: number;
  headers?: Record<string, string>;
}

export interface LoadResult {
  /** Answers that were 2xx. */
  done: number;
  /** Answers that were not. */
  refused: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** GETs a page of a server on this machine, over and over. */
export async function load({ url, connections, seconds, rate, headers = {} }: Load): Promise<LoadResult> {
  const {
    latency,
    non2xx: refused,
    ...result
  } = await autocannon({
    ...{ url, connections, headers, duration: seconds },
    ...(rate === undefined ? {} : { overallRate: rate }),
  });
  return { done: result['2xx'], refused, p50: latency.p50, p99: latency.p99 };
}
