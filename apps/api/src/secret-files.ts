import { readFileSync } from 'node:fs';

/** What may stand in a file instead, as secrets of containers and systemd do: `DATABASE_URL_FILE` names it. */
export const SECRETS = [
  'DATABASE_URL',
  'MIGRATION_DATABASE_URL',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'REDIS_URL',
  'SALLYPORT_ENCRYPTION_KEYS',
  'SMTP_URL',
] as const;

/** The environment with the secrets that stand in files; what cannot be read is added to `faults`. */
export function withSecretFiles(env: NodeJS.ProcessEnv, faults: string[]): NodeJS.ProcessEnv {
  const read: NodeJS.ProcessEnv = {};
  for (const name of SECRETS) {
    const file = env[`${name}_FILE`];
    if (!file) continue;
    if (env[name]) {
      faults.push(`${name} and ${name}_FILE are both set: take one away.`);
      continue;
    }
    try {
      read[name] = readFileSync(file, 'utf8').trim();
      if (read[name] === '') faults.push(`${name}_FILE names an empty file.`);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      faults.push(`${name}_FILE takes the path of a file that this user can read${code}.`);
    }
  }
  return { ...env, ...read };
}
