import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As OTLP writes it in JSON. */
interface Attribute {
  key: string;
  value: Record<string, unknown>;
}

interface RawSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: Attribute[];
  status: { code?: number };
}

export interface ReceivedSpan extends Omit<RawSpan, 'attributes'> {
  attributes: Record<string, unknown>;
}

interface Point {
  attributes: Attribute[];
  asDouble?: number;
  count?: number | string;
  bucketCounts?: (number | string)[];
}

/** One of the three is there. */
interface Metric {
  name: string;
  sum?: { dataPoints: Point[] };
  gauge?: { dataPoints: Point[] };
  histogram?: { dataPoints: Point[] };
}

interface Body {
  resourceSpans?: { resource: { attributes: Attribute[] }; scopeSpans: { spans: RawSpan[] }[] }[];
  resourceMetrics?: {
    resource: { attributes: Attribute[] };
    scopeMetrics: { metrics: Metric[] }[];
  }[];
}

const told = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

/** What a collector is for the service: takes OTLP over HTTP, or takes it and never answers. */
export class OtlpReceiver {
  /** Of each request. */
  readonly bodies: { path: string; contentType: string | undefined; text: string }[] = [];
  private readonly server: Server;

  private constructor(private readonly answers: boolean) {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  static async start({ answers = true } = {}): Promise<OtlpReceiver> {
    const receiver = new OtlpReceiver(answers);
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  spans(): ReceivedSpan[] {
    return this.parsed('/v1/traces')
      .flatMap(({ resourceSpans = [] }) => resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
      .map((span) => ({ ...span, attributes: told(span.attributes) }));
  }

  /** Of the service, by each of the signals. */
  resources(): Record<string, unknown>[] {
    return [
      ...this.parsed('/v1/traces').flatMap(({ resourceSpans = [] }) => resourceSpans),
      ...this.parsed('/v1/metrics').flatMap(({ resourceMetrics = [] }) => resourceMetrics),
    ].map(({ resource }) => told(resource.attributes));
  }

  /** The last points of a metric. */
  points(name: string): (Omit<Point, 'attributes'> & { attributes: Record<string, unknown> })[] {
    const all = this.parsed('/v1/metrics')
      .flatMap(({ resourceMetrics = [] }) => resourceMetrics)
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      .filter((metric) => metric.name === name);
    const last = all.at(-1);
    const points = (last?.sum ?? last?.gauge ?? last?.histogram)?.dataPoints ?? [];
    return points.map((point) => ({ ...point, attributes: told(point.attributes) }));
  }

  private parsed(path: string): Body[] {
    return this.bodies.filter((body) => body.path === path).map(({ text }) => JSON.parse(text) as Body);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    this.bodies.push({ path: request.url ?? '', contentType: request.headers['content-type'], text });
    if (this.answers) response.setHeader('content-type', 'application/json').end('{}');
  }
}
