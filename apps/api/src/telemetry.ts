import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { readAbout } from './platform/about.ts';
import type { Telemetry } from './platform/telemetry/otel.ts';

/** What hands traces and metrics on, loaded only where the configuration says where to; else null. */
export async function telemetryOf({ telemetry }: Config, logger: Logger): Promise<Telemetry | null> {
  if (telemetry === null) return null;
  const { openTelemetry } = await import('./platform/telemetry/otel.ts');
  return openTelemetry(telemetry, readAbout(), logger);
}
