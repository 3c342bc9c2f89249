import { type HrTime, ValueType } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import type { Metrics } from '../metrics.ts';

type PrometheusMetric = MetricObjectWithValues<MetricValue<string> & { metricName?: string }>;

type Times = { startTime: HrTime; endTime: HrTime };

/** What `/metrics` shows, under the same names, for OpenTelemetry: what is measured is measured once. */
export function metricsProducer(metrics: Pick<Metrics, 'values'>, resource: Resource): MetricProducer {
  const startTime = millisToHrTime(Date.now() - process.uptime() * 1000);
  return {
    collect: async () => {
      const times = { startTime, endTime: millisToHrTime(Date.now()) };
      const found = (await metrics.values()).flatMap((metric) => dataOf(metric as PrometheusMetric, times));
      return {
        resourceMetrics: { resource, scopeMetrics: [{ scope: { name: 'sallyport' }, metrics: found }] },
        errors: [],
      };
    },
  };
}

/** None of a summary, of which there are none. */
function dataOf({ name, help, type, values }: PrometheusMetric, times: Times): MetricData[] {
  const descriptor = { name, description: help, unit: '', valueType: ValueType.DOUBLE };
  const common = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE };
  const points = () => values.map(({ labels, value }) => ({ ...times, attributes: attributesOf(labels), value }));
  switch (String(type)) {
    case 'counter':
      return [{ ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points() }];
    case 'gauge':
      return [{ ...common, dataPointType: DataPointType.GAUGE, dataPoints: points() }];
    case 'histogram':
      return [{ ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: histogramsOf(name, values, times) }];
    default:
      return [];
  }
}

type Labels = Partial<Record<string, string | number>>;

const attributesOf = (labels: Labels): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));

/** Prometheus counts in each bucket what is at most its bound, OpenTelemetry what is above the one before too. */
function histogramsOf(name: string, values: PrometheusMetric['values'], times: Times) {
  const series = new Map<
    string,
    { labels: Labels; upTo: [bound: number, count: number][]; sum: number; count: number }
  >();
  for (const { metricName, labels, value } of values) {
    const { le, ...own } = labels as Labels;
    const key = JSON.stringify(own);
    const one = series.get(key) ?? { labels: own, upTo: [], sum: 0, count: 0 };
    series.set(key, one);
    if (metricName === `${name}_sum`) one.sum = value;
    else if (metricName === `${name}_count`) one.count = value;
    else if (le !== undefined && le !== '+Inf') one.upTo.push([Number(le), value]);
  }
  return [...series.values()].map(({ labels, upTo, sum, count }) => {
    const counts = [...upTo.map(([, atMost]) => atMost), count];
    return {
      ...times,
      attributes: attributesOf(labels),
      value: {
        buckets: {
          boundaries: upTo.map(([bound]) => bound),
          counts: counts.map((atMost, index) => atMost - (counts[index - 1] ?? 0)),
        },
        sum,
        count,
      },
    };
  });
}
