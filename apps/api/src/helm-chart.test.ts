import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { SECRETS } from './secret-files.ts';

const root = join(import.meta.dirname, '../../..');
const chart = join(root, 'docs/deploy/helm');
const read = (file: string): string => readFileSync(join(chart, file), 'utf8');

/** As YAML gives it; a wrong shape fails what looks at it. */
// biome-ignore lint/suspicious/noExplicitAny: a test asserts on the shape it expects
type Any = any;

const publicUrl = 'https://login.example.com';
const schema: Any = JSON.parse(read('values.schema.json'));
const defaults = (): Any => ({ ...parse(read('values.yaml')), publicUrl });
const secretKeys: string[] = schema.properties.secret.properties.keys.items.enum;

/** The variable that takes the path of the file which a key of the Secret becomes. */
const variableOf = (key: string): string =>
  `${key === 'encryption-keys' ? 'SALLYPORT_ENCRYPTION_KEYS' : key.toUpperCase().replaceAll('-', '_')}_FILE`;

describe('the values of the Helm chart', () => {
  const isValid = new Ajv({ strict: true, strictRequired: true, allowUnionTypes: true }).compile(schema);

  test('are in order as they come, but for the address, which nobody can guess', () => {
    expect(isValid(defaults()), JSON.stringify(isValid.errors)).toBe(true);
    expect(isValid({ ...defaults(), publicUrl: '' })).toBe(false);
  });

  test.each([
    ['an address with a path', { publicUrl: `${publicUrl}/login` }],
    ['no server', { replicas: 0 }],
    ['a misspelled value', { replica: 2 }],
    ['a number of proxies that is no text', { trustProxy: 1 }],
    ['no encryption keys', { secret: { name: 'a', keys: ['database-url'] } }],
    ['a secret in a setting', { settings: { DATABASE_URL: 'postgres://user:password@db/name' } }],
    ['a setting that is no text', { settings: { WEB_CONCURRENCY: 2 } }],
  ])('refuse %s', (_, values) => {
    expect(isValid({ ...defaults(), ...values })).toBe(false);
  });

  test('know each secret of the servers, and keep each out of the settings', () => {
    const ofServers = SECRETS.filter((name) => name !== 'MIGRATION_DATABASE_URL');
    expect(secretKeys.map(variableOf).toSorted()).toEqual(ofServers.map((name) => `${name}_FILE`).toSorted());
    expect(schema.properties.settings.propertyNames.not.enum.toSorted()).toEqual([...SECRETS].toSorted());
  });

  test('the chart is of the version of the product', () => {
    expect(parse(read('Chart.yaml')).appVersion).toBe(
      JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
    );
  });
});

const helm = (...args: string[]) => spawnSync('helm', args, { encoding: 'utf8' });

describe.skipIf(helm('version').status !== 0)('what Helm makes of the chart (skipped where there is no helm)', () => {
  const set = (...values: string[]): string[] => [`publicUrl=${publicUrl}`, ...values].flatMap((one) => ['--set', one]);

  const render = (...values: string[]): Any[] => {
    const { status, stdout, stderr } = helm('template', 'login', chart, ...set(...values));
    expect(status, stderr).toBe(0);
    return parseAllDocuments(stdout).flatMap((document) => document.toJS() ?? []);
  };
  const one = (documents: Any[], kind: string): Any => documents.find((document) => document.kind === kind);

  test('passes its own linter, and is refused with values that do not fit', () => {
    const { status, stdout } = helm('lint', '--strict', chart, ...set());
    expect(status, stdout).toBe(0);
    expect(helm('template', 'login', chart, ...set('replicas=0')).stderr).toContain('replicas');
  });

  test('servers and migration run without rights, on a file system that they cannot write', () => {
    const documents = render();
    for (const kind of ['Deployment', 'Job']) {
      const { spec } = one(documents, kind).spec.template;
      expect(spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const { securityContext, volumeMounts } of spec.containers) {
        expect(securityContext).toEqual({
          readOnlyRootFilesystem: true,
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
        const mounted = spec.volumes.map(({ name }: Any) => name);
        expect(volumeMounts.map(({ name }: Any) => name).toSorted()).toEqual(mounted.toSorted());
      }
    }
  });

  test('the role that owns the tables is the migration’s alone, which runs before the servers', () => {
    const documents = render();
    expect(JSON.stringify(one(documents, 'Deployment'))).not.toMatch(/owner|MIGRATION_DATABASE_URL/);
    const job = one(documents, 'Job');
    expect(JSON.stringify(job)).toContain('/run/secrets/sallyport-owner/migration-database-url');
    expect(job.metadata.annotations['helm.sh/hook']).toBe('pre-install,pre-upgrade');
    expect(one(render('migration.enabled=false'), 'Job')).toBeUndefined();
  });

  test('each variable is a setting of the product, and each secret a file that is mounted', () => {
    const settings = [
      ...readFileSync(join(import.meta.dirname, 'config.ts'), 'utf8').matchAll(/\bread\(\s*'([A-Z_]+)'/g),
    ];
    const known = new Set([...settings.map(([, name]) => name), ...SECRETS.map((name) => `${name}_FILE`), 'NODE_ENV']);
    const all = secretKeys.map((key, index) => `secret.keys[${index}]=${key}`);
    for (const kind of ['Deployment', 'Job']) {
      const { spec } = one(render(...all), kind).spec.template;
      const [{ env, volumeMounts }] = spec.containers;
      expect(env.map(({ name }: Any) => name).filter((name: string) => !known.has(name))).toEqual([]);
      for (const key of secretKeys) expect(env.map(({ name }: Any) => name)).toContain(variableOf(key));
      const files = spec.volumes.flatMap(({ name, secret }: Any) => {
        const at = volumeMounts.find((mount: Any) => mount.name === name).mountPath;
        return (secret?.items ?? []).map(({ path }: Any) => `${at}/${path}`);
      });
      const named = env.flatMap(({ name, value }: Any) => (name.endsWith('_FILE') ? [value] : []));
      expect(named.toSorted()).toEqual(files.toSorted());
    }
  });

  test('services and the budget find the servers, and never the migration', () => {
    const documents = render('ingress.enabled=true');
    const { spec } = one(documents, 'Deployment');
    const { labels } = spec.template.metadata;
    const job = one(documents, 'Job').spec.template.metadata.labels;
    const ports = spec.template.spec.containers[0].ports.map(({ name }: Any) => name);
    const services = documents.filter(({ kind }) => kind === 'Service');
    expect(services).toHaveLength(2);
    for (const service of services)
      for (const { targetPort } of service.spec.ports) expect(ports).toContain(targetPort);
    const selectors = [
      ...services.map((service) => service.spec.selector),
      one(documents, 'PodDisruptionBudget').spec.selector.matchLabels,
      spec.selector.matchLabels,
    ];
    for (const selector of selectors) {
      expect(labels).toMatchObject(selector);
      expect(job).not.toMatchObject(selector);
    }
    const [rule] = one(documents, 'Ingress').spec.rules;
    expect(rule.host).toBe('login.example.com');
    expect(rule.http.paths[0].backend.service.name).toBe(services[0].metadata.name);
  });

  test('who is watched is watched where the probes ask, and who drains is given the time for it', () => {
    const { spec } = one(render('drain.delaySeconds=20', 'drain.seconds=30'), 'Deployment').spec.template;
    const [{ env, livenessProbe, ports, readinessProbe }] = spec.containers;
    const of = (name: string): string => env.find((variable: Any) => variable.name === name).value;
    expect(ports).toContainEqual({ name: 'management', containerPort: Number(of('MANAGEMENT_PORT')) });
    expect(livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'management' });
    expect(readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'management' });
    const drained = Number(of('DRAIN_DELAY_SECONDS')) + Number(of('DRAIN_SECONDS'));
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThan(drained);
  });
});
