import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  DiagLogLevel,
  diag,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import {
  getNumberFromEnv,
  parseKeyPairsIntoRecord,
  parseTraceParent,
  setGlobalErrorHandler,
} from '@opentelemetry/core';
import { OTLPMetricExporter as JsonMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as JsonTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { About } from '../about.ts';
import { newId } from '../crypto/ids.ts';
import type { Metrics } from '../metrics.ts';
import { metricsProducer } from './prometheus-bridge.ts';
import type { Facts, Span, Tracing } from './tracing.ts';

/** What is not handed on within this time when the service stops is lost: a dead endpoint delays no stop. */
const FLUSH_MS = 3000;
/** A dead endpoint is told of once in a while. */
const TELL_EVERY_MS = 60_000;
const DEFAULT_INTERVAL_MS = 60_000;

/** What is read from the environment beside what the OpenTelemetry SDK reads itself; see docs/operators/watch.md. */
export interface TelemetryConfig {
  readonly protocol: 'http/protobuf' | 'http/json';
  /** As OTEL_EXPORTER_OTLP_HEADERS has them, from a file perhaps. */
  readonly headers: string;
  readonly traces: boolean;
  readonly metrics: boolean;
  /** Whether `traceparent` of requests counts. */
  readonly propagate: boolean;
}

/** Hands traces and metrics on over OTLP. */
export interface Telemetry {
  readonly tracing: Tracing;
  /** Begins to hand on what `metrics` shows, at intervals. */
  exportMetrics(metrics: Metrics): void;
  /** Hands on what is left, for three seconds at most. */
  close(): Promise<void>;
}

/** Begins to hand on; never throws, and nothing waits for the endpoint. */
export function openTelemetry(config: TelemetryConfig, about: About, logger: Pick<Logger, 'warn'>): Telemetry {
  tellFaults(logger);
  const resource = resourceFromAttributes({
    'service.name': 'sallyport',
    'service.version': about.version,
    'service.instance.id': newId(),
  }).merge(detectResources({ detectors: [envDetector] }));
  const headers = parseKeyPairsIntoRecord(config.headers);
  const isJson = config.protocol === 'http/json';
  const processors = config.traces
    ? [new BatchSpanProcessor(isJson ? new JsonTraceExporter({ headers }) : new ProtobufTraceExporter({ headers }))]
    : [];
  const tracers = new BasicTracerProvider({ resource, spanProcessors: processors });
  let meters: MeterProvider | undefined;
  return {
    tracing: tracingWith(tracers.getTracer('sallyport', about.version), config.propagate),
    exportMetrics: (metrics) => {
      if (!config.metrics) return;
      const exporter = isJson ? new JsonMetricExporter({ headers }) : new ProtobufMetricExporter({ headers });
      meters = metersOf(metrics, resource, exporter);
    },
    close: async () => {
      const closed = Promise.allSettled([tracers.shutdown(), meters?.shutdown()]);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, FLUSH_MS);
      });
      await Promise.race([closed, late]);
      clearTimeout(timer);
    },
  };
}

function metersOf(metrics: Metrics, resource: Resource, exporter: PushMetricExporter): MeterProvider {
  const exportIntervalMillis = getNumberFromEnv('OTEL_METRIC_EXPORT_INTERVAL') ?? DEFAULT_INTERVAL_MS;
  const exportTimeoutMillis = getNumberFromEnv('OTEL_METRIC_EXPORT_TIMEOUT') ?? exportIntervalMillis / 2;
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    exportTimeoutMillis: Math.min(exportTimeoutMillis, exportIntervalMillis),
    metricProducers: [metricsProducer(metrics, resource)],
  });
  return new MeterProvider({ resource, readers: [reader] });
}

/** The SDK's own words, of which the same one comes again and again while an endpoint is away. */
function tellFaults(logger: Pick<Logger, 'warn'>): void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  const tell = (fault: unknown): void => {
    if (performance.now() - toldAtMs < TELL_EVERY_MS) return;
    toldAtMs = performance.now();
    const cause = fault instanceof Error ? fault.message || fault.name : String(fault);
    logger.warn({ cause }, 'Traces or metrics were not handed on; the service goes on without.');
  };
  setGlobalErrorHandler(tell);
  const ignore = () => undefined;
  diag.setLogger(
    { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

function tracingWith(tracer: Tracer, propagate: boolean): Tracing {
  const underWay = new AsyncLocalStorage<Context>();
  const within = async <T>(
    span: OtelSpan,
    parent: Context,
    work: (span: Pick<Span, 'tell'>) => Promise<T>,
  ): Promise<T> => {
    try {
      return await underWay.run(trace.setSpan(parent, span), () =>
        work({ tell: (facts) => span.setAttributes(facts) }),
      );
    } catch (error) {
      fail(span, kindOf(error));
      throw error;
    } finally {
      span.end();
    }
  };
  return {
    request: (traceparent, attributes) => {
      const parent = propagate ? contextOf(traceparent) : ROOT_CONTEXT;
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER, attributes }, parent);
      const context = trace.setSpan(parent, span);
      return {
        within: (work) => underWay.run(context, work),
        tell: (facts) => void span.setAttributes(facts),
        rename: (name) => void span.updateName(name),
        end: (failure) => {
          if (!span.isRecording()) return;
          if (failure !== undefined) fail(span, failure);
          span.end();
        },
      };
    },
    root: (name, attributes, work) =>
      within(tracer.startSpan(name, { kind: SpanKind.INTERNAL, attributes }, ROOT_CONTEXT), ROOT_CONTEXT, work),
    part: (name, kind, facts: () => Facts, work) => {
      const parent = underWay.getStore();
      if (parent === undefined) return work({ tell: () => undefined });
      const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT };
      return within(tracer.startSpan(name, { kind: kinds[kind], attributes: facts() }, parent), parent, work);
    },
    apart: (work) => underWay.exit(work),
  };
}

function fail(span: OtelSpan, kind: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', kind);
}

/** Which error, by a code of ours, of the database or the system; messages may hold values. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return '_OTHER';
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : error.name;
}

/** Of another's span, as far as the header is one; `tracestate`, which may hold anything, is left. */
function contextOf(traceparent: string | undefined): Context {
  const parsed = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parsed === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parsed, isRemote: true });
}
